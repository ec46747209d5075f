import { Decimal } from 'decimal.js';

/** A whole number of cents; every sum of money inside the rules is one (domain.md 3.0.1). */
export type Cents = number;

/** Half up, as every money amount and rate is rounded (domain.md 3.0.1, 3.0.3). */
export const HALF_UP = Decimal.ROUND_HALF_UP;

/** Yuan as text or decimal to whole cents, rounded half up once. */
export function toCents(yuan: string | Decimal): Cents {
  return new Decimal(yuan).times(100).toDecimalPlaces(0, HALF_UP).toNumber();
}

/** Whole cents to yuan text with two places. */
export function toYuan(cents: Cents): string {
  const sign = cents < 0 ? '-' : '';
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `round2(amount · ratio)` in cents (domain.md 3.0.1). */
export function share(amount: Cents, ratio: string | Decimal): Cents {
  return new Decimal(amount).times(ratio).toDecimalPlaces(0, HALF_UP).toNumber();
}

/**
 * Splits a pool over weights by largest remainder in cents; ties go by input order (domain.md 3.0.2).
 * Throws a RangeError when no weight is positive: callers answer VALIDATION_FAILED.
 */
export function splitPool(pool: Cents, weights: readonly (string | number)[]): Cents[] {
  const exact = weights.map((weight) => new Decimal(weight));
  const total = exact.reduce((sum, weight) => sum.plus(weight), new Decimal(0));
  if (exact.some((weight) => weight.isNegative()) || !total.isPositive() || total.isZero()) {
    throw new RangeError('A pool is split over weights of which at least one is positive and none negative');
  }
  const shares = exact.map((weight, index) => {
    const exactShare = weight.times(pool).dividedBy(total);
    const floor = exactShare.floor();
    return { index, cents: floor.toNumber(), fraction: exactShare.minus(floor) };
  });
  const left = pool - shares.reduce((sum, entry) => sum + entry.cents, 0);
  const byFraction = shares.toSorted((a, b) => b.fraction.comparedTo(a.fraction) || a.index - b.index);
  const lucky = new Set(byFraction.slice(0, left).map((entry) => entry.index));
  return shares.map((entry) => entry.cents + (lucky.has(entry.index) ? 1 : 0));
}

/** Numerator / denominator × 100 with two places half up; null when the denominator is 0 (domain.md 3.0.3). */
export function rate(numerator: number, denominator: number): string | null {
  if (denominator === 0) return null;
  return new Decimal(numerator).times(100).dividedBy(denominator).toDecimalPlaces(2, HALF_UP).toFixed(2);
}
