import type { Faults, NumberRange } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { texts } from './texts.ts';

/** Whether a caller insures a division 统筹区: the insurance bureau of it or of one above, and the system itself (domain.md 6.1). */
export function insures({ role, regionCodes }: Caller, regionCode: string): boolean {
  return role === 'SYSTEM' || (role === 'INSURANCE_BUREAU' && regionCodes.some((code) => regionCode.startsWith(code)));
}

/** Notes a fault for an end before its beginning. */
export function expectOrder(faults: Faults, from: string, to: string | null | undefined, path: string): void {
  faults.expect(!to || to >= from, 'VALIDATION_FAILED', path, texts.order);
}

/** Money, yuan. */
export const moneyRange: NumberRange = { least: 0, most: 9_999_999.99, places: 2 };

/** A share 0–1 with two places. */
export const shareRange: NumberRange = { least: 0, most: 1, places: 2 };
