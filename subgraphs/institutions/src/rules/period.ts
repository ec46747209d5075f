/** A period as half-open instants in Asia/Shanghai. */
export interface PeriodBounds {
  readonly from: string;
  readonly until: string;
}

/** Bounds of a month `2024-03`, quarter `2024-Q1` or year `2024` (domain.md 3.0.4); undefined when the text is none of them. */
export function periodBounds(period: string): PeriodBounds | undefined {
  const match = /^([1-9]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (match === null) return undefined;
  const year = Number(match[1]);
  if (match[2] !== undefined) return months(year, Number(match[2]) * 3 - 2, 3);
  if (match[3] !== undefined) return months(year, Number(match[3]), 1);
  return months(year, 1, 12);
}

/** Whole months in a row 整月; the first and the last of them as `2024-03`. */
export interface WholeMonths extends PeriodBounds {
  readonly firstMonth: string;
  readonly lastMonth: string;
}

/** So many years of whole months, the last one that before a day's: `2024-12-31` and 3 → December 2021 to November 2024 (domain.md 3.19.3). */
export function wholeYearsBefore(day: string, years: number): WholeMonths {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const bounds = months(year, month - 12 * years, 12 * years);
  return { ...bounds, firstMonth: bounds.from.slice(0, 7), lastMonth: monthBefore(day) };
}

/** The month before that of a day, `2024-03-05` → `2024-02`: the last one that has ended. */
export function monthBefore(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return month === 1
    ? `${String(year - 1).padStart(4, '0')}-12`
    : `${day.slice(0, 5)}${String(month - 1).padStart(2, '0')}`;
}

/** The first instant of a day in Asia/Shanghai. */
export function dayStart(day: string): string {
  return `${day}T00:00:00+08:00`;
}

/** The day after a day. */
export function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

function months(year: number, first: number, count: number): PeriodBounds {
  return { from: monthStart(year, first), until: monthStart(year, first + count) };
}

function monthStart(year: number, month: number): string {
  const carried = Math.ceil(month / 12) - 1;
  return dayStart(`${String(year + carried).padStart(4, '0')}-${String(month - 12 * carried).padStart(2, '0')}-01`);
}
