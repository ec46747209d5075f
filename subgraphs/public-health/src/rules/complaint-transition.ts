import type { ComplaintStatus, ComplaintStep } from '../schema-types.ts';

/** Days in which a complaint is to be resolved [pd] (S2-28). */
export const COMPLAINT_DAYS = 15;

const transitions: Readonly<
  Record<ComplaintStep, { readonly from: readonly ComplaintStatus[]; readonly to: ComplaintStatus }>
> = {
  TAKE_UP: { from: ['FILED'], to: 'IN_PROGRESS' },
  RESOLVE: { from: ['FILED', 'IN_PROGRESS', 'OVERDUE'], to: 'RESOLVED' },
  REJECT: { from: ['FILED'], to: 'REJECTED' },
};

/** The state of a complaint after a step. */
export function complaintTransition(
  status: ComplaintStatus,
  step: ComplaintStep,
): ComplaintStatus | 'INVALID_TRANSITION' {
  const { from, to } = transitions[step];
  return from.includes(status) ? to : 'INVALID_TRANSITION';
}
