/** First and last day of a period, inclusive. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const periodPattern = /^([1-9]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;

/** Days of a month `2024-03`, a quarter `2024-Q1` or a year `2024` (domain.md 3.0.4); undefined when the text is no period. */
export function daysOfPeriod(period: string): Days | undefined {
  const match = periodPattern.exec(period);
  if (match === null) return undefined;
  const [, year = '', quarter, month] = match;
  const first = month === undefined ? (quarter === undefined ? 1 : Number(quarter) * 3 - 2) : Number(month);
  const length = month === undefined ? (quarter === undefined ? 12 : 3) : 1;
  const from = `${year}-${String(first).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, length), -1) };
}

/** The day some months later, clipped to the end of the month (domain.md 3.0.6). */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const place = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(Math.floor(place / 12), (place % 12) + 1, 0)).getUTCDate();
  return dayText(new Date(Date.UTC(Math.floor(place / 12), place % 12, Math.min(date, last))));
}

/** The day some days later. */
export function addDays(day: string, days: number): string {
  return dayText(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}
