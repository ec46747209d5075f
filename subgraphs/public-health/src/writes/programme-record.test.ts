import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, openWriting, stranger, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
  await writing.database.sql`insert into divisions (code, name) values ('320322', '沛县'), ('320322100', '龙固镇')`;
});
afterAll(() => writing.database.close());

const place = { institutionId: 'in_TOWN' };
const { wang, li } = sampleResidents;
const at = '2024-12-31T08:00:00+08:00';
const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, { ...place, ...input }, asking))['errors'];

test('an assessment of the elderly is for who is 65, with a possible score, by who serves the resident', async () => {
  const input = { ...place, residentId: wang, at, selfCareScore: 5, cognition: 'NEGATIVE', examined: true };
  const select = 'elderlyAssessment { at institution { id } selfCareScore cognition emotion examined testsDone }';
  expect(await writing.write('assessElderly', input, { select, ...doctor })).toEqual({
    ok: true,
    errors: [],
    elderlyAssessment: {
      at,
      institution: { id: 'in_TOWN' },
      selfCareScore: 5,
      cognition: 'NEGATIVE',
      emotion: null,
      examined: true,
      testsDone: false,
    },
  });
  expect([
    await errorsOf('assessElderly', { residentId: li, at: '2025-01-01T00:00:00+08:00', selfCareScore: 41 }),
    await errorsOf('assessElderly', input, stranger),
    await errorsOf('assessElderly', input, inApp(wang)),
  ]).toEqual([
    ['VALIDATION_FAILED at', 'VALIDATION_FAILED residentId', 'VALIDATION_FAILED selfCareScore'],
    ['FORBIDDEN residentId'],
    ['FORBIDDEN residentId'],
  ]);
});

test('an infectious disease is reported once by who made the diagnosis, and late reports are told as late', async () => {
  const hospital: Asking = {
    caller: { id: 'hospital', role: 'INST_STAFF', kind: 'PERSON', institutionId: 'in_LEAD', practitionerId: 'pr_X' },
    businessTime: '2024-05-06T12:00:00+08:00',
  };
  const input = {
    institutionId: 'in_LEAD',
    residentId: li,
    disease: 'A00.901',
    diseaseClass: 'A',
    caseKind: 'CONFIRMED',
    onsetOn: '2024-05-05',
    diagnosedAt: '2024-05-06T09:59:59+08:00',
  };
  const select = 'infectiousReport { disease { code } reportedAt timely }';
  const report = (more: object) => writing.write('reportInfectious', { ...input, ...more }, { select, ...hospital });
  expect([
    (await report({}))['infectiousReport'],
    (await report({ diagnosedAt: '2024-05-06T10:00:00+08:00' }))['infectiousReport'],
  ]).toEqual([
    { disease: { code: 'A00.901' }, reportedAt: '2024-05-06T12:00:00+08:00', timely: false },
    { disease: { code: 'A00.901' }, reportedAt: '2024-05-06T12:00:00+08:00', timely: true },
  ]);
  const errors = async (more: object) => (await report(more))['errors'];
  expect([
    await errors({}),
    await errors({ disease: 'cholera', onsetOn: '2024-05-07', diagnosedAt: '2024-05-06T12:00:01+08:00' }),
    await errors({ diseaseClass: 'B' }),
    await errors({ institutionId: 'in_TOWN' }),
    await errors({ residentId: 'rs_NOBODY' }),
  ]).toEqual([
    ['VALIDATION_FAILED disease'],
    [
      'VALIDATION_FAILED disease',
      'VALIDATION_FAILED diseaseClass',
      'VALIDATION_FAILED diagnosedAt',
      'VALIDATION_FAILED onsetOn',
    ],
    ['VALIDATION_FAILED diseaseClass', 'VALIDATION_FAILED disease'],
    ['FORBIDDEN institutionId'],
    ['NOT_FOUND residentId'],
  ]);
});

test('health education is recorded by its institution or by the health commission of the division', async () => {
  const input = {
    regionCode: '320322100',
    kind: 'EDUCATION',
    channel: 'BOARD',
    level: 'TOWN',
    at,
    topic: '高血压防治',
  };
  const commission: Asking = {
    caller: { id: 'hc', role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['320322'] },
  };
  const record = (more: object, asking?: Asking) => errorsOf('recordHealthEducation', { ...input, ...more }, asking);
  expect([
    await record({ audience: 60 }),
    await record({ institutionId: null, regionCode: '320322' }, commission),
    await record({}, stranger),
    await record({ institutionId: null }, doctor),
    await record({ regionCode: '320399', at: '2025-01-01T00:00:00+08:00', audience: -1, topic: ' ' }),
  ]).toEqual([
    [],
    [],
    ['FORBIDDEN institutionId'],
    ['FORBIDDEN regionCode'],
    ['VALIDATION_FAILED regionCode', 'VALIDATION_FAILED at', 'VALIDATION_FAILED audience', 'VALIDATION_FAILED topic'],
  ]);
  const query =
    '{ healthEducationActivities(where: { regionCode: { eq: "320322100" } }) { nodes { topic audience } } }';
  expect(await writing.read(query)).toMatchObject({
    healthEducationActivities: { nodes: expect.arrayContaining([{ topic: '高血压防治', audience: 60 }]) },
  });
});
