import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { AllianceFact, ContractFact, ResidentFact } from '@hutong/synthetic';
import { enrolmentByMonth } from '../rules/enrolment.ts';
import { type Cents, toCents, toYuan } from '../rules/money.ts';
import {
  allianceResult,
  type CapitationBand,
  capitationBaseRate,
  capitationBudget,
  capitationResult,
  SURPLUS_SHARES,
} from '../rules/surplus.ts';
import type { allianceBudgets, capitationPlans } from '../tables/payment.ts';
import type { packageEconomics } from '../tables/policy.ts';
import type { SettledHistory } from './settle-history.ts';

/** Sums over the residents of a place, kept while they stream by: their number does not grow with the residents. */
export interface FundLedger {
  add(resident: ResidentFact, contracts: readonly ContractFact[], history: SettledHistory, insured: boolean): void;
  capitationPlans(): (typeof capitationPlans.$inferInsert)[];
  packageEconomics(): (typeof packageEconomics.$inferInsert)[];
  allianceBudgets(): (typeof allianceBudgets.$inferInsert)[];
}

/** What the ledger must know of the place. */
export interface LedgerSetting {
  readonly year: number;
  readonly alliances: readonly AllianceFact[];
  readonly providerCode: (institutionId: string) => string | undefined;
  readonly packageFee: (code: string) => string;
}

interface Capitation {
  readonly months: number[];
  actual: Cents;
}

interface Budget {
  population: number;
  inside: Cents;
  outside: Cents;
}

/** Age bands of payment by head with their factors (domain.md 3.2) [pd]. */
const bands = [
  { band: '0-6', from: 0, factor: '1.2' },
  { band: '7-17', from: 7, factor: '0.6' },
  { band: '18-44', from: 18, factor: '0.7' },
  { band: '45-59', from: 45, factor: '1.0' },
  { band: '60+', from: 60, factor: '1.8' },
] as const;

/**
 * Budgets by head exceed what the enrolled of the place cost by this factor, so that I-06 lies in its aim of 0–10 % at
 * every visit scale. A base rate of 150.00 (domain.md 3.2) would pay 36–65 % of what visits by domain.md 8.3 and 8.4 cost.
 */
const capitationMargin = '1.05';
const prepayRatio = '0.90';
/** A budget is what the alliance's insured cost on average in the place, and this much more. */
const budgetMargin = 1.04;

/** A ledger for the last year of a place. */
export function createFundLedger(setting: LedgerSetting): FundLedger {
  const capitations = new Map<string, Capitation>();
  const packages = new Map<string, number>();
  const budgets = new Map<string, Budget>(
    setting.alliances.map(({ id }) => [id, { population: 0, inside: 0, outside: 0 }]),
  );
  const members = setting.alliances.map(({ id, memberships }) => ({
    id,
    members: new Set(memberships.map(({ institutionId }) => institutionId)),
  }));
  return {
    add: (resident, contracts, history, insured) => {
      const claims = history.claims.filter(({ year }) => year === setting.year);
      countPackages(contracts, setting.year, packages);
      enrol(resident, enrolmentByMonth(contracts, setting.year), claims, setting.year, capitations);
      if (!insured) return;
      for (const alliance of members) {
        const budget = budgets.get(alliance.id);
        if (budget === undefined || !alliance.members.has(resident.townshipHospitalId)) continue;
        budget.population += 1;
        for (const { fact, settlement } of claims) {
          const fund = toCents(settlement.fundBasic);
          if (alliance.members.has(fact.institutionId)) budget.inside += fund;
          else budget.outside += fund;
        }
      }
    },
    capitationPlans: () => capitationRows(capitations, setting),
    packageEconomics: () => [...packages].flatMap(([key, count]) => economicsRow(key, count, setting)),
    allianceBudgets: () => budgetRows(budgets, setting.year),
  };
}

/** Packages signed in the year, by institution: each is paid for once, at signing. */
function countPackages(contracts: readonly ContractFact[], year: number, packages: Map<string, number>): void {
  for (const { validFrom, baseInstitutionId, packageCodes } of contracts) {
    if (Number(validFrom.slice(0, 4)) !== year) continue;
    for (const code of packageCodes) {
      const key = `${baseInstitutionId}/${code}`;
      packages.set(key, (packages.get(key) ?? 0) + 1);
    }
  }
}

