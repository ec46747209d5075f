import { Decimal } from 'decimal.js';

/** A share in percent with two places half up; nothing to divide by gives null (domain.md 3.0.3). */
export function percent(part: number, whole: number): string | null {
  return whole === 0 ? null : new Decimal(part).times(100).div(whole).toFixed(2, Decimal.ROUND_HALF_UP);
}
