import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { AllianceFact, ContractFact, ResidentFact } from '@hutong/synthetic';
import { type Cents, toCents, toYuan } from '../rules/money.ts';
import { allianceResult, capitationBudget, capitationResult } from '../rules/surplus.ts';
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
  readonly packagePrice: (code: string) => string;
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

const baseRate = '150.00';
const prepayRatio = '0.90';
/** Lead, townships, villages (domain.md 3.3.6) [pd]. */
const surplusShares = ['0.50', '0.35', '0.15'] as const;
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
      for (const contract of contracts) addContract(contract, resident, claims, setting.year, capitations, packages);
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
    capitationPlans: () => [...capitations].flatMap(([id, one]) => capitationRow(id, one, setting)),
    packageEconomics: () => [...packages].flatMap(([key, count]) => economicsRow(key, count, setting)),
    allianceBudgets: () => budgetRows(budgets, setting.year),
  };
}

function addContract(
  contract: ContractFact,
  resident: ResidentFact,
  claims: SettledHistory['claims'],
  year: number,
  capitations: Map<string, Capitation>,
  packages: Map<string, number>,
): void {
  const began = Number(contract.validFrom.slice(0, 4));
  if (began === year) {
    for (const code of contract.packageCodes) {
      const key = `${contract.baseInstitutionId}/${code}`;
      packages.set(key, (packages.get(key) ?? 0) + 1);
    }
  }
  if (began > year || contract.validTo < `${year}-01-01`) return;
  const capitation = capitations.get(contract.baseInstitutionId) ?? { months: bands.map(() => 0), actual: 0 };
  capitations.set(contract.baseInstitutionId, capitation);
  const joined = began < year ? 1 : Number(contract.validFrom.slice(5, 7));
  const age = year - 1 - Number(resident.birthDate.slice(0, 4));
  const place = Math.max(
    0,
    bands.findLastIndex(({ from }) => age >= from),
  );
  capitation.months[place] = (capitation.months[place] ?? 0) + 13 - joined;
  for (const { fact, settlement } of claims) {
    if (fact.kind !== 'INPATIENT') capitation.actual += toCents(settlement.fundBasic);
  }
}

function capitationRow(
  institutionId: string,
  { months, actual }: Capitation,
  { year, providerCode }: LedgerSetting,
): (typeof capitationPlans.$inferInsert)[] {
  const code = providerCode(institutionId);
  if (code === undefined) return [];
  const weighted = bands.map(({ band, factor }, index) => ({ band, factor, count: (months[index] ?? 0) / 12 }));
  const { budget, monthlyPrepay } = capitationBudget({ baseRate, prepayRatio, bands: weighted });
  const quality = qualityOf(institutionId, year);
  return [
    {
      id: stableId('cp', institutionId, year),
      providerCode: code,
      institutionId,
      year,
      baseRate,
      ageFactors: bands.map(({ band, factor }) => ({ band, factor })),
      enrolled: weighted.map(({ band, count }) => ({ band, count: Math.round(count) })),
      budget,
      prepayRatio,
      monthlyPrepay,
      actual: toYuan(actual),
      qualityScore: quality,
      ...capitationResult(budget, toYuan(actual), quality),
    },
  ];
}

/** A package earns its price from everybody who signed it, and costs the hospital work and material. */
function economicsRow(
  key: string,
  count: number,
  { year, providerCode, packagePrice }: LedgerSetting,
): (typeof packageEconomics.$inferInsert)[] {
  const [institutionId = '', packageCode = ''] = key.split('/');
  const code = providerCode(institutionId);
  if (code === undefined) return [];
  const revenue = toCents(packagePrice(packageCode)) * count;
  const perPerson = 6 + (toCents(packagePrice(packageCode)) / 100) * (0.72 + stableFraction('cost', key) * 0.36);
  return [
    {
      providerCode: code,
      packageCode,
      year,
      institutionId,
      revenue: toYuan(revenue),
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
    const result = allianceResult(budget, toYuan(inside + outside), qualityOf(allianceId, year), surplusShares);
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
