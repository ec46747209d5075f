import {
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectNotPast,
  expectVersion,
  lockById,
  newId,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decideMentorship, decideMentorshipClose } from '../rules/mentorship.ts';
import { isMidOrAbove } from '../rules/secondment.ts';
import type { CloseMentorshipInput, StartMentorshipInput } from '../schema-types.ts';
import { mentorships } from '../tables/training.ts';
import { note } from './checks.ts';
import { expectLicence, expectOnStaff, lockPeople } from './people.ts';
import { expectOwn, placesById } from './places.ts';

/** Mutations of mentorships 师带徒 (S0-20). */
export const mentorshipWrites = (mutation: Mutation) => ({
  startMentorship: mutation('startMentorship', startMentorship),
  closeMentorship: mutation('closeMentorship', closeMentorship),
});

/** Puts an apprentice with a mentor: one mentor of a topic at a time. */
async function startMentorship(input: StartMentorshipInput, write: Write): Promise<Written> {
  const { mentorId, apprenticeId, topic, from } = input;
  const to = input.to ?? null;
  const people = await lockPeople(write, [mentorId, apprenticeId]);
  const [mentor, apprentice] = [people.get(mentorId), people.get(apprenticeId)];
  const ids = [mentor?.primaryInstitutionId, apprentice?.primaryInstitutionId];
  const places = await placesById(write, ids);
  const others = await write.tx.select().from(mentorships).where(eq(mentorships.apprenticeId, apprenticeId));
  const faults = createFaults();
  expectOnStaff(faults, mentor, 'mentorId');
  expectOnStaff(faults, apprentice, 'apprenticeId');
  expectLicence(faults, mentor, from, 'mentorId');
  const able = mentor === undefined || isMidOrAbove(mentor.titleLevel);
  faults.expect(able, 'VALIDATION_FAILED', 'mentorId', own.title);
  const homes = ids.map((id) => places.get(id ?? ''));
  if (people.size > 0) expectOwn(faults, write, homes, 'apprenticeId');
  expectNotPast(faults, write, from, 'from');
  note(faults, decideMentorship({ mentorId, apprenticeId, topic, from, to }, others));
  faults.throwIfAny();

  const id = newId('mn');
  const row = { mentorId, apprenticeId, topic, from, to, regionCode: apprentice?.regionCode ?? '' };
  await write.tx.insert(mentorships).values({ id, ...row, updatedAt: write.clock.instant });
  write.change({ type: 'Mentorship', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'Mentorship', id, from: null, to: 'RUNNING' });
  return { id };
}

/** Closes a mentorship, once, with an assessment. */
async function closeMentorship(input: CloseMentorshipInput, write: Write): Promise<Written> {
  const { id, to, assessment } = input;
  const row = await lockById(write, mentorships, id, 'id');
  expectVersion(row, input.version);
  const people = await lockPeople(write, [row.mentorId, row.apprenticeId]);
  const ids = [...people.values()].map(({ primaryInstitutionId }) => primaryInstitutionId);
  const places = await placesById(write, ids);
  const faults = createFaults();
  expectOwn(
    faults,
    write,
    ids.map((one) => places.get(one)),
    'id',
  );
  expectNotLong(faults, assessment, 'assessment');
  note(faults, decideMentorshipClose(row, { to, assessment }, write.clock.day));
  faults.throwIfAny();

  await write.tx
    .update(mentorships)
    .set({ to, assessment: assessment.trim(), ...advanced(row, write) })
    .where(eq(mentorships.id, id));
  const { mentorId, apprenticeId, topic, from, version } = row;
  const payload = { mentorId, apprenticeId, topic, from, to, version: version + 1 };
  write.change({ type: 'Mentorship', id, kind: 'UPDATED', payload });
  write.step({ type: 'Mentorship', id, from: 'RUNNING', to: 'CLOSED' });
  return { id };
}

const own = {
  title: { en: 'A mentor holds a mid-level title or above.', zh: '带教老师须具中级及以上职称。' },
};
