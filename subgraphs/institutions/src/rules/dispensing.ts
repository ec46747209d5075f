import { compareInstants, plusMinutes } from './instant.ts';

/** Terms of handing out drugs (the product's defaults; domain.md 3.18 leaves them open). */
export interface DispensingLimits {
  /** Days for which a new prescription holds 处方有效期 (处方管理办法). */
  readonly validDays: number;
  /** Days before the last supply ends from which a refill may be handed out. */
  readonly refillEarlyDays: number;
}

/** The product default of the terms. */
export const DEFAULT_DISPENSING_LIMITS: DispensingLimits = { validDays: 3, refillEarlyDays: 7 };

/** How a prescription stands. */
export interface DispensablePrescription {
  readonly issuedAt: string;
  /** Null before the first supply was handed out. */
  readonly dispensedAt: string | null;
  readonly daysSupply: number;
  readonly refillsLeft: number;
}

/** What may be handed out now: the first supply, a refill, or nothing and why. */
export type Dispensing =
  | { readonly kind: 'FIRST' }
  | { readonly kind: 'REFILL' }
  | { readonly kind: 'REFUSED'; readonly why: 'EXPIRED' | 'NO_REFILLS' | 'TOO_EARLY' };

const DAY = 24 * 60;

/** What a prescription allows at an instant. */
export function dispensingAt(
  { issuedAt, dispensedAt, daysSupply, refillsLeft }: DispensablePrescription,
  at: string,
  { validDays, refillEarlyDays }: DispensingLimits = DEFAULT_DISPENSING_LIMITS,
): Dispensing {
  if (dispensedAt === null) {
    const lapsed = compareInstants(at, plusMinutes(issuedAt, validDays * DAY)) > 0;
    return lapsed ? { kind: 'REFUSED', why: 'EXPIRED' } : { kind: 'FIRST' };
  }
  if (refillsLeft <= 0) return { kind: 'REFUSED', why: 'NO_REFILLS' };
  const refillFrom = plusMinutes(dispensedAt, (daysSupply - refillEarlyDays) * DAY);
  return compareInstants(at, refillFrom) < 0 ? { kind: 'REFUSED', why: 'TOO_EARLY' } : { kind: 'REFILL' };
}
