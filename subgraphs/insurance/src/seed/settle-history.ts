import { encodeOwnedId } from '@hutong/kit';
import type { ClaimFact, CoverageFact, TwoDiseaseFact } from '@hutong/synthetic';
import { toCents, toYuan } from '../rules/money.ts';
import { EMPTY_ACCUMULATORS, settle } from '../rules/settlement.ts';
import type { Accumulators, Settlement, SettlementPlan } from '../rules/settlement-types.ts';

/** One claim of a resident, settled. */
export interface SettledClaim {
  readonly fact: ClaimFact;
  readonly year: number;
  readonly settlement: Settlement;
}

/** A resident's claims, settled in order, and what they leave behind. */
export interface SettledHistory {
  readonly claims: readonly SettledClaim[];
  readonly accumulators: ReadonlyMap<number, Accumulators>;
  /** What is left on the personal account; null without one. */
  readonly accountBalance: string | null;
}

/** Finds the plan of a scheme, pooled region and year. */
export type PlanFinder = (scheme: ClaimFact['scheme'], regionCode: string, year: number) => SettlementPlan;

/** Settles a resident's claims one after the other with the running totals of each year (domain.md 3.1.3). */
export function settleHistory(
  residentId: string,
  history: {
    readonly claims: readonly ClaimFact[];
    readonly coverages: readonly CoverageFact[];
    readonly twoDisease: readonly TwoDiseaseFact[];
  },
  planOf: PlanFinder,
): SettledHistory {
  const accumulators = new Map<number, Accumulators>();
  const coverage = history.coverages.at(-1);
  let account = coverage?.accountBalance ?? null;
  const claims: SettledClaim[] = [];
  for (const fact of history.claims) {
    const year = Number(fact.serviceDate.slice(0, 4));
    const before = accumulators.get(year) ?? newYear([...accumulators.values()].at(-1));
    const plan = planOf(fact.scheme, coverage?.pooledRegionCode ?? '', year);
    const { settlement, accumulators: after } = settle(toClaim(residentId, fact), plan, before, {
      contractActive: fact.contractActive,
      filing: fact.filing,
      retired: fact.retired,
      assistance: fact.assistance,
      registrations: registrationsOn(history.twoDisease, fact.serviceDate),
      strokeRehabPackage: fact.strokeRehabPackage,
      accountToUse: fact.useAccount && account !== null ? account : '0',
    });
    accumulators.set(year, after);
    if (account !== null) account = toYuan(toCents(account) - toCents(settlement.personalAccount));
    claims.push({ fact, year, settlement });
  }
  return { claims, accumulators, accountBalance: account };
}

/** A new year begins at nothing, but what was paid in a referral episode counts on (domain.md 3.23). */
function newYear(last: Accumulators | undefined): Accumulators {
  return { ...EMPTY_ACCUMULATORS, deductiblePaidByEpisode: last?.deductiblePaidByEpisode ?? {} };
}

function toClaim(residentId: string, fact: ClaimFact) {
  const episode =
    fact.episodeNo === null
      ? null
      : { id: encodeOwnedId('re', residentId, fact.episodeNo), direction: fact.episodeDirection };
  return {
    kind: fact.kind,
    level: fact.careLevel,
    lines: fact.lines,
    referralStatus: fact.referralStatus,
    diagnoses: fact.diagnoses,
    episode,
  };
}

function registrationsOn(registrations: readonly TwoDiseaseFact[], day: string): readonly TwoDiseaseFact['disease'][] {
  return registrations.filter((one) => one.status === 'ACTIVE' && one.validFrom <= day).map(({ disease }) => disease);
}
