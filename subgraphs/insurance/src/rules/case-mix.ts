import { Decimal } from 'decimal.js';
import { HALF_UP } from './money.ts';

/** Case-mix index from a sum of weights, three places half up; null without grouped cases (domain.md 3.3, 3.23). */
export function cmiOf(weight: string, groupedCases: number): string | null {
  if (groupedCases === 0) return null;
  return new Decimal(weight).div(groupedCases).toDecimalPlaces(3, HALF_UP).toFixed(3);
}
