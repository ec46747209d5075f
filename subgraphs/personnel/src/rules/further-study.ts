import { decideClosing } from './closing.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type Interval, isOrdered, overlaps } from './interval.ts';

/** A further study 进修 as stored: `to` is its planned or actual end, `result` stays null until it is told. */
export interface StudyTerms extends Interval {
  readonly result: string | null;
}

/** A further study asked for. */
export interface StudyRequest extends Interval {
  readonly atInstitutionId: string;
  readonly primaryInstitutionId: string;
}

/** Whether a further study may be recorded (S0-21): at another institution, one at a time. */
export function decideStudy(request: StudyRequest, others: readonly Interval[]): Decision {
  return firstRefusal([
    request.atInstitutionId === request.primaryInstitutionId ? refuse('VALIDATION_FAILED', 'atInstitutionId') : ALLOWED,
    isOrdered(request) ? ALLOWED : refuse('VALIDATION_FAILED', 'to'),
    others.some((other) => overlaps(other, request)) ? refuse('SCHEDULE_CONFLICT', 'from') : ALLOWED,
  ]);
}

/** Whether the result of a study may be told (S0-21): once, in words, when its last day has come. */
export function decideStudyResult(
  study: StudyTerms,
  { to, result }: { readonly to: string; readonly result: string },
  today: string,
): Decision {
  return firstRefusal([
    decideClosing({ from: study.from, closed: study.result !== null }, to, today, 'to'),
    result.trim() === '' ? refuse('VALIDATION_FAILED', 'result') : ALLOWED,
  ]);
}
