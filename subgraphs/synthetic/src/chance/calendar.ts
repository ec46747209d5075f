/** A day as the number of days since 1970-01-01. */
export type Day = number;

const MILLISECONDS = 86_400_000;

/** Day of an ISO date. */
export function dayOf(date: string): Day {
  return Math.round(Date.parse(date.slice(0, 10)) / MILLISECONDS);
}

/** ISO date of a day. */
export function dateOf(day: Day): string {
  const { year, month, date } = civil(day);
  return `${year}-${two(month)}-${two(date)}`;
}

/** ISO instant in China's time, minutes counted from midnight of the day. */
export function instantOf(day: Day, minutes: number, seconds = 0): string {
  const carried = day + Math.floor(minutes / 1440);
  const rest = ((minutes % 1440) + 1440) % 1440;
  return `${dateOf(carried)}T${two(Math.floor(rest / 60))}:${two(rest % 60)}:${two(seconds)}+08:00`;
}

/** Minutes since 1970-01-01 in China's time of an instant made by instantOf. */
export function minutesOf(instant: string): number {
  return dayOf(instant) * 1440 + Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
}

/** The instant of minutes as minutesOf counts them. */
export function instantAt(minutes: number): string {
  return instantOf(Math.floor(minutes / 1440), minutes % 1440);
}

/** The same day of the month some months later, clipped to the end of the month. */
export function plusMonths(day: Day, months: number): Day {
  const { year, month, date } = civil(day);
  const index = year * 12 + month - 1 + months;
  const first = dayOfCivil(Math.floor(index / 12), (index % 12) + 1, 1);
  const next = dayOfCivil(Math.floor((index + 1) / 12), ((index + 1) % 12) + 1, 1);
  return Math.min(first + date - 1, next - 1);
}

/** Full years between two days. */
export function yearsBetween(from: Day, to: Day): number {
  const years = civil(to).year - civil(from).year;
  return plusMonths(from, years * 12) > to ? years - 1 : years;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The day itself, or the next Monday when it falls on a week-end. */
export function workday(day: Day): Day {
  const weekday = weekdayOf(day);
  return weekday > 5 ? day + 8 - weekday : day;
}

export const firstDayOf = (year: number): Day => dayOfCivil(year, 1, 1);
export const lastDayOf = (year: number): Day => dayOfCivil(year + 1, 1, 1) - 1;
export const yearOf = (day: Day): number => civil(day).year;
export const monthOf = (day: Day): number => civil(day).month;

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Year, month and date of a day number (proleptic Gregorian, Howard Hinnant's algorithm). */
function civil(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

function dayOfCivil(year: number, month: number, date: number): Day {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
