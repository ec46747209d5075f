import { DEFAULT_FOLLOW_UP_LIMITS, followUpDays, type FollowUpLimits } from './episode-closure.ts';
import { localDay } from './instant.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Length of a stay 住院天数 in days: days from admission to discharge, at least one (domain.md 2.2, WS 445). */
export function lengthOfStay(admittedAt: string, dischargedAt: string): number {
  const days = (Date.parse(localDay(dischargedAt)) - Date.parse(localDay(admittedAt))) / DAY;
  return Math.max(1, days);
}

/** Discharge mode of who died (VS-64). */
const DIED = '5';

/** The last day on which the family doctor follows up a discharge in time (domain.md 3.4.6); null for who died. */
export function followUpDueOn(
  { dischargedAt, dischargeMode }: { readonly dischargedAt: string; readonly dischargeMode: string },
  icd10: readonly string[],
  limits: FollowUpLimits = DEFAULT_FOLLOW_UP_LIMITS,
): string | null {
  if (dischargeMode === DIED) return null;
  const days = Math.min(limits.days, ...icd10.map((code) => followUpDays(code, limits)));
  return new Date(Date.parse(localDay(dischargedAt)) + days * DAY).toISOString().slice(0, 10);
}
