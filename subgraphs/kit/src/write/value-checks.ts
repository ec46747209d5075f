import { Decimal } from 'decimal.js';
import { tooLong } from './input-checks.ts';
import type { Faults, FaultText } from './write-refused.ts';
import type { Write } from './write.ts';

/** Notes a fault for a text that says nothing or too much. */
export function expectText(faults: Faults, text: string | null | undefined, path: string, most = 200): void {
  if (text === null || text === undefined) return;
  faults.expect(text.trim() !== '' && text.length <= most, 'VALIDATION_FAILED', path, {
    en: `A text of 1 to ${most} characters is needed.`,
    zh: `须填写 1 至 ${most} 个字符。`,
  });
}

/** Notes a fault for a text that may say nothing, and says too much. */
export function expectNotLong(faults: Faults, text: string | null | undefined, path: string, most = 500): void {
  faults.expect((text ?? '').length <= most, 'VALIDATION_FAILED', path, tooLong(most));
}

/** Notes a fault for a whole number outside its range, both ends inclusive. */
export function expectBetween(
  faults: Faults,
  value: number | null | undefined,
  [least, most]: readonly [number, number],
  path: string,
): void {
  if (value === null || value === undefined) return;
  faults.expect(value >= least && value <= most, 'VALIDATION_FAILED', path, {
    en: `A number from ${least} to ${most} is needed.`,
    zh: `须为 ${least} 至 ${most} 之间的数。`,
  });
}

/** Notes a fault for a day before the business day: what is arranged begins today at the earliest. */
export function expectNotPast(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day >= clock.day, 'VALIDATION_FAILED', path, texts.past);
}

/** Notes a fault for a day after the business day: what is told has happened. */
export function expectNotFuture(faults: Faults, { clock }: Write, day: string | null | undefined, path: string): void {
  faults.expect(!day || day <= clock.day, 'VALIDATION_FAILED', path, texts.future);
}

/** From where to where a number may go, both possible, and with how many places. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly places: number;
}

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

const texts = {
  past: { en: 'The day lies in the past.', zh: '日期不能早于今天。' },
  future: { en: 'The day lies in the future.', zh: '日期不能晚于今天。' },
  number: { en: 'The number is outside what is possible.', zh: '数值超出范围。' },
} as const satisfies Readonly<Record<string, FaultText>>;
