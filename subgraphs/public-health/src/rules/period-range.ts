import { addDays, addMonths } from './contract-term.ts';

/** Days of a period, both ends inclusive, and how it is written. */
export interface PeriodRange {
  readonly period: string;
  readonly from: string;
  readonly to: string;
}

/** The days of a month `2024-03`, quarter `2024-Q1` or year `2024` (domain.md 3.0.4); undefined for any other text. */
export function rangeOfPeriod(period: string): PeriodRange | undefined {
  const match = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$/.exec(period);
  if (match === null) return undefined;
  const [, year = '', month, quarter] = match;
  if (month !== undefined) return monthsFrom(period, `${year}-${month}-01`, 1);
  if (quarter !== undefined)
    return monthsFrom(period, `${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`, 3);
  return monthsFrom(period, `${year}-01-01`, 12);
}

/** The twelve months up to and including a day, written as an ISO 8601 interval. */
export function lastTwelveMonths(day: string): PeriodRange {
  const from = addDays(addMonths(day, -12), 1);
  return { period: `${from}/${day}`, from, to: day };
}

function monthsFrom(period: string, from: string, months: number): PeriodRange {
  return { period, from, to: addDays(addMonths(from, months), -1) };
}
