import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leadHospital, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    { id: 'pr_82A' },
    { id: 'pr_82B' },
    { id: 'pr_NEW' },
    { id: 'pr_MENTOR', primaryInstitutionId: 'in_LEAD' },
    { id: 'pr_JUNIOR', primaryInstitutionId: 'in_LEAD', titleLevel: 'JUNIOR' },
    { id: 'pr_OUT', primaryInstitutionId: 'in_LEAD', licenceStatus: 'CANCELLED' },
  );
});
afterAll(() => writing.database.close());

const course = {
  title: '急危重症识别',
  topic: 'ACUTE_CRITICAL',
  mode: 'ONLINE_MOOC',
  hostId: 'in_LEAD',
  credits: '6.0',
  creditClass: 'I',
  hours: '24',
  targetCategories: ['PHYSICIAN'],
  openFrom: '2024-12-01',
  openTo: '2024-12-31',
};

async function publish(change: object): Promise<string> {
  const select = 'trainingCourse { id }';
  const answer = await writing.write('publishCourse', { ...course, ...change }, { select, ...leadHospital });
  return Object(answer['trainingCourse']).id;
}

async function enrol(courseId: string, practitionerId: string, asking: object = townHospital) {
  const select = 'trainingRecord { id }';
  const { errors, trainingRecord } = await writing.write(
    'enrolCourse',
    { courseId, practitionerId },
    { select, ...asking },
  );
  return { errors, id: Object(trainingRecord).id as string };
}

/** Takes a course of so many credits to its end. */
async function pass(practitionerId: string, creditClass: string, credits: string): Promise<void> {
  const { id } = await enrol(await publish({ creditClass, credits }), practitionerId);
  const result = { id, completedOn: '2024-12-20', score: '85', passed: true };
  expect((await writing.write('recordTraining', result, leadHospital))['errors']).toEqual([]);
}

test('TV-82 class I 6 and class II 20 credits meet the year; I 4 and II 30 do not', async () => {
  await pass('pr_82A', 'I', '6');
  await pass('pr_82A', 'II', '20');
  await pass('pr_82B', 'I', '4');
  await pass('pr_82B', 'II', '30');
  const summary = (id: string) => `creditSummary(practitionerId: "${id}", year: 2024) { I II total required met }`;
  expect(await writing.read(`{ a: ${summary('pr_82A')} b: ${summary('pr_82B')} }`)).toEqual({
    a: { I: '6.0', II: '20.0', total: '26.0', required: '25.0', met: true },
    b: { I: '4.0', II: '30.0', total: '34.0', required: '25.0', met: false },
  });
});

test('a course is published with its terms, by an open host, with credits and their class together', async () => {
  const select =
    'trainingCourse { title topic mode credits creditClass hours free targetCategories openTo host { id } }';
  expect(await writing.write('publishCourse', course, { select, ...leadHospital })).toEqual({
    ok: true,
    errors: [],
    trainingCourse: {
      title: '急危重症识别',
      topic: 'ACUTE_CRITICAL',
      mode: 'ONLINE_MOOC',
      credits: '6.0',
      creditClass: 'I',
      hours: '24.0',
      free: true,
      targetCategories: ['PHYSICIAN'],
      openTo: '2024-12-31',
      host: { id: 'in_LEAD' },
    },
  });
  const wrong = { ...course, title: '', hostId: 'in_SHUT', credits: '-1', creditClass: null, hours: '1.25' };
  expect((await writing.write('publishCourse', { ...wrong, openTo: '2024-11-30' }))['errors']).toEqual([
    'VALIDATION_FAILED title',
    'VALIDATION_FAILED hostId',
    'VALIDATION_FAILED credits',
    'VALIDATION_FAILED hours',
    'VALIDATION_FAILED creditClass',
    'VALIDATION_FAILED openTo',
    'VALIDATION_FAILED openTo',
  ]);
  expect((await writing.write('publishCourse', course, stranger))['errors']).toEqual(['FORBIDDEN hostId']);
});

