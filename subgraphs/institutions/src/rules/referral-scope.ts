import type { ReferralDirection, ReferralScope, Urgency } from '../schema-types.ts';

/** Where an end of a referral stands: its county, null for city institutions, and its ACTIVE alliances of whatever kind. */
export interface ReferralEnd {
  readonly countyCode: string | null;
  readonly activeAllianceIds: readonly string[];
}

/** What tells whether a referral out of the county needs the step `approveOutOfCounty`. */
export interface ApprovalFacts {
  readonly direction: ReferralDirection;
  readonly scope: ReferralScope;
  readonly urgency: Urgency;
  readonly greenChannel: boolean;
}

/** Scope of a referral (domain.md 3.4.2, 3.23): a shared alliance first, then a shared county. */
export function referralScope(from: ReferralEnd, to: ReferralEnd): ReferralScope {
  if (from.activeAllianceIds.some((id) => to.activeAllianceIds.includes(id))) return 'INTRA_ALLIANCE';
  return from.countyCode !== null && from.countyCode === to.countyCode ? 'INTER_ALLIANCE' : 'OUT_OF_COUNTY';
}

/** Whether the county referral office must approve before the target accepts (domain.md 3.4.2, 3.4.4, 3.23); going home needs nobody's leave. */
export function needsOutOfCountyApproval({ direction, scope, urgency, greenChannel }: ApprovalFacts): boolean {
  return direction !== 'DOWN' && scope === 'OUT_OF_COUNTY' && urgency !== 'EMERGENCY' && !greenChannel;
}
