import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, inApp, openWriting, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

let people = 0;
/** A new child of the village. */
async function child(birthDate: string, more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, birthDate, ...more });
  return id;
}

const select = `immunisation { id vaccine dose dueOn givenAt institution { id } lotNo adverseReaction contraindication status
  history { from to } version }`;

const record = (input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write('recordImmunisation', { institutionId: 'in_TOWN', lotNo: 'B2024001', ...input }, { select, ...asking });
const errorsOf = async (input: object, asking?: Asking): Promise<unknown> => (await record(input, asking))['errors'];
const on = (day: string) => `${day}T09:30:00+08:00`;

test('a dose is given once, in order, from its age on and long enough after the one before', async () => {
  const residentId = await child('2024-01-15');
  const hepB = (dose: number, day: string, more: object = {}) => ({
    residentId,
    vaccine: 'HEP_B',
    dose,
    givenAt: on(day),
    ...more,
  });
  const hospital: Asking = { caller: { ...doctor.caller, role: 'INST_STAFF', institutionId: 'in_LEAD' } };
  const given = {
    id: `im_${residentId.slice(3)}_1`,
    vaccine: 'HEP_B',
    dose: 1,
    dueOn: '2024-01-15',
    givenAt: on('2024-01-15'),
    institution: { id: 'in_LEAD' },
    lotNo: 'B2024001',
    adverseReaction: '低热',
    contraindication: null,
    status: 'GIVEN',
    history: [{ from: null, to: 'GIVEN' }],
    version: 1,
  };
  const first = hepB(1, '2024-01-15', { institutionId: 'in_LEAD', adverseReaction: ' 低热 ' });
  expect(await record(first, hospital)).toEqual({ ok: true, errors: [], immunisation: given });
  expect([
    await errorsOf(hepB(1, '2024-02-15')),
    await errorsOf(hepB(2, '2024-02-14')),
    await errorsOf(hepB(3, '2024-07-15')),
    await errorsOf(hepB(2, '2024-03-01')),
    await errorsOf(hepB(3, '2024-07-14')),
    await errorsOf(hepB(3, '2024-07-15')),
    await errorsOf(hepB(4, '2024-12-15')),
  ]).toEqual([
    ['INVALID_TRANSITION dose'],
    ['VALIDATION_FAILED givenAt'],
    ['VALIDATION_FAILED dose'],
    [],
    ['VALIDATION_FAILED givenAt'],
    [],
    ['VALIDATION_FAILED dose'],
  ]);
  expect(await writing.changesOf(given.id)).toEqual([
    [
      'CREATED',
      {
        institutionId: 'in_LEAD',
        vaccine: 'HEP_B',
        dose: 1,
        dueOn: '2024-01-15',
        givenAt: on('2024-01-15'),
        version: 1,
      },
    ],
  ]);
});

test('of ten who record one dose at one moment, one does', async () => {
  const residentId = await child('2024-01-15');
  const input = { residentId, vaccine: 'BCG', dose: 1, givenAt: on('2024-01-16') };
  const answers = await Promise.all(Array.from({ length: 10 }, () => errorsOf(input)));
  expect(answers.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    [],
    ...Array.from({ length: 9 }, () => ['INVALID_TRANSITION dose']),
  ]);
});

test('an acute illness puts a dose off until it is given; a lasting contraindication bars the vaccine', async () => {
  const residentId = await child('2023-01-15');
  const notGiven = { residentId, vaccine: 'MMR', dose: 1, lotNo: null };
  const steps = 'immunisation { status history { from to } version }';
  const of = async (input: object) =>
    (await writing.write('recordImmunisation', { institutionId: 'in_TOWN', ...input }, { select: steps, ...doctor }))[
      'immunisation'
    ];
  expect([
    await of({ ...notGiven, contraindication: 'ACUTE_ILLNESS' }),
    await of({ ...notGiven, givenAt: on('2023-10-01'), lotNo: 'M1' }),
  ]).toEqual([
    { status: 'POSTPONED', history: [{ from: null, to: 'POSTPONED' }], version: 1 },
    {
      status: 'GIVEN',
      history: [
        { from: null, to: 'POSTPONED' },
        { from: 'POSTPONED', to: 'GIVEN' },
      ],
      version: 2,
    },
  ]);
  expect([
    await errorsOf({ ...notGiven, dose: 2, contraindication: 'SEVERE_REACTION' }),
    await errorsOf({ ...notGiven, dose: 2, givenAt: on('2024-08-01'), lotNo: 'M2' }),
    await errorsOf({ ...notGiven, vaccine: 'JE', givenAt: on('2024-08-01'), lotNo: 'J1' }),
  ]).toEqual([[], ['INVALID_TRANSITION vaccine'], []]);
});

test('a dose without lot number, both given and not, too late, in the future, or by who may not is refused', async () => {
  const residentId = await child('2019-06-01');
  const bcg = { residentId, vaccine: 'BCG', dose: 1 };
  expect([
    await errorsOf({ ...bcg }),
    await errorsOf({ ...bcg, contraindication: 'ALLERGY', adverseReaction: '低热' }),
    await errorsOf({ ...bcg, givenAt: on('2019-06-02'), contraindication: 'ALLERGY', lotNo: null }),
    await errorsOf({ ...bcg, givenAt: on('2023-06-01'), lotNo: ' ' }),
    await errorsOf({ ...bcg, vaccine: 'MMR', givenAt: on('2025-01-01') }),
    await errorsOf({ ...bcg, dose: 0, givenAt: on('2019-06-02') }),
    await errorsOf({ ...bcg, givenAt: on('2019-06-02') }, inApp(residentId)),
    await errorsOf({ ...bcg, givenAt: on('2019-06-02'), institutionId: 'in_LEAD' }),
    await errorsOf({ ...bcg, givenAt: on('2019-06-02'), residentId: 'rs_NOBODY' }),
    await errorsOf({
      ...bcg,
      givenAt: on('2019-06-02'),
      residentId: await child('2019-06-01', { status: 'DECEASED' }),
    }),
  ]).toEqual([
    ['VALIDATION_FAILED givenAt', 'VALIDATION_FAILED lotNo'],
    ['VALIDATION_FAILED lotNo', 'VALIDATION_FAILED adverseReaction'],
    ['VALIDATION_FAILED givenAt', 'VALIDATION_FAILED lotNo'],
    ['VALIDATION_FAILED givenAt', 'VALIDATION_FAILED lotNo'],
    ['VALIDATION_FAILED givenAt'],
    ['VALIDATION_FAILED dose'],
    ['FORBIDDEN institutionId'],
    ['FORBIDDEN institutionId'],
    ['NOT_FOUND residentId'],
    ['INVALID_TRANSITION residentId'],
  ]);
});
