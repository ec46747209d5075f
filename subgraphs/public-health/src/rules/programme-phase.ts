import type { ProgrammePhase, ProgrammeReviewKind, ProgrammeTaskStatus } from '../schema-types.ts';

const phases: readonly ProgrammePhase[] = ['PREPARATION', 'ADVANCE', 'PERFECTION'];

/** Whether a programme may go from one phase to another: stay, or go on by one (VS-45, S2-31). */
export function mayPhaseFollow(from: ProgrammePhase | undefined, to: ProgrammePhase): boolean {
  if (from === undefined) return to === 'PREPARATION';
  const steps = phases.indexOf(to) - phases.indexOf(from);
  return steps === 0 || steps === 1;
}

/** Reviews that must accept a programme before it leaves its preparation (S2-32). */
export const neededReviews: readonly ProgrammeReviewKind[] = ['INTERNAL', 'LEGAL'];

/** Whether a task may go from one state to another; OVERDUE comes by time only, and what is done stays done. */
export function mayTaskFollow(from: ProgrammeTaskStatus | undefined, to: ProgrammeTaskStatus): boolean {
  if (to === 'OVERDUE') return from === 'OVERDUE';
  return from !== 'DONE' || to === 'DONE';
}
