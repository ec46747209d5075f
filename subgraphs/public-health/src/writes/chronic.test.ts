import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { sampleResidents } from '../sample-residents.ts';
import { doctor, inApp, on, openWriting, stranger, type Writing } from '../sample-writing.ts';

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

describe('an enrolment', () => {
  test('is made once for a disease, joins the focus group, and is told', async () => {
    const residentId = await newcomer();
    const fields =
      'chronicEnrollment { id disease enrolledOn managedBy { id } status lastControl standardisedThisYear plan resident { focusGroups version } }';
    const input = { ...place, residentId, disease: 'HTN', diagnosedOn: '2024-05-01', plan: '低盐饮食' };
    const id = `ce_${residentId.slice(3)}_1`;
    expect(await writing.write('enrolChronic', input, { select: fields, ...on('2024-05-06', doctor) })).toEqual({
      ok: true,
      errors: [],
      chronicEnrollment: {
        id,
        disease: 'HTN',
        enrolledOn: '2024-05-06',
        managedBy: { id: 'in_TOWN' },
        status: 'ACTIVE',
        lastControl: 'UNKNOWN',
        standardisedThisYear: false,
        plan: '低盐饮食',
        resident: { focusGroups: ['HYPERTENSION'], version: 2 },
      },
    });
    expect(await writing.changesOf(id)).toEqual([
      ['CREATED', { disease: 'HTN', status: 'ACTIVE', lastControlled: [], lastAt: null, version: 1 }],
    ]);
    expect(await errorsOf('enrolChronic', input)).toEqual(['VALIDATION_FAILED disease']);
  });

  test('is refused below 35 years, with an impossible diagnosis, for others, and for who is gone', async () => {
    const young = await newcomer({ birthDate: '1989-05-07' });
    const gone = await newcomer({ status: 'MOVED' });
    const enrol = (input: object, asking: Asking = on('2024-05-06', doctor)) =>
      errorsOf('enrolChronic', { disease: 'T2DM', ...input }, asking);
    expect([
      await enrol({ residentId: young }),
      await enrol({ residentId: young, disease: 'COPD', diagnosedOn: '2024-05-07' }),
      await enrol({ residentId: young, disease: 'COPD', diagnosedOn: '1989-05-06', institutionId: 'in_CLINIC' }),
      await enrol({ residentId: young, disease: 'COPD' }, stranger),
      await enrol({ residentId: gone }),
      await enrol({ residentId: 'rs_NOBODY' }),
      await enrol({ residentId: young }, on('2024-05-07', doctor)),
    ]).toEqual([
      ['VALIDATION_FAILED disease'],
      ['VALIDATION_FAILED diagnosedOn'],
      ['FORBIDDEN institutionId', 'VALIDATION_FAILED diagnosedOn'],
      ['FORBIDDEN residentId'],
      ['INVALID_TRANSITION residentId'],
      ['NOT_FOUND residentId'],
      [],
    ]);
  });
});

describe('a reading of a device', () => {
  test('comes from the resident, the guardian or the team, is plausible and not of the future', async () => {
    const residentId = await newcomer({ birthDate: '2020-01-01', guardianId: sampleResidents.li });
    const submit = (input: object, asking: Asking) =>
      writing.write(
        'submitDeviceMeasurement',
        { residentId, deviceId: 'D-1', kind: 'HR', value: '72', at: '2024-05-06T08:00:00+08:00', ...input },
        { select: 'deviceMeasurement { id deviceId at measurement { kind value unit source } }', ...asking },
      );
    expect(await submit({}, inApp(sampleResidents.li))).toEqual({
      ok: true,
      errors: [],
      deviceMeasurement: {
        id: `dm_${residentId.slice(3)}_1`,
        deviceId: 'D-1',
        at: '2024-05-06T08:00:00+08:00',
        measurement: { kind: 'HR', value: '72', unit: '/min', source: 'DEVICE' },
      },
    });
    const refused = [
      await submit({}, inApp(sampleResidents.wang)),
      await submit({ value: '301', deviceId: ' ', at: '2025-01-01T00:00:00+08:00' }, doctor),
    ];
    expect(refused.map(({ errors }) => errors)).toEqual([
      ['FORBIDDEN residentId'],
      ['VALIDATION_FAILED deviceId', 'VALIDATION_FAILED at', 'VALIDATION_FAILED value'],
    ]);
  });
});

test('an examination of the elderly is for who is 65, one of the chronic for who is managed, and has results', async () => {
  const residentId = await newcomer();
  const exam = (input: object) =>
    errorsOf('recordHealthExam', {
      residentId,
      kind: 'ELDERLY',
      at: '2024-05-06T08:00:00+08:00',
      results: [],
      ...input,
    });
  expect([
    await exam({}),
    await exam({ kind: 'CHRONIC', results: [{ item: ' ', value: '正常' }] }),
    await exam({ institutionId: 'in_CLINIC', kind: 'PACKAGE', results: [{ item: '血压', value: '120/80' }] }),
  ]).toEqual([
    ['VALIDATION_FAILED kind', 'VALIDATION_FAILED results'],
    ['VALIDATION_FAILED kind', 'VALIDATION_FAILED results.0.item'],
    ['FORBIDDEN institutionId'],
  ]);
});
