import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { talentPoolEntries } from '../tables/talent.ts';
import { commission, leadHospital, openWriting, stranger, townHospital, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.addPeople(
    { id: 'pr_EXPERT', primaryInstitutionId: 'in_LEAD' },
    { id: 'pr_UNWILLING', primaryInstitutionId: 'in_LEAD' },
  );
  const offer = { regionCode: '320322100', skills: ['REHAB'], availableDays: 4, radiusKm: 50 };
  await writing.database.db.insert(talentPoolEntries).values([
    { ...offer, practitionerId: 'pr_EXPERT', willing: true },
    { ...offer, practitionerId: 'pr_UNWILLING', willing: false },
  ]);
});
afterAll(() => writing.database.close());

const form = { requesterId: 'in_TOWN', skill: 'REHAB', need: '每周一次', from: '2025-01-06', to: '2025-03-31' };
const select = 'talentDispatch { id status days version skill { code } assigned { id } requester { id } }';

async function request(): Promise<string> {
  const { talentDispatch } = await writing.write('requestTalentDispatch', form, { select, ...townHospital });
  return Object(talentDispatch).id;
}

async function assign(input: object, asking: object = leadHospital): Promise<unknown> {
  return (await writing.write('assignTalent', { practitionerId: 'pr_EXPERT', days: 3, ...input }, asking))['errors'];
}

test('an expert is asked for, sent, and has been there', async () => {
  const asked = await writing.write('requestTalentDispatch', form, { select, ...townHospital });
  const { id } = Object(asked['talentDispatch']);
  expect(asked).toEqual({
    ok: true,
    errors: [],
    talentDispatch: {
      id: expect.stringMatching(/^td_/),
      status: 'REQUESTED',
      days: null,
      version: 1,
      skill: { code: 'REHAB' },
      assigned: null,
      requester: { id: 'in_TOWN' },
    },
  });
  const send = { id, practitionerId: 'pr_EXPERT', days: 3, version: 1 };
  expect(await writing.write('assignTalent', send, { select, ...leadHospital })).toMatchObject({
    ok: true,
    talentDispatch: { status: 'ASSIGNED', days: 3, version: 2, assigned: { id: 'pr_EXPERT' } },
  });
  expect(await assign({ id })).toEqual(['INVALID_TRANSITION']);
  const close = { id, event: 'COMPLETE' };
  expect((await writing.write('closeTalentDispatch', close, townHospital))['errors']).toEqual(['INVALID_TRANSITION']);
  const later = { businessTime: '2025-03-31T17:00:00+08:00' };
  expect((await writing.write('closeTalentDispatch', close, { ...later, ...stranger }))['errors']).toEqual([
    'FORBIDDEN id',
  ]);
  expect((await writing.write('closeTalentDispatch', close, { ...later, ...townHospital }))['errors']).toEqual([]);
  expect((await writing.write('closeTalentDispatch', { id, event: 'CANCEL' }))['errors']).toEqual([
    'INVALID_TRANSITION',
  ]);
  expect(await writing.historyOf(id)).toEqual([
    [null, 'REQUESTED', null],
    ['REQUESTED', 'ASSIGNED', null],
    ['ASSIGNED', 'COMPLETED', null],
  ]);
});

test('an expert’s days are promised once, also to requests of one moment', async () => {
  const ids = [await request(), await request(), await request()];
  const answers = await Promise.all(ids.map((id) => assign({ id })));
  expect(answers.map(String).toSorted()).toEqual([
    '',
    'CAPACITY_EXCEEDED practitionerId',
    'CAPACITY_EXCEEDED practitionerId',
  ]);
});

