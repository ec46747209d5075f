import type { PractitionerCategory } from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';

/** A training course as enrolment sees it; without days it is always open, without categories it is for everybody. */
export interface CourseTerms {
  readonly openFrom: string | null;
  readonly openTo: string | null;
  readonly targetCategories: readonly PractitionerCategory[];
}

/** Whether a practitioner may enrol in a course on a day (domain.md 3.14.1): open, meant for the category, not yet enrolled. */
export function decideEnrolment(
  course: CourseTerms,
  person: { readonly category: PractitionerCategory; readonly enrolled: boolean },
  day: string,
): Decision {
  const { openFrom, openTo, targetCategories } = course;
  const isOpen = (openFrom === null || openFrom <= day) && (openTo === null || day <= openTo);
  const isMeant = targetCategories.length === 0 || targetCategories.includes(person.category);
  return firstRefusal([
    person.enrolled ? refuse('INVALID_TRANSITION') : ALLOWED,
    isOpen ? ALLOWED : refuse('VALIDATION_FAILED', 'courseId'),
    isMeant ? ALLOWED : refuse('VALIDATION_FAILED', 'practitionerId'),
  ]);
}

/** Whether the days between which a course is open are in order (domain.md 3.0.7). */
export function decideCourse({ openFrom, openTo }: CourseTerms): Decision {
  return openFrom !== null && openTo !== null && openTo < openFrom ? refuse('VALIDATION_FAILED', 'openTo') : ALLOWED;
}
