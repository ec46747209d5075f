import { compareInstants, earlier, later, localDay, minutesBetween, plusMinutes } from './instant.ts';
import { dayStart, nextDay } from './period.ts';

/** Hours on one day of the week in Asia/Shanghai; hours that close at or before they open close on the next day. */
export interface OpenHours {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

/** A half-open interval of instants. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

const DAY = 24 * 60;

/** Which end of `[start, end)` lies outside the open hours, null when the whole interval lies inside (domain.md 3.6, 3.23). */
export function outsideOpenHours(
  hours: readonly OpenHours[],
  { start, end }: { readonly start: string; readonly end: string },
): 'start' | 'end' | null {
  const open = daysAround(start, end)
    .flatMap((day) => intervalsOn(hours, day))
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  let openUntil = Date.parse(start);
  for (const interval of open) {
    const reached = Date.parse(interval.start) <= openUntil;
    if (reached) openUntil = Math.max(openUntil, Date.parse(interval.end));
  }
  if (openUntil <= Date.parse(start)) return 'start';
  return openUntil < Date.parse(end) ? 'end' : null;
}

/** Open minutes of the hours that open on a day (domain.md 3.6). */
export function openMinutes(hours: readonly OpenHours[], day: string): number {
  return intervalsOn(hours, day).reduce((sum, { start, end }) => sum + minutesBetween(start, end), 0);
}

/** Open minutes of the hours that open on days, both included; none when the last lies before the first. */
export function openMinutesBetween(hours: readonly OpenHours[], from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / (DAY * 60_000) + 1;
  if (days < 1) return 0;
  const week: number[] = [];
  for (let day = from; week.length < 7; day = nextDay(day)) week.push(openMinutes(hours, day));
  return Math.floor(days / 7) * sumOf(week) + sumOf(week.slice(0, days % 7));
}

function sumOf(minutes: readonly number[]): number {
  return minutes.reduce((total, each) => total + each, 0);
}

/** The open intervals within `[start, end)`, in order; hours that touch or overlap are one interval. */
export function openIntervals(hours: readonly OpenHours[], { start, end }: Interval): Interval[] {
  const open = daysAround(start, end)
    .flatMap((day) => intervalsOn(hours, day))
    .toSorted((a, b) => compareInstants(a.start, b.start));
  const merged: Interval[] = [];
  for (const interval of open) {
    const last = merged.at(-1);
    if (last === undefined || compareInstants(interval.start, last.end) > 0) merged.push(interval);
    else merged[merged.length - 1] = { start: last.start, end: later(last.end, interval.end) };
  }
  return merged
    .map((interval) => ({ start: later(interval.start, start), end: earlier(interval.end, end) }))
    .filter((interval) => compareInstants(interval.start, interval.end) < 0);
}

/** The days from that before the start, whose hours may reach over midnight, to that of the end. */
function daysAround(start: string, end: string): string[] {
  const days: string[] = [];
  for (let at = plusMinutes(start, -DAY); localDay(at) <= localDay(end); at = plusMinutes(at, DAY)) {
    days.push(localDay(at));
  }
  return days;
}

function intervalsOn(hours: readonly OpenHours[], day: string): Interval[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return hours
    .filter((each) => each.weekday === weekday)
    .map(({ opens, closes }) => {
      const closing = minuteOfDay(closes) + (closes <= opens ? DAY : 0);
      return { start: plusMinutes(dayStart(day), minuteOfDay(opens)), end: plusMinutes(dayStart(day), closing) };
    });
}

function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