test('who is meant enrols while the course is open, once, also by requests of one moment', async () => {
  const open = await publish({});
  const answers = await Promise.all(Array.from({ length: 6 }, () => enrol(open, 'pr_NEW')));
  expect(answers.filter(({ errors }) => String(errors) === '')).toHaveLength(1);
  expect((await enrol(open, 'pr_NEW')).errors).toEqual(['INVALID_TRANSITION']);
  expect((await enrol(open, 'pr_VA')).errors).toContain('VALIDATION_FAILED practitionerId');
  expect((await enrol('tc_NONE', 'pr_NONE')).errors).toEqual(['NOT_FOUND practitionerId', 'NOT_FOUND courseId']);
  expect((await enrol('tc_ONE', 'pr_NEW')).errors).toEqual(['VALIDATION_FAILED courseId']);
  expect((await enrol(open, 'pr_GP', stranger)).errors).toEqual(['FORBIDDEN practitionerId']);
  const self = { caller: { role: 'FAMILY_DOCTOR', kind: 'PERSON', practitionerId: 'pr_GP' } };
  expect((await enrol(open, 'pr_GP', self)).errors).toEqual([]);
});

test('a result is told once by the host, not before the course or in the future; only passing earns credits', async () => {
  const { id } = await enrol(await publish({ creditClass: 'II', credits: '3.5' }), 'pr_NEW');
  const result = { id, completedOn: '2024-12-20', score: '41', passed: false };
  const errors = async (change: object, asking: object = leadHospital) =>
    (await writing.write('recordTraining', { ...result, ...change }, asking))['errors'];
  expect(await errors({ completedOn: '2025-01-01' })).toEqual(['VALIDATION_FAILED completedOn']);
  expect(await errors({ completedOn: '2024-11-30' })).toEqual(['VALIDATION_FAILED completedOn']);
  expect(await errors({ score: '100.5' })).toEqual(['VALIDATION_FAILED score']);
  expect(await errors({}, townHospital)).toEqual(['FORBIDDEN id']);
  const self = { caller: { ...leadHospital.caller, practitionerId: 'pr_NEW' } };
  expect(await errors({}, self)).toEqual(['FORBIDDEN id']);
  expect(await errors({ version: 3 })).toEqual(['VERSION_CONFLICT version']);
  expect(await errors({ id: 'tr_NONE' })).toEqual(['NOT_FOUND id']);
  const select = 'trainingRecord { completedOn score passed creditsEarned version }';
  expect(await writing.write('recordTraining', result, { select, ...leadHospital })).toEqual({
    ok: true,
    errors: [],
    trainingRecord: { completedOn: '2024-12-20', score: '41.00', passed: false, creditsEarned: '0.0', version: 2 },
  });
  expect(await errors({ passed: true })).toEqual(['INVALID_TRANSITION']);
});

test('a mentor of mid-level title takes an apprentice, one of a topic at a time, and closes with an assessment', async () => {
  const form = {
    mentorId: 'pr_MENTOR',
    apprenticeId: 'pr_NEW',
    topic: 'CHRONIC',
    from: '2025-01-01',
    to: '2025-12-31',
  };
  const select = 'mentorship { id mentor { id } apprentice { id } topic from to assessment version }';
  const started = await writing.write('startMentorship', form, { select, ...townHospital });
  const { id } = Object(started['mentorship']);
  expect(started).toEqual({
    ok: true,
    errors: [],
    mentorship: {
      id: expect.stringMatching(/^mn_/),
      topic: 'CHRONIC',
      from: '2025-01-01',
      to: '2025-12-31',
      mentor: { id: 'pr_MENTOR' },
      apprentice: { id: 'pr_NEW' },
      assessment: null,
      version: 1,
    },
  });
  const errors = async (change: object, asking = {}) =>
    (await writing.write('startMentorship', { ...form, ...change }, asking))['errors'];
  expect(await errors({ from: '2025-12-31', to: null })).toEqual(['SCHEDULE_CONFLICT from']);
  expect(await errors({ topic: 'TCM', mentorId: 'pr_NEW' })).toEqual(['VALIDATION_FAILED apprenticeId']);
  expect(await errors({ topic: 'TCM', mentorId: 'pr_JUNIOR' })).toEqual(['VALIDATION_FAILED mentorId']);
  expect(await errors({ topic: 'TCM', mentorId: 'pr_OUT' })).toEqual(['VALIDATION_FAILED mentorId']);
  expect(await errors({ topic: 'TCM', mentorId: 'pr_NONE' })).toEqual(['NOT_FOUND mentorId']);
  expect(await errors({ topic: 'TCM', from: '2024-12-30', to: '2024-12-29' })).toEqual([
    'VALIDATION_FAILED from',
    'VALIDATION_FAILED to',
  ]);
  expect(await errors({ topic: 'TCM' }, stranger)).toEqual(['FORBIDDEN apprenticeId']);

  const close = { id, to: '2025-06-30', assessment: '良好' };
  const later = { businessTime: '2025-06-30T17:00:00+08:00' };
  expect((await writing.write('closeMentorship', close))['errors']).toEqual(['VALIDATION_FAILED to']);
  expect((await writing.write('closeMentorship', { ...close, assessment: ' ' }, later))['errors']).toEqual([
    'VALIDATION_FAILED assessment',
  ]);
  expect((await writing.write('closeMentorship', close, { ...later, ...stranger }))['errors']).toEqual([
    'FORBIDDEN id',
  ]);
  expect(await writing.write('closeMentorship', close, { select, ...later, ...leadHospital })).toMatchObject({
    ok: true,
    mentorship: { to: '2025-06-30', assessment: '良好', version: 2 },
  });
  expect((await writing.write('closeMentorship', close, later))['errors']).toEqual(['INVALID_TRANSITION']);
});

