const DAY = 86_400_000;

/** A date plus days; dates are ISO text. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** A date plus months: keeps the day number, clipped to the last day of the month (domain.md 3.0.6). */
export function addMonths(date: string, months: number): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), lastDay);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** Days from one date to another, counting both ends as dates: 0 for the same date. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** Full years at a date; born on 29 February, the birthday of a common year is 28 February (domain.md 3.0.5, 3.23). */
export function ageAt(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date >= addMonths(birthDate, years * 12) ? years : years - 1;
}

/** Last day of a contract: one year less a day (domain.md 3.8.1). */
export function contractValidTo(validFrom: string): string {
  return addDays(addMonths(validFrom, 12), -1);
}

/** Days after its end on which a contract may still be renewed, the last one included (domain.md 3.8.1). */
export const RENEWAL_DAYS_AFTER = 30;

/** Whether a successor signed on a date still counts as a renewal: 60 days before the end to 30 days after it (domain.md 3.8.1). */
export function isRenewal(validTo: string, signedOn: string): boolean {
  return signedOn >= addDays(validTo, -60) && signedOn <= addDays(validTo, RENEWAL_DAYS_AFTER);
}

/** First day of a successor: the day after the old contract, or the day of signing if later (domain.md 3.8.1). */
export function successorValidFrom(validTo: string, signedOn: string): string {
  const next = addDays(validTo, 1);
  return signedOn > next ? signedOn : next;
}
