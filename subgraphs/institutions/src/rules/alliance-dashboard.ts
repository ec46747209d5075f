import { openMinutesBetween, type OpenHours } from './open-hours.ts';
import { type ReferralTimes, timelinessOf } from './referral-limits.ts';

/** Timely referrals of those of which it is known. */
export interface JudgedReferrals {
  readonly due: number;
  readonly timely: number;
}

/** Adds the referrals whose limit has passed since their rows were written (domain.md 3.4.7, 3.23). */
export function judgedAt(judged: JudgedReferrals, open: readonly ReferralTimes[], at: string): JudgedReferrals {
  const { timely, counted } = timelinessOf(open, at);
  return { due: judged.due + counted, timely: judged.timely + timely };
}

/** A unit and the days on which it may have been open, both included. */
export interface UnitDays {
  readonly openHours: readonly OpenHours[];
  readonly from: string;
  readonly to: string;
}

/** Open minutes of several units 开放分钟 (domain.md 3.6). */
export function openMinutesOf(units: readonly UnitDays[]): number {
  return units.reduce((sum, { openHours, from, to }) => sum + openMinutesBetween(openHours, from, to), 0);
}