test('a further study is elsewhere, one at a time, and its result is told once at its end', async () => {
  const form = {
    practitionerId: 'pr_82A',
    atInstitutionId: 'in_CITY',
    specialty: 'REHAB',
    from: '2024-09-01',
    to: '2025-02-28',
  };
  const select =
    'furtherStudy { id practitioner { id } atInstitution { id } specialty { code } from to result version }';
  const recorded = await writing.write('recordFurtherStudy', form, { select, ...townHospital });
  const { id } = Object(recorded['furtherStudy']);
  expect(recorded).toEqual({
    ok: true,
    errors: [],
    furtherStudy: {
      id: expect.stringMatching(/^fs_/),
      from: '2024-09-01',
      to: '2025-02-28',
      result: null,
      version: 1,
      practitioner: { id: 'pr_82A' },
      atInstitution: { id: 'in_CITY' },
      specialty: { code: 'REHAB' },
    },
  });
  const errors = async (change: object, asking = {}) =>
    (await writing.write('recordFurtherStudy', { ...form, ...change }, asking))['errors'];
  expect(await errors({ from: '2025-02-28', to: null })).toEqual(['SCHEDULE_CONFLICT from']);
  expect(await errors({ practitionerId: 'pr_82B', atInstitutionId: 'in_TOWN' })).toEqual([
    'VALIDATION_FAILED atInstitutionId',
  ]);
  expect(await errors({ practitionerId: 'pr_NONE', atInstitutionId: 'in_SHUT', specialty: '?' })).toEqual([
    'NOT_FOUND practitionerId',
    'VALIDATION_FAILED atInstitutionId',
    'VALIDATION_FAILED specialty',
  ]);
  expect(await errors({ practitionerId: 'pr_82B' }, stranger)).toEqual(['FORBIDDEN practitionerId']);

  const end = { id, to: '2025-02-28', result: '合格' };
  const later = { businessTime: '2025-02-28T17:00:00+08:00' };
  expect((await writing.write('concludeFurtherStudy', end))['errors']).toEqual(['VALIDATION_FAILED to']);
  expect((await writing.write('concludeFurtherStudy', end, { ...later, ...stranger }))['errors']).toEqual([
    'FORBIDDEN id',
  ]);
  expect(await writing.write('concludeFurtherStudy', end, { select, ...later, ...townHospital })).toMatchObject({
    ok: true,
    furtherStudy: { result: '合格', version: 2 },
  });
  expect((await writing.write('concludeFurtherStudy', end, later))['errors']).toEqual(['INVALID_TRANSITION']);
});

test('health informatics is a topic like others, and courses are found by it', async () => {
  const id = await publish({ title: '卫生信息化', topic: 'HEALTH_IT' });
  expect(await writing.read('{ trainingCourses(where: { topic: { eq: HEALTH_IT } }) { nodes { id topic } } }')).toEqual(
    {
      trainingCourses: { nodes: [{ id, topic: 'HEALTH_IT' }] },
    },
  );
});
