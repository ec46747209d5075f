import { Decimal } from 'decimal.js';
import { HALF_UP, toCents, toYuan } from './money.ts';
import type { CareLevel } from './settlement-types.ts';

/** Outlier of a DRG case (VS-49). */
export type DrgOutlier = 'NORMAL' | 'LOW' | 'HIGH' | 'EXCLUDED' | 'UNGROUPED';

/** The figures of a payment year (domain.md 3.3); cities differ, so they are data. */
export interface DrgPolicy {
  readonly rate: string;
  readonly coefficients: Readonly<Record<CareLevel, string>>;
  /** Below lowFactor · standard a case is a low outlier, e.g. "0.4". */
  readonly lowFactor: string;
  /** High-outlier factors by weight, ascending; upToRw null is the last. */
  readonly high: readonly { readonly upToRw: string | null; readonly factor: string }[];
  /** Stays of this many days or fewer without surgery are excluded. */
  readonly minDays: number;
  /** Stays of more days are excluded. */
  readonly maxDays: number;
  /** Share of a hospital's monthly cases that may be high outliers, e.g. "0.05". */
  readonly highShare: string;
}

export interface DrgInput {
  readonly level: CareLevel;
  /** null when the case was not grouped (QY). */
  readonly group: { readonly rw: string; readonly basic: boolean } | null;
  readonly cost: string;
  /** Deductible, co-payment and out-of-scope part. */
  readonly patientPaid: string;
  readonly days: number;
  readonly surgery: boolean;
}

export interface DrgPayment {
  readonly standard: string | null;
  readonly outlier: DrgOutlier;
  readonly payable: string;
  readonly fundPayable: string;
  readonly hospitalBalance: string;
}

/** Pays one inpatient case by DRG (domain.md 3.3). */
export function drgPayment(input: DrgInput, policy: DrgPolicy): DrgPayment {
  if (input.group === null) return paidByItem(input, 'UNGROUPED');
  const short = input.days <= policy.minDays && !input.surgery;
  if (short || input.days > policy.maxDays) return paidByItem(input, 'EXCLUDED');
  const cost = new Decimal(input.cost);
  const exactRw = new Decimal(input.group.rw);
  const coefficient = input.group.basic ? '1' : policy.coefficients[input.level];
  const standard = exactRw.times(policy.rate).times(coefficient).toDecimalPlaces(2, HALF_UP);
  const high = standard.times(highFactor(exactRw, policy));
  if (cost.lessThan(standard.times(policy.lowFactor))) return payment(input, standard, 'LOW', cost);
  if (cost.greaterThan(high)) return payment(input, standard, 'HIGH', standard.plus(cost).minus(high));
  return payment(input, standard, 'NORMAL', standard);
}

/** A DRG case as the monthly limit on high outliers sees it. */
export interface OutlierCase {
  readonly id: string;
  readonly outlier: DrgOutlier;
  /** payable − standard of a high outlier. */
  readonly excess: string;
}

/**
 * Ids of the high outliers of one hospital and month that keep their extra payment: floor(5 % of DRG cases), largest
 * excess first, ties by id (domain.md 3.3, 3.23).
 */
export function keptHighOutliers(cases: readonly OutlierCase[], highShare: string): ReadonlySet<string> {
  const grouped = cases.filter((one) => one.outlier !== 'EXCLUDED' && one.outlier !== 'UNGROUPED');
  const quota = new Decimal(grouped.length).times(highShare).floor().toNumber();
  const high = grouped
    .filter((one) => one.outlier === 'HIGH')
    .toSorted((a, b) => new Decimal(b.excess).comparedTo(a.excess) || (a.id < b.id ? -1 : 1));
  return new Set(high.slice(0, quota).map((one) => one.id));
}

/** Case-mix index: Σ weight / cases, three places half up; null without cases (domain.md 3.23). */
export function caseMixIndex(weights: readonly string[]): string | null {
  if (weights.length === 0) return null;
  const sum = weights.reduce((total, weight) => total.plus(weight), new Decimal(0));
  return sum.dividedBy(weights.length).toDecimalPlaces(3, HALF_UP).toFixed(3);
}

function highFactor(rw: Decimal, policy: DrgPolicy): string {
  const band = policy.high.find((one) => one.upToRw === null || rw.lessThanOrEqualTo(one.upToRw));
  if (band === undefined) throw new RangeError('The last high-outlier band of a DRG policy must have upToRw null');
  return band.factor;
}

function payment(input: DrgInput, standard: Decimal, outlier: DrgOutlier, exact: Decimal): DrgPayment {
  const payable = toCents(exact);
  return {
    standard: standard.toFixed(2),
    outlier,
    payable: toYuan(payable),
    fundPayable: toYuan(payable - toCents(input.patientPaid)),
    hospitalBalance: toYuan(payable - toCents(input.cost)),
  };
}

function paidByItem(input: DrgInput, outlier: 'EXCLUDED' | 'UNGROUPED'): DrgPayment {
  const cost = toCents(input.cost);
  return {
    standard: null,
    outlier,
    payable: toYuan(cost),
    fundPayable: toYuan(cost - toCents(input.patientPaid)),
    hospitalBalance: '0.00',
  };
}
