import { Decimal } from 'decimal.js';
import { HALF_UP } from './money.ts';

/** Yuan per person, two places half up; null without an amount or persons (domain.md 3.0.3, I-08). */
export function perHead(amount: string | null, persons: number | null): string | null {
  if (amount === null || persons === null || persons === 0) return null;
  return new Decimal(amount).div(persons).toDecimalPlaces(2, HALF_UP).toFixed(2);
}
