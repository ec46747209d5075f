import type { Catalogues, ClaimFact, Region } from '@hutong/synthetic';
import { Decimal } from 'decimal.js';
import type { providerMonthProjections } from '../tables/projection.ts';

type ProviderMonthInsert = typeof providerMonthProjections.$inferInsert;

/** What the providers earned in each month, as insurance will tell it. */
export interface ProviderLedger {
  add(claims: readonly ClaimFact[]): void;
  rows(): ProviderMonthInsert[];
}

interface Sums {
  readonly providerCode: string;
  readonly month: string;
  /** Fen. */
  readonly amounts: Record<'DRUG' | 'CONSUMABLE' | 'SERVICE', number>;
  readonly cases: Record<'NORMAL' | 'LOW' | 'HIGH', number>;
}

/** Sums the claims of a region by provider and month of its years; only the sums are kept in memory. */
export function createProviderLedger({ catalogues, years }: Pick<Region, 'catalogues' | 'years'>): ProviderLedger {
  const sums = new Map<string, Sums>();
  const outlierOf = outliers(catalogues);
  return {
    add: (claims) => {
      for (const claim of claims) {
        const { providerCode, lines } = claim;
        const month = claim.serviceDate.slice(0, 7);
        if (!years.includes(Number(month.slice(0, 4)))) continue;
        const key = `${providerCode}/${month}`;
        const sum = sums.get(key) ?? { providerCode, month, amounts: noAmounts(), cases: noCases() };
        sums.set(key, sum);
        for (const { kind, amount } of lines) sum.amounts[kind] += fen(amount);
        const outlier = outlierOf(claim);
        if (outlier !== undefined) sum.cases[outlier] += 1;
      }
    },
    rows: () => [...sums.values()].map(rowOf),
  };
}

const noAmounts = (): Sums['amounts'] => ({ DRUG: 0, CONSUMABLE: 0, SERVICE: 0 });
const noCases = (): Sums['cases'] => ({ NORMAL: 0, LOW: 0, HIGH: 0 });

function rowOf({ providerCode, month, amounts, cases }: Sums): ProviderMonthInsert {
  return {
    providerCode,
    month,
    total: yuan(amounts.DRUG + amounts.CONSUMABLE + amounts.SERVICE),
    drugs: yuan(amounts.DRUG),
    consumables: yuan(amounts.CONSUMABLE),
    drgCases: cases.NORMAL + cases.LOW + cases.HIGH,
    lowOutliers: cases.LOW,
    highOutliers: cases.HIGH,
    // Before every change of the logs: what is told later overwrites what was seeded.
    seq: 0,
  };
}

/** Whether a stay costs too little or too much, as insurance judges it; undefined when DRG does not pay it (domain.md 3.3). */
function outliers({ drgGroups, drgPolicy }: Catalogues): (claim: ClaimFact) => keyof Sums['cases'] | undefined {
  const groups = new Map(drgGroups.map((group) => [group.code, group]));
  return ({ kind, drgCode, careLevel, lengthOfStay, surgery, lines }) => {
    const group = kind === 'INPATIENT' ? groups.get(drgCode ?? '') : undefined;
    const days = lengthOfStay ?? 0;
    if (group === undefined || (days <= drgPolicy.minDays && !surgery) || days > drgPolicy.maxDays) return undefined;
    const rw = new Decimal(careLevel === 'T' ? (group.townshipRw ?? group.rw) : group.rw);
    const coefficient = group.basic ? '1' : drgPolicy.coefficients[careLevel];
    const standard = rw.times(drgPolicy.rate).times(coefficient).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    const band = drgPolicy.high.find(({ upToRw }) => upToRw === null || rw.lte(upToRw));
    const cost = yuan(lines.reduce((sum, { amount }) => sum + fen(amount), 0));
    if (standard.times(drgPolicy.lowFactor).gt(cost)) return 'LOW';
    return band !== undefined && standard.times(band.factor).lt(cost) ? 'HIGH' : 'NORMAL';
  };
}

function fen(amount: string): number {
  return Math.round(Number(amount) * 100);
}

function yuan(amount: number): string {
  return (amount / 100).toFixed(2);
}
