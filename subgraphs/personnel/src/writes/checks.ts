import type { Faults, FaultText, NumberRange } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
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

/** Notes a fault for a code that its value set does not have. */
export function expectCode(faults: Faults, set: string, code: string | null | undefined, path: string): void {
  faults.expect(!code || hasCode(set, code), 'VALIDATION_FAILED', path, texts.unknownCode);
}

/** Notes a fault for a text that is no id of a kind; whose rows are another subgraph's are not looked up. */
export function expectId(faults: Faults, prefix: string, id: string | null | undefined, path: string): void {
  const fits = !id || (id.startsWith(`${prefix}_`) && /^\w{4,30}$/.test(id));
  faults.expect(fits, 'NOT_FOUND', path);
}

/** At most so many places; from where to where is a rule's affair. */
export const withPlaces = (count: number): NumberRange => ({ least: -Infinity, most: Infinity, places: count });

/** A score 0–100 with two places. */
export const scoreRange: NumberRange = { least: 0, most: 100, places: 2 };

/** Money of one item, yuan. */
export const moneyRange: NumberRange = { least: 0, most: 9_999_999_999.99, places: 2 };
