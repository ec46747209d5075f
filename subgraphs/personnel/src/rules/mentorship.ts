import type { TrainingTopic } from '../schema-types.ts';
import { decideClosing } from './closing.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type Interval, isOrdered, overlaps } from './interval.ts';

/** A mentorship 师带徒 asked for. */
export interface MentorshipRequest extends Interval {
  readonly mentorId: string;
  readonly apprenticeId: string;
  readonly topic: TrainingTopic;
}

/** Another mentorship of the apprentice. */
export interface OtherMentorship extends Interval {
  readonly topic: TrainingTopic;
}

/** Whether a mentorship may start (S0-20): between two people, and with one mentor of a topic at a time. */
export function decideMentorship(request: MentorshipRequest, ofApprentice: readonly OtherMentorship[]): Decision {
  const beside = ofApprentice.some((other) => other.topic === request.topic && overlaps(other, request));
  return firstRefusal([
    request.mentorId === request.apprenticeId ? refuse('VALIDATION_FAILED', 'apprenticeId') : ALLOWED,
    isOrdered(request) ? ALLOWED : refuse('VALIDATION_FAILED', 'to'),
    beside ? refuse('SCHEDULE_CONFLICT', 'from') : ALLOWED,
  ]);
}

/** Whether a mentorship may close (S0-20): once, with an assessment, on a day that has come. */
export function decideMentorshipClose(
  mentorship: { readonly from: string; readonly assessment: string | null },
  { to, assessment }: { readonly to: string; readonly assessment: string },
  today: string,
): Decision {
  return firstRefusal([
    decideClosing({ from: mentorship.from, closed: mentorship.assessment !== null }, to, today, 'to'),
    assessment.trim() === '' ? refuse('VALIDATION_FAILED', 'assessment') : ALLOWED,
  ]);
}
