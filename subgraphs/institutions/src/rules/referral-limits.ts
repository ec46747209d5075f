import type { ReferralDirection, ReferralStatus, Urgency } from '../schema-types.ts';
import { compareInstants, plusMinutes } from './instant.ts';
import { percent } from './percent.ts';

/** Limits of referrals in minutes (domain.md 3.4.7). */
export interface ReferralLimits {
  readonly accept: Readonly<Record<Urgency, number>>;
  /** Of any down-referral, whatever its urgency. */
  readonly acceptDown: number;
  /** From acceptance. */
  readonly arrive: Readonly<Record<Urgency, number>>;
  /** From acceptance until a referral without arrival expires. */
  readonly expire: number;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** The product default of the limits (domain.md 3.4.6, 3.4.7, 3.23). */
export const DEFAULT_REFERRAL_LIMITS: ReferralLimits = {
  accept: { EMERGENCY: 10, URGENT: 2 * HOUR, ROUTINE: DAY },
  acceptDown: 2 * DAY,
  arrive: { EMERGENCY: DAY, URGENT: 3 * DAY, ROUTINE: 7 * DAY },
  expire: 7 * DAY,
};

/** What the limits of a referral depend on. */
export interface ReferralTimes {
  readonly direction: ReferralDirection;
  readonly urgency: Urgency;
  readonly status: ReferralStatus;
  readonly submittedAt: string | null;
  readonly acceptedAt: string | null;
  readonly arrivedAt: string | null;
}

/** Timely referrals of those that count. */
export interface Timeliness {
  readonly timely: number;
  readonly counted: number;
  /** Percent with two places, null when none counts. */
  readonly rate: string | null;
}

/** Until when a referral submitted at an instant must be accepted: its `dueAt` (domain.md 3.4.1, 3.4.7, 3.23). */
export function acceptBy(
  referral: Pick<ReferralTimes, 'direction' | 'urgency'>,
  submittedAt: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): string {
  return plusMinutes(submittedAt, referral.direction === 'DOWN' ? limits.acceptDown : limits.accept[referral.urgency]);
}

/** Until when a resident accepted at an instant arrives in time (domain.md 3.4.7). */
export function arriveBy(
  urgency: Urgency,
  acceptedAt: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): string {
  return plusMinutes(acceptedAt, limits.arrive[urgency]);
}

/** The instant at which the timer of a referral fires, null in states without one (domain.md 3.4.1, 3.23). */
export function expiresAt(referral: ReferralTimes, limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS): string | null {
  const { status, submittedAt, acceptedAt } = referral;
  if (status === 'SUBMITTED') return submittedAt === null ? null : acceptBy(referral, submittedAt, limits);
  const waiting = status === 'ACCEPTED' || status === 'SCHEDULED';
  return waiting && acceptedAt !== null ? plusMinutes(acceptedAt, limits.expire) : null;
}

/** Whether the timer of a referral has fired at an instant: at its instant it has (domain.md 3.23 on 3.4.1). */
export function hasExpired(
  referral: ReferralTimes,
  at: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): boolean {
  const instant = expiresAt(referral, limits);
  return instant !== null && compareInstants(instant, at) <= 0;
}

/** The status of a referral at an instant, before its timer's job may have run: nothing expired is accepted (domain.md 3.23). */
export function statusAt(
  referral: ReferralTimes,
  at: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): ReferralStatus {
  return hasExpired(referral, at, limits) ? 'EXPIRED' : referral.status;
}

/**
 * Whether a referral was accepted and its resident arrived within the limits (domain.md 3.4.7, 3.23); null when it does not
 * count: a draft, a cancelled one, an open one whose limit has not passed.
 */
export function isTimely(
  referral: ReferralTimes,
  at: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): boolean | null {
  const { status, urgency, submittedAt, acceptedAt, arrivedAt } = referral;
  if (submittedAt === null || status === 'CANCELLED') return null;
  if (status === 'REJECTED' || status === 'EXPIRED') return false;
  if (acceptedAt === null) return hasExpired(referral, at, limits) ? false : null;
  if (compareInstants(acceptedAt, acceptBy(referral, submittedAt, limits)) > 0) return false;
  const limit = arriveBy(urgency, acceptedAt, limits);
  if (arrivedAt !== null) return compareInstants(arrivedAt, limit) <= 0;
  return compareInstants(at, limit) > 0 ? false : null;
}

/** Timeliness of many referrals 转诊及时性 at an instant (domain.md 3.4.7, S0-49). */
export function timelinessOf(
  referrals: readonly ReferralTimes[],
  at: string,
  limits: ReferralLimits = DEFAULT_REFERRAL_LIMITS,
): Timeliness {
  const counted = referrals.map((referral) => isTimely(referral, at, limits)).filter((timely) => timely !== null);
  const timely = counted.filter(Boolean).length;
  return { timely, counted: counted.length, rate: percent(timely, counted.length) };
}
