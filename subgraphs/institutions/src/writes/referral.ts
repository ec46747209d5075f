import type { Mutation } from '@hutong/kit';
import { createReferral } from './referral-draft.ts';
import { approveOutOfCounty, submitReferral } from './referral-submission.ts';
import { transitionReferral } from './referral-step.ts';
import { expireReferrals } from './referral-timer.ts';

/** Mutations of referrals 转诊 (domain.md 3.4). */
export const referralWrites = (mutation: Mutation) => ({
  createReferral: mutation('createReferral', createReferral),
  submitReferral: mutation('submitReferral', submitReferral),
  approveOutOfCounty: mutation('approveOutOfCounty', approveOutOfCounty),
  transitionReferral: mutation('transitionReferral', transitionReferral),
  /** Run by a timer; not in the graph. */
  expireReferrals: mutation('expireReferrals', expireReferrals),
});
