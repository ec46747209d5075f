/** Days inclusive on both ends; without an end it stays open (domain.md 3.0.7). */
export interface Interval {
  readonly from: string;
  readonly to: string | null;
}

/** Whether an interval contains a day (domain.md 3.0.7). */
export function covers({ from, to }: Interval, day: string): boolean {
  return from <= day && (to === null || day <= to);
}

/** Whether two intervals share a day (domain.md 3.0.7). */
export function overlaps(one: Interval, other: Interval): boolean {
  return covers(one, other.from) || covers(other, one.from);
}

/** Whether an interval has a day at all: its end is not before its start (domain.md 3.0.7). */
export function isOrdered({ from, to }: Interval): boolean {
  return to === null || from <= to;
}
