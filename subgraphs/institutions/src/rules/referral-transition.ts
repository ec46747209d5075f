import type { ReferralStatus } from '../schema-types.ts';
import { type ApprovalFacts, needsOutOfCountyApproval } from './referral-scope.ts';

/** What can happen to a referral (domain.md 3.4.1). */
export type ReferralEvent =
  | 'SUBMIT'
  | 'APPROVE_OUT_OF_COUNTY'
  | 'ACCEPT'
  | 'REJECT'
  | 'SCHEDULE'
  | 'ARRIVE'
  | 'START_TREATMENT'
  | 'PROPOSE_DOWN'
  | 'COMPLETE'
  | 'CANCEL'
  | 'EXPIRE';

/** Who may bring an event about: an end of the referral, its resident, the county referral office, a timer. */
export type ReferralActor = 'FROM' | 'TO' | 'FROM_OR_RESIDENT' | 'REFERRAL_OFFICE' | 'SYSTEM';

/** What must be given with an event. */
export type ReferralInput = 'attachments' | 'reason' | 'slotOrBed' | 'encounter' | 'outcome' | 'dischargeSummary';

/** A row of the state machine. */
export interface ReferralRule {
  readonly from: readonly ReferralStatus[];
  readonly to: ReferralStatus;
  readonly who: ReferralActor;
  readonly requires: readonly ReferralInput[];
}

/** A referral as its approval sees it. */
export interface ReferralState extends ApprovalFacts {
  readonly status: ReferralStatus;
  readonly outOfCountyApproved: boolean;
}

/** The state machine of one referral, up, down or lateral (domain.md 3.4.1). */
export const referralRules: Readonly<Record<ReferralEvent, ReferralRule>> = {
  SUBMIT: { from: ['DRAFT'], to: 'SUBMITTED', who: 'FROM', requires: ['attachments'] },
  APPROVE_OUT_OF_COUNTY: { from: ['SUBMITTED'], to: 'SUBMITTED', who: 'REFERRAL_OFFICE', requires: [] },
  ACCEPT: { from: ['SUBMITTED'], to: 'ACCEPTED', who: 'TO', requires: [] },
  REJECT: { from: ['SUBMITTED'], to: 'REJECTED', who: 'TO', requires: ['reason'] },
  SCHEDULE: { from: ['ACCEPTED'], to: 'SCHEDULED', who: 'TO', requires: ['slotOrBed'] },
  ARRIVE: { from: ['ACCEPTED', 'SCHEDULED'], to: 'ARRIVED', who: 'TO', requires: ['encounter'] },
  START_TREATMENT: { from: ['ARRIVED'], to: 'IN_TREATMENT', who: 'TO', requires: [] },
  PROPOSE_DOWN: { from: ['IN_TREATMENT'], to: 'DOWN_PROPOSED', who: 'TO', requires: [] },
  COMPLETE: {
    from: ['IN_TREATMENT', 'DOWN_PROPOSED'],
    to: 'COMPLETED',
    who: 'TO',
    requires: ['outcome', 'dischargeSummary'],
  },
  CANCEL: {
    from: ['DRAFT', 'SUBMITTED', 'ACCEPTED', 'SCHEDULED'],
    to: 'CANCELLED',
    who: 'FROM_OR_RESIDENT',
    requires: ['reason'],
  },
  EXPIRE: { from: ['SUBMITTED', 'ACCEPTED', 'SCHEDULED'], to: 'EXPIRED', who: 'SYSTEM', requires: [] },
};

/** The status after an event, or the error code of a step the status does not allow (domain.md 3.4.1). */
export function transition(status: ReferralStatus, event: ReferralEvent): ReferralStatus | 'INVALID_TRANSITION' {
  const rule = referralRules[event];
  return rule.from.includes(status) ? rule.to : 'INVALID_TRANSITION';
}

/**
 * As `transition`, and a referral out of the county waits for the county referral office: it is approved once, and not
 * accepted before (domain.md 3.4.2, 3.23).
 */
export function guardedTransition(
  referral: ReferralState,
  event: ReferralEvent,
): ReferralStatus | 'INVALID_TRANSITION' {
  const awaitsApproval = needsOutOfCountyApproval(referral) && !referral.outOfCountyApproved;
  if (event === 'ACCEPT' && awaitsApproval) return 'INVALID_TRANSITION';
  if (event === 'APPROVE_OUT_OF_COUNTY' && !awaitsApproval) return 'INVALID_TRANSITION';
  return transition(referral.status, event);
}

/** The status right after submission: through the green channel it is accepted at once (domain.md 3.4.4). */
export function statusAfterSubmit(greenChannel: boolean): ReferralStatus {
  return greenChannel ? referralRules.ACCEPT.to : referralRules.SUBMIT.to;
}

/** What an event lacks of what it requires, in the order of the table. */
export function missingInputs(event: ReferralEvent, given: ReadonlySet<ReferralInput>): ReferralInput[] {
  return referralRules[event].requires.filter((input) => !given.has(input));
}
