import { DEFAULT_FOLLOW_UP_LIMITS, followUpDays, type FollowUpLimits } from './episode-closure.ts';
import { localDay } from './instant.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Length of a stay 住院天数 in days: days from admission to discharge, at least one (domain.md 2.2, WS 445). */
export function lengthOfStay(admittedAt: string, dischargedAt: string): number {
  const days = (Date.parse(localDay(dischargedAt)) - Date.parse(localDay(admittedAt))) / DAY;
  return Math.max(1, days);
}

/** What follows a discharge: whether the family doctor visits, and whether within the short limit (domain.md 3.4.6). */
export interface DischargeFollowUp {
  readonly followUp: boolean;
  /** Stroke, acute myocardial infarction or delivery among the diagnoses. */
  readonly early: boolean;
}

/** Discharge mode of who died (VS-64). */
const DIED = '5';

/** The follow-up that a discharge with these diagnoses calls for. */
export function dischargeFollowUp(
  icd10: readonly string[],
  dischargeMode: string,
  limits: FollowUpLimits = DEFAULT_FOLLOW_UP_LIMITS,
): DischargeFollowUp {
  return {
    followUp: dischargeMode !== DIED,
    early: icd10.some((code) => followUpDays(code, limits) === limits.earlyDays),
  };
}
