import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Asking } from '../sample-caller.ts';
import { doctor, inApp, openWriting, stranger, type Answer, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

let people = 0;
/** A new woman of the village, born in 1996. */
async function newcomer(more: object = {}): Promise<string> {
  people += 1;
  const id = `rs_${String(people).padStart(12, '0')}`;
  await writing.addResidents({ id, birthDate: '1996-01-01', ...more });
  return id;
}

const select = `maternalRecord { id registeredOn institution { id } gestation gravidity parity lmp edd riskColour referralAdvised
  visits { window at weeks sbp dbp weight findings } delivery { on outcome mode institution { id } liveBirths }
  postpartum { day at findings } open status early nextDue systemManaged history { from to } version }`;

const visit = (input: object, asking: Asking = doctor): Promise<Answer> =>
  writing.write('recordMaternalVisit', { institutionId: 'in_TOWN', ...input }, { select, ...asking });
const errorsOf = async (input: object, asking?: Asking): Promise<unknown> => (await visit(input, asking))['errors'];

/** A visit that must be taken, and the record after it. */
async function visited(input: object): Promise<Readonly<Record<string, unknown>>> {
  const { errors, maternalRecord } = await visit(input);
  expect(errors).toEqual([]);
  return Object(maternalRecord);
}

test('a pregnancy goes from an early booking over five visits, the delivery and two visits after it to its closed record', async () => {
  const residentId = await newcomer();
  const lmp = '2024-02-05';
  const first = { sbp: 118, dbp: 76, weight: '56.20', findings: ' 未见异常 ' };
  const booking = { lmp, gravidity: 2, parity: 1 };
  const booked = await visited({ residentId, on: '2024-04-20', booking, antenatal: first });
  expect(booked).toEqual({
    id: `mr_${residentId.slice(3)}_1`,
    registeredOn: '2024-04-20',
    institution: { id: 'in_TOWN' },
    gestation: 47,
    gravidity: 2,
    parity: 1,
    lmp,
    edd: '2024-11-11',
    riskColour: 'GREEN',
    referralAdvised: false,
    visits: [{ window: 'W12', at: '2024-04-20', weeks: 10, ...first, findings: '未见异常' }],
    delivery: null,
    postpartum: [],
    open: true,
    status: 'PREGNANT',
    early: true,
    nextDue: '2024-05-27',
    systemManaged: false,
    history: [{ from: null, to: 'PREGNANT' }],
    version: 1,
  });
  for (const on of ['2024-06-01', '2024-07-05', '2024-09-01', '2024-10-22']) {
    await visited({ residentId, on, antenatal: { sbp: 120, dbp: 80 } });
  }
  const delivery = { outcome: 'LIVE_BIRTH', mode: 'VAGINAL', institutionId: 'in_LEAD' };
  expect(await visited({ residentId, on: '2024-11-10', delivery })).toMatchObject({
    visits: ['W12', 'W16_20', 'W21_24', 'W28_36', 'W37_40'].map((window) => ({ window })),
    delivery: {
      on: '2024-11-10',
      outcome: 'LIVE_BIRTH',
      mode: 'VAGINAL',
      liveBirths: 1,
      institution: { id: 'in_LEAD' },
    },
    gestation: 39,
    status: 'POSTPARTUM',
    nextDue: '2024-11-17',
  });
  expect(await visited({ residentId, on: '2024-11-15', postpartum: {} })).toMatchObject({ nextDue: '2024-12-22' });
  expect(await visited({ residentId, on: '2024-12-23', postpartum: { findings: '恢复良好' } })).toMatchObject({
    postpartum: [
      { day: 5, at: '2024-11-15', findings: null },
      { day: 43, at: '2024-12-23', findings: '恢复良好' },
    ],
    open: false,
    status: 'CLOSED',
    nextDue: null,
    systemManaged: true,
    history: [
      { from: null, to: 'PREGNANT' },
      { from: 'PREGNANT', to: 'POSTPARTUM' },
      { from: 'POSTPARTUM', to: 'CLOSED' },
    ],
    version: 8,
  });
  const read = `{ resident(id: "${residentId}") { focusGroups } }`;
  expect(await writing.read(read)).toEqual({ resident: { focusGroups: [] } });
  const told = await writing.changesOf(`mr_${residentId.slice(3)}_1`);
  expect([told[0], told[5], told[7]]).toEqual([
    ['CREATED', { institutionId: 'in_TOWN', status: 'PREGNANT', version: 1 }],
    ['UPDATED', { institutionId: 'in_TOWN', status: 'POSTPARTUM', version: 6 }],
    ['UPDATED', { institutionId: 'in_TOWN', status: 'CLOSED', version: 8 }],
  ]);
});

test('the grade of risk found counts, never lower than age and blood pressure ask for, and leads to the county hospital', async () => {
  const residentId = await newcomer({ birthDate: '1985-01-01' });
  const booking = { lmp: '2024-06-03' };
  expect([
    await errorsOf({ residentId, on: '2024-08-01', booking, riskColour: 'GREEN' }),
    await visited({ residentId, on: '2024-08-01', booking }),
    await errorsOf({ residentId, on: '2024-10-01', antenatal: { sbp: 165, dbp: 90 }, riskColour: 'YELLOW' }),
    await visited({ residentId, on: '2024-10-01', antenatal: { sbp: 165, dbp: 90 } }),
    await visited({ residentId, on: '2024-11-01', antenatal: {}, riskColour: 'PURPLE' }),
    await visited({ residentId, on: '2024-12-01', antenatal: {}, riskColour: 'YELLOW' }),
  ]).toMatchObject([
    ['VALIDATION_FAILED riskColour'],
    { riskColour: 'YELLOW', referralAdvised: false },
    ['VALIDATION_FAILED riskColour'],
    { riskColour: 'ORANGE', referralAdvised: true },
    { riskColour: 'PURPLE', referralAdvised: true },
    { riskColour: 'YELLOW', referralAdvised: false },
  ]);
});

test('a loss closes the record at once, and the next pregnancy is booked; one after a delivery closes what nobody closed', async () => {
  const residentId = await newcomer();
  await visited({ residentId, on: '2023-03-10', booking: { lmp: '2023-01-02' } });
  const lost = { outcome: 'MISCARRIAGE', liveBirths: 0 };
  expect(await visited({ residentId, on: '2023-04-01', delivery: lost })).toMatchObject({
    delivery: { on: '2023-04-01', outcome: 'MISCARRIAGE', mode: null, liveBirths: 0 },
    gestation: 12,
    status: 'CLOSED',
  });
  await visited({ residentId, on: '2023-08-01', booking: { lmp: '2023-06-05' } });
  await visited({ residentId, on: '2024-03-01', delivery: { outcome: 'STILLBIRTH', mode: 'CAESAREAN' } });
  const again = await visited({ residentId, on: '2024-12-01', booking: { lmp: '2024-10-01' } });
  expect(again).toMatchObject({ id: `mr_${residentId.slice(3)}_3`, status: 'PREGNANT' });
  const records = `{ resident(id: "${residentId}") { focusGroups maternal { status } } }`;
  expect(await writing.read(records)).toEqual({
    resident: { focusGroups: ['PREGNANT'], maternal: ['CLOSED', 'CLOSED', 'PREGNANT'].map((status) => ({ status })) },
  });
});

test('visits out of their order, on impossible days, with impossible readings or of several kinds are refused with all their faults', async () => {
  const residentId = await newcomer();
  const booking = { lmp: '2024-06-03' };
  const birth = { outcome: 'LIVE_BIRTH', mode: 'VAGINAL' };
  const of = (input: object) => errorsOf({ residentId, on: '2024-12-01', ...input });
  const before = [
    await of({}),
    await of({ booking, delivery: birth }),
    await of({ antenatal: {}, postpartum: {} }),
    await of({ antenatal: {} }),
    await of({ delivery: birth }),
    await of({ postpartum: {} }),
    await of({
      on: '2025-01-01',
      booking: { lmp: '2025-01-01', gravidity: 0, parity: 40 },
      antenatal: { sbp: 80, weight: '999' },
    }),
  ];
  expect(before).toEqual([
    ['VALIDATION_FAILED antenatal'],
    ['VALIDATION_FAILED booking'],
    ['VALIDATION_FAILED antenatal'],
    ['INVALID_TRANSITION antenatal'],
    ['INVALID_TRANSITION delivery'],
    ['INVALID_TRANSITION postpartum'],
    [
      'VALIDATION_FAILED on',
      'VALIDATION_FAILED booking.lmp',
      'VALIDATION_FAILED booking.gravidity',
      'VALIDATION_FAILED booking.parity',
      'VALIDATION_FAILED antenatal.weight',
      'VALIDATION_FAILED antenatal',
    ],
  ]);
  await visited({ residentId, on: '2024-09-01', booking, antenatal: {} });
  expect([
    await of({ booking }),
    await of({ antenatal: {}, version: 2 }),
    await of({ on: '2024-09-01', antenatal: {} }),
    await of({ on: '2024-08-31', antenatal: {} }),
    await of({ on: '2024-09-10', delivery: { ...birth, liveBirths: 0, institutionId: 'in_NONE' } }),
    await of({ delivery: { outcome: 'ABORTION', mode: 'VAGINAL', liveBirths: 1 } }),
    await of({ on: '2024-08-31', delivery: { outcome: 'ABORTION' } }),
    await of({ postpartum: {} }),
  ]).toEqual([
    ['INVALID_TRANSITION booking'],
    ['VERSION_CONFLICT version'],
    ['VALIDATION_FAILED on'],
    ['VALIDATION_FAILED on'],
    ['VALIDATION_FAILED delivery.outcome', 'VALIDATION_FAILED delivery.liveBirths', 'NOT_FOUND delivery.institutionId'],
    ['VALIDATION_FAILED delivery.mode', 'VALIDATION_FAILED delivery.liveBirths'],
    ['VALIDATION_FAILED on'],
    ['INVALID_TRANSITION postpartum'],
  ]);
  await visited({ residentId, on: '2024-11-30', delivery: birth });
  expect([
    await of({ on: '2024-11-29', postpartum: {} }),
    await of({ postpartum: {} }),
    await of({ postpartum: {} }),
    await of({ antenatal: {} }),
  ]).toEqual([['VALIDATION_FAILED on'], [], ['VALIDATION_FAILED on'], ['INVALID_TRANSITION antenatal']]);
});

test('a pregnancy is booked for a woman, by who serves her, for an institution of the caller', async () => {
  const on = '2024-12-01';
  const booking = { lmp: '2024-10-01' };
  const woman = await newcomer();
  const clinic = { caller: { ...doctor.caller, institutionId: 'in_CLINIC' } };
  expect([
    await errorsOf({ residentId: await newcomer({ sex: 'MALE' }), on, booking }),
    await errorsOf({ residentId: await newcomer({ birthDate: '2014-12-02' }), on, booking }),
    await errorsOf({ residentId: await newcomer({ status: 'MOVED' }), on, booking }),
    await errorsOf({ residentId: 'rs_NOBODY', on, booking }),
    await errorsOf({ residentId: woman, on, booking }, stranger),
    await errorsOf({ residentId: woman, on, booking }, inApp(woman)),
    await errorsOf({ residentId: woman, on, booking, institutionId: 'in_LEAD' }),
    await errorsOf({ residentId: woman, on, booking, institutionId: 'in_CLINIC' }, clinic),
  ]).toEqual([
    ['VALIDATION_FAILED residentId'],
    ['VALIDATION_FAILED residentId'],
    ['INVALID_TRANSITION residentId'],
    ['NOT_FOUND residentId'],
    ['FORBIDDEN residentId'],
    ['FORBIDDEN residentId'],
    ['FORBIDDEN institutionId'],
    [],
  ]);
});

test('of ten bookings of one pregnancy at one moment, one opens the record', async () => {
  const residentId = await newcomer();
  const input = { residentId, on: '2024-12-01', booking: { lmp: '2024-10-01' } };
  const answers = await Promise.all(Array.from({ length: 10 }, () => errorsOf(input)));
  expect(answers.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    [],
    ...Array.from({ length: 9 }, () => ['INVALID_TRANSITION booking']),
  ]);
});
