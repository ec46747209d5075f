import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, on, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';
import { dischargeFollowUps } from '../tables/chronic.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

let people = 0;
/** A new resident of the village. */
async function newcomer(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, birthDate: '1970-01-01', ...more });
  return id;
}

const place = { institutionId: 'in_TOWN' };
const errorsOf = async (name: string, input: object, asking: Asking = doctor): Promise<unknown> =>
  (await writing.write(name, { ...place, ...input }, asking))['errors'];

/** Enrols a new resident on a day. */
async function enrolled(disease: 'HTN' | 'T2DM', day: string, birthDate = '1970-01-01') {
  const residentId = await newcomer({ birthDate });
  expect(await errorsOf('enrolChronic', { residentId, disease }, on(day, doctor))).toEqual([]);
  return { residentId, enrollmentId: `ce_${residentId.slice(3)}_1` };
}

const select =
  'followUp { at classification { code } nextDue referralAdvised referralReason enrollment { lastControl standardisedThisYear } }';

const pressure = (sbp: number, dbp: number) => [
  { kind: 'SBP', value: String(sbp) },
  { kind: 'DBP', value: String(dbp) },
];
const glucose = (value: string) => [{ kind: 'FBG', value }];

/** Follows up on a day, face to face. */
async function followUp(of: object, day: string, input: object): Promise<Answer> {
  const visit = { ...place, kind: 'HTN', mode: 'FACE', at: `${day}T08:30:00+08:00`, ...of, ...input };
  return writing.write('recordFollowUp', visit, { select, ...on(day, doctor) });
}

/** The control a follow-up of a new enrolment comes to. */
async function controlled(disease: 'HTN' | 'T2DM', birthDate: string, measurements: object[]): Promise<unknown> {
  const of = await enrolled(disease, '2024-05-01', birthDate);
  const kind = disease === 'HTN' ? 'HTN' : 'DM';
  const { followUp: made } = await followUp(of, '2024-05-06', { kind, measurements });
  return Object(made).enrollment.lastControl;
}