/** Person-months of a resident, and the outpatient fund spent anywhere in them (domain.md 3.2). */
function enrol(
  resident: ResidentFact,
  enrolment: readonly (string | null)[],
  claims: SettledHistory['claims'],
  year: number,
  capitations: Map<string, Capitation>,
): void {
  const age = year - 1 - Number(resident.birthDate.slice(0, 4));
  const place = Math.max(
    0,
    bands.findLastIndex(({ from }) => age >= from),
  );
  for (const institutionId of enrolment) {
    if (institutionId === null) continue;
    const capitation = capitations.get(institutionId) ?? { months: bands.map(() => 0), actual: 0 };
    capitations.set(institutionId, capitation);
    capitation.months[place] = (capitation.months[place] ?? 0) + 1;
  }
  for (const { fact, settlement } of claims) {
    const institutionId = enrolment[Number(fact.serviceDate.slice(5, 7)) - 1] ?? null;
    const capitation = institutionId === null ? undefined : capitations.get(institutionId);
    if (capitation !== undefined && fact.kind !== 'INPATIENT') capitation.actual += toCents(settlement.fundBasic);
  }
}

function capitationRows(
  capitations: ReadonlyMap<string, Capitation>,
  setting: LedgerSetting,
): (typeof capitationPlans.$inferInsert)[] {
  const all = [...capitations.values()];
  const months = bands.map((_, index) => all.reduce((sum, one) => sum + (one.months[index] ?? 0), 0));
  const spent = all.reduce((sum, { actual }) => sum + actual, 0);
  const baseRate = capitationBaseRate(toYuan(spent), weighted(months), capitationMargin);
  if (baseRate === null) return [];
  return [...capitations].flatMap(([id, one]) => capitationRow(id, one, baseRate, setting));
}

function weighted(months: readonly number[]): CapitationBand[] {
  return bands.map(({ band, factor }, index) => ({ band, factor, count: (months[index] ?? 0) / 12 }));
}

function capitationRow(
  institutionId: string,
  { months, actual }: Capitation,
  baseRate: string,
  { year, providerCode }: LedgerSetting,
): (typeof capitationPlans.$inferInsert)[] {
  const code = providerCode(institutionId);
  if (code === undefined) return [];
  const enrolled = weighted(months);
  const { budget, monthlyPrepay } = capitationBudget({ baseRate, prepayRatio, bands: enrolled });
  const quality = qualityOf(institutionId, year);
  return [
    {
      id: stableId('cn', institutionId, year),
      providerCode: code,
      institutionId,
      year,
      baseRate,
      ageFactors: bands.map(({ band, factor }) => ({ band, factor })),
      enrolled: enrolled.map(({ band, count }) => ({ band, count: Math.round(count) })),
      budget,
      prepayRatio,
      monthlyPrepay,
      actual: toYuan(actual),
      qualityScore: quality,
      ...capitationResult(budget, toYuan(actual), quality),
    },
  ];
}

/** A package earns its fee from everybody who signed it, and costs the hospital work and material. */
function economicsRow(
  key: string,
  count: number,
  { year, providerCode, packageFee }: LedgerSetting,
): (typeof packageEconomics.$inferInsert)[] {
  const [institutionId = '', packageCode = ''] = key.split('/');
  const code = providerCode(institutionId);
  if (code === undefined) return [];
  const fee = toCents(packageFee(packageCode));
  const perPerson = 6 + (fee / 100) * (0.72 + stableFraction('cost', key) * 0.36);
  return [
    {
      providerCode: code,
      packageCode,
      year,
      institutionId,
      revenue: toYuan(fee * count),
      cost: toYuan(Math.round(perPerson * 100) * count),
    },
  ];
}

function budgetRows(budgets: ReadonlyMap<string, Budget>, year: number): (typeof allianceBudgets.$inferInsert)[] {
  const all = [...budgets.values()];
  const persons = all.reduce((sum, { population }) => sum + population, 0);
  const spent = all.reduce((sum, { inside, outside }) => sum + inside + outside, 0);
  const perCapita = persons === 0 ? 0 : Math.round((spent / persons) * budgetMargin);
  return [...budgets].map(([allianceId, { population, inside, outside }]) => {
    const budget = toYuan(perCapita * population);
    const result = allianceResult(budget, toYuan(inside + outside), qualityOf(allianceId, year), SURPLUS_SHARES);
    return {
      allianceId,
      year,
      population,
      budget,
      spentInside: toYuan(inside),
      spentOutside: toYuan(outside),
      surplus: result.surplus,
      retained: result.retained,
      splitLead: result.lead,
      splitTownship: result.township,
      splitVillage: result.village,
    };
  });
}

/** Quality of a subject as the insurer takes it over from the evaluation 质量得分, 0–100. */
function qualityOf(subjectId: string, year: number): string {
  return (stableInteger(6800, 9600, 'quality', subjectId, year) / 100).toFixed(2);
}
