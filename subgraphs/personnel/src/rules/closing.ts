import { type Decision, ALLOWED, refuse } from './decision.ts';

/** Something that began on a day and may be closed once: a secondment, an allocation, a mentorship, a study. */
export interface Closable {
  readonly from: string;
  readonly closed: boolean;
}

/** Whether it may close with a last day (domain.md 3.12): once only, not before it began, not in the future; `path` names the day. */
export function decideClosing({ from, closed }: Closable, lastDay: string, today: string, path: string): Decision {
  if (closed) return refuse('INVALID_TRANSITION');
  return lastDay < from || lastDay > today ? refuse('VALIDATION_FAILED', path) : ALLOWED;
}