describe('a follow-up', () => {
  test('TV-67 at 64, 139/89 is controlled and 140/89 is not', async () => {
    const at64 = (sbp: number, dbp: number) => controlled('HTN', '1959-05-07', pressure(sbp, dbp));
    expect([await at64(139, 89), await at64(140, 89)]).toEqual(['CONTROLLED', 'UNCONTROLLED']);
  });

  test('TV-68 at 65, 149/89 is controlled; 150/89 and 149/90 are not', async () => {
    const at65 = (sbp: number, dbp: number) => controlled('HTN', '1959-05-06', pressure(sbp, dbp));
    expect([await at65(149, 89), await at65(150, 89), await at65(149, 90)]).toEqual([
      'CONTROLLED',
      'UNCONTROLLED',
      'UNCONTROLLED',
    ]);
  });

  test('TV-69 fasting glucose 6.9 is controlled, 7.0 is not', async () => {
    const judged = (value: string) => controlled('T2DM', '1970-01-01', glucose(value));
    expect([await judged('6.9'), await judged('7.0')]).toEqual(['CONTROLLED', 'UNCONTROLLED']);
  });

  test('TV-70 four face-to-face follow-ups without an exam are not standardised; the exam makes them so', async () => {
    const of = await enrolled('HTN', '2024-01-02');
    for (const day of ['2024-02-01', '2024-05-01', '2024-08-01'])
      await followUp(of, day, { measurements: pressure(130, 80) });
    const { followUp: last } = await followUp(of, '2024-11-01', { measurements: pressure(130, 80) });
    expect(last).toMatchObject({ enrollment: { lastControl: 'CONTROLLED', standardisedThisYear: false } });
    const exam = {
      residentId: of.residentId,
      kind: 'CHRONIC',
      at: '2024-11-01T10:00:00+08:00',
      results: [{ item: '心电图', value: '正常' }],
    };
    expect(await errorsOf('recordHealthExam', exam, on('2024-11-01', doctor))).toEqual(['VALIDATION_FAILED at']);
    expect(await errorsOf('recordHealthExam', exam, on('2024-11-02', doctor))).toEqual([]);
    const query = `{ resident(id: "${of.residentId}") { chronic { standardisedThisYear } exams { nodes { kind abnormal } } } }`;
    expect(await writing.read(query)).toEqual({
      resident: { chronic: [{ standardisedThisYear: true }], exams: { nodes: [{ kind: 'CHRONIC', abnormal: [] }] } },
    });
    expect((await writing.changesOf(of.enrollmentId)).at(-1)).toEqual([
      'UPDATED',
      { disease: 'HTN', status: 'ACTIVE', lastControlled: [true, true], lastAt: '2024-11-01 08:30:00+08', version: 6 },
    ]);
  });

  test('TV-72 enrolled on 10 July two follow-ups and an exam are needed, on 10 October one follow-up', async () => {
    const july = await enrolled('HTN', '2024-07-10');
    const october = await enrolled('HTN', '2024-10-10');
    const standardised = async (of: object, day: string) => {
      const { followUp: made } = await followUp(of, day, { measurements: pressure(130, 80) });
      return Object(made).enrollment.standardisedThisYear;
    };
    const exam = {
      residentId: july.residentId,
      kind: 'PACKAGE',
      at: '2024-07-11T08:00:00+08:00',
      results: [{ item: '心电图', value: '正常' }],
    };
    expect(await errorsOf('recordHealthExam', exam, on('2024-07-12', doctor))).toEqual([]);
    expect([
      await standardised(july, '2024-08-01'),
      await standardised(july, '2024-10-01'),
      await standardised(october, '2024-11-01'),
    ]).toEqual([false, true, true]);
  });

  test('TV-73 SBP 182 is referred as acute and seen again within 14 days', async () => {
    const of = await enrolled('HTN', '2024-05-01');
    expect(await followUp(of, '2024-05-06', { measurements: pressure(182, 88) })).toEqual({
      ok: true,
      errors: [],
      followUp: {
        at: '2024-05-06T08:30:00+08:00',
        classification: { code: '2' },
        nextDue: '2024-05-20',
        referralAdvised: true,
        referralReason: 'ACUTE_CRITICAL',
        enrollment: { lastControl: 'UNCONTROLLED', standardisedThisYear: false },
      },
    });
  });

  test('uncontrolled twice in a row is referred; an adverse reaction is classed as one and seen again within two weeks', async () => {
    const of = await enrolled('HTN', '2024-05-01');
    const outcomes: unknown[] = [];
    for (const [day, input] of [
      ['2024-05-06', { measurements: pressure(155, 85) }],
      ['2024-05-20', { measurements: pressure(155, 85) }],
      ['2024-06-03', { measurements: pressure(130, 80), adverseReaction: true }],
      ['2024-06-17', { measurements: pressure(130, 80) }],
    ] as const) {
      const { classification, nextDue, referralReason } = Object((await followUp(of, day, input))['followUp']);
      outcomes.push([classification.code, nextDue, referralReason]);
    }
    expect(outcomes).toEqual([
      ['2', '2024-05-20', null],
      ['2', '2024-06-03', 'CONTROL'],
      ['3', '2024-06-17', null],
      ['1', '2024-09-15', null],
    ]);
    const told = (await writing.changesOf(of.enrollmentId)).map((change) => Object(change)[1].lastControlled);
    expect(told).toEqual([[], [false], [false, false], [false, false], [true, false]]);
  });

  test('after a discharge settles what is owed, once, and is told to who closes the episode', async () => {
    const residentId = await newcomer();
    await writing.database.db.insert(dischargeFollowUps).values({
      residentId,
      encounterNo: 2,
      institutionId: 'in_LEAD',
      dischargedOn: '2024-05-01',
      dueBy: '2024-05-08',
    });
    const encounterId = `en_${residentId.slice(3)}_2`;
    const visit = { residentId, kind: 'DISCHARGE', encounterId };
    const errors = async (day: string, more: object = {}) => (await followUp(visit, day, more))['errors'];
    expect([
      await errors('2024-04-30'),
      await errors('2024-05-06', { encounterId: `en_${residentId.slice(3)}_3` }),
      await errors('2024-05-06', { encounterId: null }),
      await errors('2024-05-06', { kind: 'ELDERLY' }),
      await errors('2024-05-06'),
      await errors('2024-05-07'),
    ]).toEqual([
      ['VALIDATION_FAILED at'],
      ['NOT_FOUND encounterId'],
      ['NOT_FOUND encounterId'],
      ['VALIDATION_FAILED encounterId'],
      [],
      ['INVALID_TRANSITION encounterId'],
    ]);
    const owed = `{ resident(id: "${residentId}") { dischargeFollowUps { dueBy followUp { id } } } }`;
    const id = `fu_${residentId.slice(3)}_1`;
    expect(await writing.read(owed)).toEqual({
      resident: { dischargeFollowUps: [{ dueBy: '2024-05-08', followUp: { id } }] },
    });
    expect(await writing.changesOf(id)).toEqual([
      [
        'CREATED',
        {
          kind: 'DISCHARGE',
          at: '2024-05-06T08:30:00+08:00',
          institutionId: 'in_TOWN',
          isPrimaryCare: true,
          encounterId,
        },
      ],
    ]);
  });

  test('is refused with implausible readings, out of order, for another disease, and by others', async () => {
    const of = await enrolled('HTN', '2024-05-01');
    const other = await enrolled('T2DM', '2024-05-01');
    expect((await followUp(of, '2024-05-06', {}))['errors']).toEqual([]);
    const errors = async (input: object, day = '2024-06-01') => (await followUp(of, day, input))['errors'];
    const readings = [
      { kind: 'SBP', value: '80' },
      { kind: 'DBP', value: '90' },
      { kind: 'FBG', value: '70' },
      { kind: 'WEIGHT', value: '60.123' },
      { kind: 'HR', value: '70' },
      { kind: 'HR', value: '71.5' },
    ];
    expect([
      await errors({ measurements: readings }),
      await errors({ measurements: [{ kind: 'SBP', value: '120' }] }),
      await errors({}, '2024-05-06'),
      await errors({ at: '2024-06-01T09:00:01+08:00', nextDue: '2024-06-01' }),
      await errors({ enrollmentId: null }),
      await errors({ enrollmentId: other.enrollmentId }),
      await errors({ kind: 'DM' }),
      await errorsOf('recordFollowUp', { ...of, kind: 'HTN', mode: 'FACE', at: '2024-06-01T08:00:00+08:00' }, stranger),
    ]).toEqual([
      [
        'VALIDATION_FAILED measurements.2.value',
        'VALIDATION_FAILED measurements.3.value',
        'VALIDATION_FAILED measurements.5.value',
        'VALIDATION_FAILED measurements.5.kind',
        'VALIDATION_FAILED measurements',
      ],
      ['VALIDATION_FAILED measurements'],
      ['VALIDATION_FAILED at'],
      ['VALIDATION_FAILED at', 'VALIDATION_FAILED nextDue'],
      ['VALIDATION_FAILED enrollmentId'],
      ['NOT_FOUND enrollmentId'],
      ['VALIDATION_FAILED enrollmentId'],
      ['FORBIDDEN residentId'],
    ]);
  });

  test('sent twice under one key is recorded once, also at one moment', async () => {
    const of = await enrolled('HTN', '2024-05-01');
    const send = () =>
      followUp(of, '2024-05-06', { measurements: pressure(130, 80), idempotencyKey: `k-${of.residentId}` });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const rows = await writing.database
      .sql`select count(*)::integer as rows from follow_ups where resident_id = ${of.residentId}`;
    expect([...rows]).toEqual([{ rows: 1 }]);
  });
});
