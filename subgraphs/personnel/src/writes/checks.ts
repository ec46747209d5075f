import { type Faults, type FaultText, type Write } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { Decimal } from 'decimal.js';
import type { Refused } from '../rules/decision.ts';
import { texts } from './texts.ts';

/** What a rule answers: it refuses, or something may follow. */
interface Answer {
  readonly kind: 'ALLOWED';
}

/** Notes what a rule refuses, at the place it names under `prefix`. */
export function note(faults: Faults, decision: Answer | Refused, prefix = '', text?: FaultText): void {
  if (decision.kind === 'ALLOWED') return;
  const path = prefix === '' ? decision.path : [prefix, ...decision.path];
  faults.expect(false, decision.code, path.join('.'), text);
}

/** Notes a fault for a day before the business day: what is arranged begins today at the earliest. */
export function expectNotPast(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day >= clock.day, 'VALIDATION_FAILED', path, texts.past);
}

/** Notes a fault for a day after the business day: what is told has happened. */
export function expectNotFuture(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day <= clock.day, 'VALIDATION_FAILED', path, texts.future);
}

/** Notes a fault for a code that its value set does not have. */
export function expectCode(faults: Faults, set: string, code: string | null | undefined, path: string): void {
  faults.expect(!code || hasCode(set, code), 'VALIDATION_FAILED', path, texts.unknownCode);
}

/** Notes a fault for a text that says nothing or too much. */
export function expectText(faults: Faults, text: string, path: string, longest = 200): void {
  faults.expect(text.trim() !== '', 'VALIDATION_FAILED', path, texts.needed);
  faults.expect(text.length <= longest, 'VALIDATION_FAILED', path, texts.tooLong);
}

/** Notes a fault for a text that may be absent, and is too long. */
export function expectNotLong(faults: Faults, text: string | null | undefined, path: string, longest = 500): void {
  faults.expect((text ?? '').length <= longest, 'VALIDATION_FAILED', path, texts.tooLong);
}

/** Notes a fault for a text that is no id of a kind; whose rows are another subgraph's are not looked up. */
export function expectId(faults: Faults, prefix: string, id: string | null | undefined, path: string): void {
  const fits = !id || (id.startsWith(`${prefix}_`) && /^\w{4,30}$/.test(id));
  faults.expect(fits, 'NOT_FOUND', path);
}

/** From where to where a number may go, both possible, and with how many places. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly places: number;
}

/** At most so many places; from where to where is a rule's affair. */
export const withPlaces = (count: number): NumberRange => ({ least: -Infinity, most: Infinity, places: count });

/** A score 0–100 with two places. */
export const scoreRange: NumberRange = { least: 0, most: 100, places: 2 };

/** Money of one item, yuan. */
export const moneyRange: NumberRange = { least: 0, most: 9_999_999_999.99, places: 2 };

/** Notes a fault for a number outside its range. */
export function expectNumber(
  faults: Faults,
  number: string | number | null | undefined,
  path: string,
  { least, most, places }: NumberRange,
): void {
  if (number === null || number === undefined) return;
  const value = new Decimal(number);
  const fits = value.gte(least) && value.lte(most) && value.decimalPlaces() <= places;
  faults.expect(fits, 'VALIDATION_FAILED', path, texts.number);
}
