import { type Faults, type Write } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { Decimal } from 'decimal.js';
import { texts } from './texts.ts';

/** Whether a caller insures a division 统筹区: the insurance bureau of it or of one above, and the system itself (domain.md 6.1). */
export function insures({ role, regionCodes }: Caller, regionCode: string): boolean {
  return role === 'SYSTEM' || (role === 'INSURANCE_BUREAU' && regionCodes.some((code) => regionCode.startsWith(code)));
}

/** Notes a fault for a day before the business day. */
export function expectNotPast(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day >= clock.day, 'VALIDATION_FAILED', path, texts.past);
}

/** Notes a fault for a day after the business day. */
export function expectNotFuture(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day <= clock.day, 'VALIDATION_FAILED', path, texts.future);
}

/** Notes a fault for an end before its beginning. */
export function expectOrder(faults: Faults, from: string, to: string | null | undefined, path: string): void {
  faults.expect(!to || to >= from, 'VALIDATION_FAILED', path, texts.order);
}

/** Notes a fault for a text that says nothing or too much. */
export function expectText(faults: Faults, text: string, path: string, longest = 200): void {
  faults.expect(text.trim() !== '', 'VALIDATION_FAILED', path, texts.needed);
  faults.expect(text.length <= longest, 'VALIDATION_FAILED', path, texts.tooLong);
}

/** Notes a fault for a text that may be absent, and is too long. */
export function expectNotLong(faults: Faults, text: string | null | undefined, path: string, longest = 200): void {
  faults.expect((text ?? '').length <= longest, 'VALIDATION_FAILED', path, texts.tooLong);
}

/** From where to where a number may go, both possible, and with how many places. */
interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly places: number;
}

/** Money, yuan. */
export const moneyRange: NumberRange = { least: 0, most: 9_999_999.99, places: 2 };

/** A share 0–1 with two places. */
export const shareRange: NumberRange = { least: 0, most: 1, places: 2 };

/** Notes a fault for a number outside its range. */
export function expectNumber(
  faults: Faults,
  number: string | null | undefined,
  path: string,
  { least, most, places }: NumberRange,
): void {
  if (number === null || number === undefined) return;
  const value = new Decimal(number);
  const fits = value.gte(least) && value.lte(most) && value.decimalPlaces() <= places;
  faults.expect(fits, 'VALIDATION_FAILED', path, texts.number);
}
