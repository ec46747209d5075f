import { encodeOwnedId } from '@hutong/kit';
import type { ClaimFact, ContractFact, CoverageFact, TwoDiseaseFact } from '@hutong/synthetic';
import { aboveCap, addTotals, EMPTY_ACCUMULATORS } from '../rules/accumulators.ts';
import { toCents, toYuan } from '../rules/money.ts';
import { outpatientCapOf } from '../rules/outpatient-cap.ts';
import { settle } from '../rules/settlement.ts';
import type {
  Accumulators,
  Settlement,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
} from '../rules/settlement-types.ts';
import type { SettlementBasis } from '../tables/settlement-basis.ts';

/** One claim of a resident, settled. */
export interface SettledClaim {
  readonly fact: ClaimFact;
  readonly year: number;
  readonly settlement: Settlement;
  /** What it was computed from, but for the plan's key. */
  readonly basis: Omit<SettlementBasis, 'planKey'>;
  readonly coverage: CoverageFact | undefined;
  /** Contract in force on the service date. */
  readonly contractNo: number | null;
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

/** What of a resident's history bears on settlements. */
interface ClaimHistory {
  readonly claims: readonly ClaimFact[];
  readonly coverages: readonly CoverageFact[];
  readonly contracts: readonly ContractFact[];
  readonly twoDisease: readonly TwoDiseaseFact[];
}

/** Settles a resident's claims one after the other with the running totals of each year (domain.md 3.1.3). */
export function settleHistory(residentId: string, history: ClaimHistory, planOf: PlanFinder): SettledHistory {
  const accumulators = new Map<number, Accumulators>();
  const coverage = history.coverages.at(-1);
  let account = coverage?.accountBalance ?? null;
  const claims: SettledClaim[] = [];
  for (const fact of history.claims) {
    const year = Number(fact.serviceDate.slice(0, 4));
    const plan = planOf(fact.scheme, coverage?.pooledRegionCode ?? '', year);
    const facts = factsOf(fact, history, account);
    const claim = toClaim(residentId, fact);
    const total = accumulators.get(year) ?? EMPTY_ACCUMULATORS;
    const before = { ...total, deductiblePaidByEpisode: paidInEpisode(claim.episode, accumulators) };
    const { settlement, added } = settle(claim, plan, before, facts);
    accumulators.set(year, addTotals(total, added));
    if (account !== null) account = toYuan(toCents(account) - toCents(settlement.personalAccount));
    const { diagnoses, episode } = claim;
    const above = aboveCap(before, added, outpatientCapOf(plan.caps, facts.retired).withoutContract);
    claims.push({
      fact,
      year,
      settlement,
      basis: { diagnoses, episode, facts, before, added, aboveCap: above },
      coverage,
      contractNo: contractOf(fact, history.contracts),
    });
  }
  return { claims, accumulators, accountBalance: account };
}

/** What was paid in the claim's own episode, in any year (domain.md 3.23). */
function paidInEpisode(
  episode: SettlementClaim['episode'],
  accumulators: ReadonlyMap<number, Accumulators>,
): Accumulators['deductiblePaidByEpisode'] {
  if (episode === null) return {};
  const { id } = episode;
  const paid = [...accumulators.values()].reduce(
    (sum, year) => sum + toCents(year.deductiblePaidByEpisode[id] ?? '0'),
    0,
  );
  return paid === 0 ? {} : { [id]: toYuan(paid) };
}

function factsOf(fact: ClaimFact, { twoDisease }: ClaimHistory, account: string | null): SettlementFacts {
  return {
    contractActive: fact.contractActive,
    filing: fact.filing,
    retired: fact.retired,
    assistance: fact.assistance,
    registrations: registrationsOn(twoDisease, fact.serviceDate),
    strokeRehabPackage: fact.strokeRehabPackage,
    accountToUse: fact.useAccount && account !== null ? account : '0',
  };
}

function contractOf({ serviceDate, contractActive }: ClaimFact, contracts: readonly ContractFact[]): number | null {
  if (!contractActive) return null;
  const covering = contracts.findLast(
    ({ validFrom, validTo, terminatedOn }) => serviceDate >= validFrom && serviceDate <= (terminatedOn ?? validTo),
  );
  return covering?.no ?? null;
}

function toClaim(residentId: string, fact: ClaimFact): SettlementClaim {
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
