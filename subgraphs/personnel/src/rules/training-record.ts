import { Decimal } from 'decimal.js';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';

/** The end of a course as recorded: the day, and the score of the test, 0–100, where there was one. */
export interface TrainingResult {
  readonly completedOn: string;
  readonly score: string | null;
}

/** Whether the result of a course may be recorded (domain.md 3.14.1): once, not in the future, its score from 0 to 100. */
export function decideTrainingResult(
  { completedOn, score }: TrainingResult,
  today: string,
  completed: boolean,
): Decision {
  const inRange = score === null || new Decimal(score).clamp(0, 100).eq(score);
  return firstRefusal([
    completed ? refuse('INVALID_TRANSITION') : ALLOWED,
    completedOn > today ? refuse('VALIDATION_FAILED', 'completedOn') : ALLOWED,
    inRange ? ALLOWED : refuse('VALIDATION_FAILED', 'score'),
  ]);
}

/** Credits a course earns (domain.md 3.14.1): its credits when passed, else none; 1 place. */
export function creditsEarned(courseCredits: string | null, passed: boolean): string {
  return new Decimal(passed ? (courseCredits ?? 0) : 0).toFixed(1);
}
