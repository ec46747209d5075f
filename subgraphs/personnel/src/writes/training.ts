import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotPast,
  expectNumber,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { decideCourse, decideEnrolment } from '../rules/course-enrolment.ts';
import { creditsEarned, decideTrainingResult } from '../rules/training-record.ts';
import type { EnrolCourseInput, PublishCourseInput, RecordTrainingInput } from '../schema-types.ts';
import { trainingCourses, trainingRecords, type TrainingRecordRow } from '../tables/training.ts';
import { note, withPlaces } from './checks.ts';
import { expectNotSelf, expectOnStaff, lockPerson } from './people.ts';
import { expectOpenOwn, expectOwn, managesPeopleOf, placesById } from './places.ts';
import { mentorshipWrites } from './mentorship.ts';
import { furtherStudyWrites } from './further-study.ts';
import { texts } from './texts.ts';

/** Mutations of training 培训 (domain.md 3.14.1), mentorships and further studies. */
export const trainingWrites = (mutation: Mutation) => ({
  publishCourse: mutation('publishCourse', publishCourse),
  enrolCourse: mutation('enrolCourse', enrolCourse),
  recordTraining: mutation('recordTraining', recordTraining),
  ...mentorshipWrites(mutation),
  ...furtherStudyWrites(mutation),
});

/** Publishes a course of the caller's institution. */
async function publishCourse(input: PublishCourseInput, write: Write): Promise<Written> {
  expectSize(input.targetCategories, MOST_ENTRIES, 'targetCategories');
  const { hostId, topic, mode, free } = input;
  const place = (await placesById(write, [hostId])).get(hostId);
  const faults = createFaults();
  expectText(faults, input.title, 'title', 100);
  expectOpenOwn(faults, write, place, 'hostId');
  expectNumber(faults, input.credits, 'credits', { least: 0, most: 999, places: 1 });
  expectNumber(faults, input.hours, 'hours', { least: 0, most: 9999, places: 1 });
  const bothOrNone = Boolean(input.credits) === Boolean(input.creditClass);
  faults.expect(bothOrNone, 'VALIDATION_FAILED', 'creditClass', own.credits);
  expectNotPast(faults, write, input.openTo, 'openTo');
  const terms = {
    openFrom: input.openFrom ?? null,
    openTo: input.openTo ?? null,
    targetCategories: [...new Set(input.targetCategories)],
  };
  note(faults, decideCourse(terms));
  faults.throwIfAny();

  const id = newId('tc');
  const row = { hostId, topic, mode, creditClass: input.creditClass ?? null, free, ...terms };
  const { credits = null, hours = null } = input;
  await write.tx.insert(trainingCourses).values({ id, title: input.title.trim(), credits, hours, ...row });
  write.change({ type: 'TrainingCourse', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  return { id };
}

/** Enrols a person: the course is open and meant for the category, and not begun or passed this year. */
async function enrolCourse(input: EnrolCourseInput, write: Write): Promise<Written> {
  const { courseId, practitionerId } = input;
  const person = await lockPerson(write, practitionerId);
  const [course] = await write.tx.select().from(trainingCourses).where(eq(trainingCourses.id, courseId));
  const ofPerson = eq(trainingRecords.practitionerId, practitionerId);
  const records = await write.tx
    .select()
    .from(trainingRecords)
    .where(and(ofPerson, eq(trainingRecords.courseId, courseId)));
  const places = await placesById(write, [person?.primaryInstitutionId]);
  const faults = createFaults();
  expectOnStaff(faults, person, 'practitionerId');
  faults.expect(course !== undefined, 'NOT_FOUND', 'courseId');
  if (person !== undefined && write.caller.practitionerId !== practitionerId) {
    expectOwn(faults, write, [places.get(person.primaryInstitutionId)], 'practitionerId');
  }
  if (course !== undefined && person !== undefined) {
    const enrolled = records.some((record) => isTaken(record, write.clock.day));
    note(faults, decideEnrolment(course, { category: person.category, enrolled }, write.clock.day));
  }
  faults.throwIfAny();

  const id = newId('tr');
  await write.tx.insert(trainingRecords).values({ id, practitionerId, courseId, updatedAt: write.clock.instant });
  write.change({ type: 'TrainingRecord', id, kind: 'CREATED', payload: { practitionerId, courseId, version: 1 } });
  return { id };
}

/** Records the result of a course, once; the credits are earned by passing. */
async function recordTraining(input: RecordTrainingInput, write: Write): Promise<Written> {
  const { id, completedOn, passed } = input;
  const record = await lockById(write, trainingRecords, id, 'id');
  expectVersion(record, input.version);
  const [course] = await write.tx.select().from(trainingCourses).where(eq(trainingCourses.id, record.courseId));
  const score = input.score ?? null;
  const faults = createFaults();
  await checkHost(course?.hostId ?? '', write, faults);
  expectNotSelf(faults, write, record.practitionerId, 'id');
  expectNumber(faults, score, 'score', withPlaces(2));
  const begun = !course?.openFrom || course.openFrom <= completedOn;
  faults.expect(begun, 'VALIDATION_FAILED', 'completedOn', own.beforeCourse);
  note(faults, decideTrainingResult({ completedOn, score }, write.clock.day, record.completedOn !== null));
  faults.throwIfAny();

  const earned = creditsEarned(course?.credits ?? null, passed);
  await write.tx
    .update(trainingRecords)
    .set({ completedOn, score, passed, creditsEarned: earned, ...advanced(record, write) })
    .where(eq(trainingRecords.id, id));
  const { practitionerId, courseId, version } = record;
  const payload = { practitionerId, courseId, completedOn, passed, version: version + 1 };
  write.change({ type: 'TrainingRecord', id, kind: 'UPDATED', payload });
  return { id };
}

/** Only the host of a course tells its results, or the health commission of the host's division. */
async function checkHost(hostId: string, write: Write, faults: Faults): Promise<void> {
  const host = (await placesById(write, [hostId])).get(hostId);
  const mayTell = managesPeopleOf(write, hostId) || (host !== undefined && governs(write.caller, host.regionCode));
  faults.expect(mayTell, 'FORBIDDEN', 'id', texts.ownInstitution);
}

/** Begun and not ended, or passed in the same year. */
function isTaken({ completedOn, passed }: TrainingRecordRow, day: string): boolean {
  return completedOn === null || (passed === true && completedOn.slice(0, 4) === day.slice(0, 4));
}

const own = {
  credits: { en: 'Credits and their class go together.', zh: '学分与学分类别须同时填写。' },
  beforeCourse: { en: 'The course had not begun.', zh: '早于课程开放日期。' },
};
