import { type Decision, ALLOWED, refuse } from './decision.ts';

/** Hours of practice at an institution, `[start,end)`; both local times `2024-03-04T09:00`. */
export interface PracticeSlot {
  readonly institutionId: string;
  readonly start: string;
  readonly end: string;
}

/** Whether a slot fits among a practitioner's others (domain.md 3.13): at no time at two institutions. */
export function decideSlot(slot: PracticeSlot, others: readonly PracticeSlot[]): Decision {
  if (slot.end <= slot.start) return refuse('VALIDATION_FAILED', 'end');
  const elsewhere = others.filter(({ institutionId }) => institutionId !== slot.institutionId);
  const meeting = elsewhere.some(({ start, end }) => start < slot.end && slot.start < end);
  return meeting ? refuse('SCHEDULE_CONFLICT', 'start') : ALLOWED;
}