test('who is unwilling, not of the skill, not in the pool or not known is not sent', async () => {
  const id = await request();
  expect(await assign({ id, practitionerId: 'pr_UNWILLING' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await assign({ id, practitionerId: 'pr_SEC' })).toEqual(['VALIDATION_FAILED practitionerId']);
  expect(await assign({ id, practitionerId: 'pr_VA' }, commission)).toEqual(['NOT_FOUND practitionerId']);
  expect(await assign({ id, practitionerId: 'pr_NONE' })).toEqual(['NOT_FOUND practitionerId']);
  expect(await assign({ id, days: 0 })).toEqual(['VALIDATION_FAILED days']);
  expect(await assign({ id }, townHospital)).toEqual(['FORBIDDEN practitionerId']);
  expect(await assign({ id, version: 4 })).toEqual(['VERSION_CONFLICT version']);
  expect(await assign({ id: 'td_NONE' })).toEqual(['NOT_FOUND id']);
  expect(await assign({ id }, { ...leadHospital, businessTime: '2025-04-01T09:00:00+08:00' })).toEqual([
    'INVALID_TRANSITION',
  ]);
});

test('a request is of the caller’s open institution, for a known skill and coming days in order', async () => {
  const wrong = { requesterId: 'in_SHUT', skill: '?', need: '长'.repeat(501), from: '2024-12-30', to: '2024-12-29' };
  expect((await writing.write('requestTalentDispatch', wrong, townHospital))['errors']).toEqual([
    'VALIDATION_FAILED requesterId',
    'FORBIDDEN requesterId',
    'VALIDATION_FAILED skill',
    'VALIDATION_FAILED need',
    'VALIDATION_FAILED from',
    'VALIDATION_FAILED to',
  ]);
});

const agreement = {
  name: '周同学',
  school: '徐州医科大学',
  major: '临床医学',
  enrolledOn: '2024-09-01',
  graduatesOn: '2029-06-30',
  servicePlaceCode: '320322104',
  serviceYears: 6,
};
const studentSelect =
  'orientedStudent { id name status serviceFrom serviceEndsOn breach version servicePlace { code } }';

test('an oriented student signs, serves the years owed and is free on the last day', async () => {
  const signed = await writing.write('signOrientedStudent', agreement, { select: studentSelect, ...commission });
  const { id } = Object(signed['orientedStudent']);
  expect(signed).toEqual({
    ok: true,
    errors: [],
    orientedStudent: {
      id: expect.stringMatching(/^os_/),
      name: '周同学',
      status: 'STUDYING',
      serviceFrom: null,
      serviceEndsOn: null,
      breach: null,
      version: 1,
      servicePlace: { code: '320322104' },
    },
  });
  expect(await writing.changesOf(id)).toEqual([
    [
      'CREATED',
      {
        enrolledOn: '2024-09-01',
        graduatesOn: '2029-06-30',
        servicePlaceCode: '320322104',
        serviceYears: 6,
        status: 'STUDYING',
        version: 1,
      },
    ],
  ]);
  const advance = async (event: string, on: string, asking: object = commission) =>
    writing.write(
      'advanceOrientedStudent',
      { id, event, on },
      { select: studentSelect, businessTime: `${on}T12:00:00+08:00`, ...asking },
    );
  expect((await advance('COMPLETE_SERVICE', '2029-08-01'))['errors']).toEqual(['INVALID_TRANSITION']);
  expect((await advance('START_SERVICE', '2029-08-01', stranger))['errors']).toEqual(['FORBIDDEN id']);
  expect(await advance('START_SERVICE', '2029-08-01')).toMatchObject({
    orientedStudent: { status: 'SERVING', serviceFrom: '2029-08-01', serviceEndsOn: '2035-07-31', version: 2 },
  });
  expect((await advance('BREACH', '2030-08-01'))['errors']).toEqual(['VALIDATION_FAILED breach']);
  expect((await advance('COMPLETE_SERVICE', '2035-07-30'))['errors']).toEqual(['INVALID_TRANSITION']);
  expect(await advance('COMPLETE_SERVICE', '2035-07-31')).toMatchObject({ orientedStudent: { status: 'COMPLETED' } });
});

test('an agreement names a known division of the commission, coming graduation and years of service', async () => {
  const wrong = {
    ...agreement,
    name: '',
    enrolledOn: '2024-12-30',
    graduatesOn: '2024-12-30',
    servicePlaceCode: '320399',
  };
  expect((await writing.write('signOrientedStudent', { ...wrong, serviceYears: 0 }, commission))['errors']).toEqual([
    'VALIDATION_FAILED name',
    'NOT_FOUND servicePlaceCode',
    'FORBIDDEN servicePlaceCode',
    'VALIDATION_FAILED graduatesOn',
    'VALIDATION_FAILED graduatesOn',
  ]);
  expect((await writing.write('signOrientedStudent', { ...agreement, serviceYears: 0 }, commission))['errors']).toEqual(
    ['VALIDATION_FAILED serviceYears'],
  );
  expect((await writing.write('signOrientedStudent', agreement, townHospital))['errors']).toEqual([
    'FORBIDDEN servicePlaceCode',
  ]);
});

test('a breach is told with its words, once', async () => {
  const breach = { id: 'os_TWO', event: 'BREACH', on: '2024-12-31', breach: '退学' };
  expect((await writing.write('advanceOrientedStudent', { ...breach, on: '2025-01-01' }))['errors']).toEqual([
    'VALIDATION_FAILED on',
  ]);
  expect(await writing.write('advanceOrientedStudent', breach, { select: studentSelect })).toMatchObject({
    ok: true,
    orientedStudent: { status: 'BREACHED', breach: '退学' },
  });
  expect((await writing.write('advanceOrientedStudent', breach))['errors']).toEqual(['INVALID_TRANSITION']);
});
