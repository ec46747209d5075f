import type { Faults } from '@hutong/kit';
import { rangeOfPeriod, type PeriodRange } from '../rules/period-range.ts';

/** The days of a quarter that is over; notes a fault at `period` for any other text, and for a quarter that still runs. */
export function finishedQuarter(faults: Faults, period: string, day: string): PeriodRange {
  const range = /^\d{4}-Q[1-4]$/.test(period) ? rangeOfPeriod(period) : undefined;
  faults.expect(range !== undefined && range.to < day, 'VALIDATION_FAILED', 'period', {
    en: 'A quarter that is over is needed, for example 2024-Q1.',
    zh: '须填写已结束的季度，如 2024-Q1。',
  });
  return range ?? { period, from: day, to: day };
}

/** The days of a quarter or year that is over; notes a fault at `period` for any other text. */
export function finishedPeriod(faults: Faults, period: string, day: string): PeriodRange {
  const range = /^\d{4}(-Q[1-4])?$/.test(period) ? rangeOfPeriod(period) : undefined;
  faults.expect(range !== undefined && range.to < day, 'VALIDATION_FAILED', 'period', {
    en: 'A quarter or year that is over is needed, for example 2024-Q4 or 2024.',
    zh: '须填写已结束的季度或年度，如 2024-Q4 或 2024。',
  });
  return range ?? { period, from: day, to: day };
}

/** Notes a fault for a code that no ICD-10 has the form of: `I10`, `I69.300`, `J44.100x001`. */
export function expectDiagnosis(faults: Faults, code: string | null | undefined, path: string): void {
  if (code === null || code === undefined) return;
  const hasForm = /^[A-Z]\d{2}(\.[0-9A-Z]{1,4}(x\d{3})?)?$/.test(code);
  faults.expect(hasForm, 'VALIDATION_FAILED', path, {
    en: 'An ICD-10 code is needed, for example I63.900.',
    zh: '须填写 ICD-10 编码，如 I63.900。',
  });
}
