import type { ReferralDirection, ReferralStatus } from '../schema-types.ts';
import { type Icd10Range, isInSomeIcd10Range } from './icd10.ts';
import { compareInstants } from './instant.ts';

/** A referral of an episode. */
export interface EpisodeReferral {
  readonly direction: ReferralDirection;
  readonly status: ReferralStatus;
  readonly completedAt: string | null;
}

/** Days after discharge within which the family doctor follows up (domain.md 3.4.6). */
export interface FollowUpLimits {
  readonly days: number;
  readonly earlyDays: number;
  /** Diagnoses followed up early: stroke, acute myocardial infarction, delivery. */
  readonly early: readonly Icd10Range[];
}

/** The product default of the follow-up limits (domain.md 3.4.6). */
export const DEFAULT_FOLLOW_UP_LIMITS: FollowUpLimits = {
  days: 7,
  earlyDays: 3,
  early: [
    { from: 'I60', to: 'I64' },
    { from: 'I21', to: 'I22' },
    { from: 'O80', to: 'O84' },
  ],
};

const withoutEffect: ReadonlySet<ReferralStatus> = new Set(['REJECTED', 'CANCELLED', 'EXPIRED']);

/**
 * When an episode 转诊闭环 closed, null while it is open (domain.md 3.4.6, 3.23): every up-referral that took effect is
 * COMPLETED, and a down-referral is COMPLETED or a discharge follow-up recorded at primary level, in time or late.
 */
export function episodeClosedAt(
  referrals: readonly EpisodeReferral[],
  primaryFollowUps: readonly string[],
): string | null {
  const ups = referrals.filter(({ direction, status }) => direction === 'UP' && !withoutEffect.has(status));
  const upsCompleted = ups.map(completion).filter((at) => at !== null);
  const downsCompleted = referrals
    .filter(({ direction }) => direction === 'DOWN')
    .map(completion)
    .filter((at) => at !== null);
  if (upsCompleted.length < ups.length) return null;
  const upAt = upsCompleted.toSorted(compareInstants).at(-1);
  const primaryAt = [...downsCompleted, ...primaryFollowUps].toSorted(compareInstants).at(0);
  if (upAt === undefined || primaryAt === undefined) return null;
  return compareInstants(upAt, primaryAt) > 0 ? upAt : primaryAt;
}

/** Days after discharge within which the family doctor follows up a resident with this diagnosis (domain.md 3.4.6). */
export function followUpDays(icd10: string, limits: FollowUpLimits = DEFAULT_FOLLOW_UP_LIMITS): number {
  return isInSomeIcd10Range(icd10, limits.early) ? limits.earlyDays : limits.days;
}

function completion({ status, completedAt }: EpisodeReferral): string | null {
  return status === 'COMPLETED' ? completedAt : null;
}
