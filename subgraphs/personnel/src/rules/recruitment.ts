import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';

/** A recruitment 招聘: posts offered, posts filled, and the days it is open. */
export interface RecruitmentTerms {
  readonly posts: number;
  readonly filled: number;
  readonly openFrom: string | null;
  readonly openTo: string | null;
}

/** Whether a recruitment may stand as told (S0-17): some posts, no more filled than offered, its days in order. */
export function decideRecruitment({ posts, filled, openFrom, openTo }: RecruitmentTerms): Decision {
  const inOrder = openFrom === null || openTo === null || openFrom <= openTo;
  return firstRefusal([
    posts >= 1 ? ALLOWED : refuse('VALIDATION_FAILED', 'posts'),
    filled >= 0 && filled <= posts ? ALLOWED : refuse('VALIDATION_FAILED', 'filled'),
    inOrder ? ALLOWED : refuse('VALIDATION_FAILED', 'openTo'),
  ]);
}
