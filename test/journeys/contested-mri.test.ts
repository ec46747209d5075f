import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey, type Payload } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { rs_demo_wang: wang, in_pei_1: hospital, in_pei_longgu: town, al_pei_1: alliance } = personaIds;

test('the county hospital and a township hospital fight for the MRI: one gets the time, an emergency takes it', async () => {
  const countyDoctor = journey.as('hospital-doctor');
  const townDoctor = journey.as('family-doctor');
  journey.travelTo('2025-01-05T09:00:00+08:00');

  const { equipmentList } = await townDoctor.asks(
    `{ equipmentList(where: { class: { eq: MRI }, institutionId: { eq: "${hospital}" } }) {
      nodes { id shared sharedWith { id } slotMinutes bufferMinutes openHours { weekday opens closes } } } }`,
  );
  const [unit] = Object(equipmentList).nodes;
  expect(unit).toMatchObject({ shared: true, sharedWith: [{ id: alliance }], slotMinutes: 30, bufferMinutes: 5 });
  const { residents } = await townDoctor.asks('{ residents(first: 3) { nodes { id } } }');
  const [other, third, fourth] = Object(residents).nodes.map(({ id }: { id: string }) => id);

  const { id: equipmentId } = unit;
  const wish = { equipmentId, examItem: 'MRI_HEAD', start: '2025-01-08T09:00:00+08:00' };
  const ofTown = { ...wish, residentId: wang, requesterId: town };
  const ofCounty = { ...wish, residentId: other, requesterId: hospital };
  const state = 'reservation { id status priority urgency start end blockedUntil requester { id } version }';
  const onTheDay = async () => {
    const { equipment, equipmentAvailability } = await countyDoctor.asks(
      `{ equipment(id: "${equipmentId}") { reservations(where: { start: { ge: "2025-01-08T00:00:00+08:00" } }) { nodes { id status start resident { id } requester { id } report { id } } } }
        equipmentAvailability(id: "${equipmentId}", from: "2025-01-08", to: "2025-01-08") { start end } }`,
    );
    return { reservations: Object(equipment).reservations.nodes, free: equipmentAvailability };
  };
  const wholeDay = [{ start: '2025-01-08T08:00:00+08:00', end: '2025-01-08T17:00:00+08:00' }];
  expect(await onTheDay()).toEqual({ reservations: [], free: wholeDay });

  expect(await journey.as('city-hospital-doctor').isRefused('reserveEquipment', ofTown)).toEqual([
    'FORBIDDEN input.requesterId',
  ]);
  expect(
    await journey
      .as('city-hospital-doctor')
      .isRefused('reserveEquipment', { ...ofTown, requesterId: personaIds['in_xuzhou_1'] }),
  ).toEqual(['MODE_MISMATCH input.requesterId']);
  expect(await townDoctor.isRefused('reserveEquipment', { ...ofTown, start: '2025-01-08T16:45:00+08:00' })).toEqual([
    'VALIDATION_FAILED input.end',
  ]);
  expect(await onTheDay()).toEqual({ reservations: [], free: wholeDay });

  // Until noon of the second day before, a fifth of the day is kept for primary care.
  const allDay = { ...ofCounty, start: '2025-01-08T08:00:00+08:00', end: '2025-01-08T17:00:00+08:00' };
  expect(await countyDoctor.isRefused('reserveEquipment', allDay)).toEqual(['CHANNEL_CLOSED input.start']);
  expect(await onTheDay()).toEqual({ reservations: [], free: wholeDay });

  // Both ask for nine o'clock at the same moment.
  journey.travelTo('2025-01-07T09:00:00+08:00');
  const ask = async (persona: string, input: typeof ofTown) => {
    const query = `mutation ($input: ReserveEquipmentInput!) { told: reserveEquipment(input: $input) { ok errors { code path } ${state} } }`;
    const { told } = await journey.as(persona).asks(query, { input });
    return { persona, input, told: told as Payload };
  };
  const asked = await Promise.all([ask('family-doctor', ofTown), ask('hospital-doctor', ofCounty)]);
  const [winner] = asked.filter(({ told }) => told.ok);
  const [loser] = asked.filter(({ told }) => !told.ok);
  if (winner === undefined || loser === undefined) throw new Error('both won, or both lost');
  const nine = {
    start: '2025-01-08T09:00:00+08:00',
    end: '2025-01-08T09:30:00+08:00',
    blockedUntil: '2025-01-08T09:35:00+08:00',
  };
  const held = { id: expect.stringMatching(/^er_/), status: 'HELD', version: 1, ...nine };
  const priorityOf = ({ residentId }: typeof ofTown) => (residentId === wang ? 3 : 4);
  const asRequested = ({ input }: typeof winner, more: object = {}) => ({
    ...held,
    priority: priorityOf(input),
    urgency: 'ROUTINE',
    requester: { id: input.requesterId },
    ...more,
  });
  expect([winner.told, loser.told]).toEqual([
    { ok: true, errors: [], reservation: asRequested(winner) },
    { ok: false, errors: [{ code: 'SLOT_TAKEN', path: ['input', 'start'] }], reservation: null },
  ]);
  const listed = ({ input }: typeof winner, more: object) => ({
    id: expect.stringMatching(/^er_/),
    start: nine.start,
    resident: { id: input.residentId },
    requester: { id: input.requesterId },
    report: null,
    ...more,
  });
  const free = [
    { start: '2025-01-08T08:00:00+08:00', end: '2025-01-08T08:55:00+08:00' },
    { start: '2025-01-08T09:35:00+08:00', end: '2025-01-08T17:00:00+08:00' },
  ];
  expect(await onTheDay()).toEqual({ reservations: [listed(winner, { status: 'HELD' })], free });

  // Who won does not confirm: after a quarter of an hour the other gets the time.
  journey.travelTo('2025-01-07T09:14:59+08:00');
  expect(await journey.as(loser.persona).isRefused('reserveEquipment', loser.input)).toEqual([
    'SLOT_TAKEN input.start',
  ]);
  journey.travelTo('2025-01-07T09:15:00+08:00');
  const { id: lapsedId } = Object(winner.told['reservation']);
  expect(await journey.as(winner.persona).isRefused('confirmEquipmentReservation', { id: lapsedId })).toEqual([
    'INVALID_TRANSITION input.id',
  ]);
  const second = await journey.as(loser.persona).does('reserveEquipment', loser.input, state);
  expect(second['reservation']).toEqual(asRequested(loser));
  const { id: secondId } = Object(second['reservation']);
  expect(await journey.as('city-hospital-doctor').isRefused('confirmEquipmentReservation', { id: secondId })).toEqual([
    'FORBIDDEN input.id',
  ]);
  const confirmed = await journey.as(loser.persona).does('confirmEquipmentReservation', { id: secondId }, state);
  expect(confirmed['reservation']).toEqual(asRequested(loser, { status: 'CONFIRMED', version: 2 }));
  const expired = listed(winner, { id: lapsedId, status: 'EXPIRED' });
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const day = async () => {
    const { reservations, free: left } = await onTheDay();
    return { reservations: reservations.toSorted(byId), free: left };
  };
  const rows = (...each: readonly object[]) => each.toSorted((a, b) => byId(Object(a), Object(b)));
  expect(await day()).toEqual({
    reservations: rows(expired, listed(loser, { id: secondId, status: 'CONFIRMED' })),
    free,
  });

  // In the morning a stroke is brought in: what is urgent waits, what is an emergency does not.
  journey.travelTo('2025-01-08T08:50:00+08:00');
  const stroke = { ...wish, residentId: third, requesterId: hospital };
  expect(await countyDoctor.isRefused('reserveEquipment', { ...stroke, urgency: 'URGENT' })).toEqual([
    'SLOT_TAKEN input.start',
  ]);
  const emergency = await countyDoctor.does('reserveEquipment', { ...stroke, urgency: 'EMERGENCY' }, state);
  const { id: emergencyId } = Object(emergency['reservation']);
  expect(emergency['reservation']).toMatchObject({ ...held, urgency: 'EMERGENCY', requester: { id: hospital } });
  await countyDoctor.does('confirmEquipmentReservation', { id: emergencyId }, state);
  const displaced = listed(loser, { id: secondId, status: 'RESCHEDULE_NEEDED' });
  const ofStroke = { id: emergencyId, start: nine.start, resident: { id: third }, requester: { id: hospital } };
  expect(await day()).toEqual({
    reservations: rows(expired, displaced, { ...ofStroke, status: 'CONFIRMED', report: null }),
    free: [free[1]],
  });
  expect(await journey.as(loser.persona).isRefused('confirmEquipmentReservation', { id: secondId })).toEqual([
    'INVALID_TRANSITION input.id',
  ]);
  const later = { ...loser.input, start: '2025-01-08T09:35:00+08:00' };
  const { reservation: moved } = await journey.as(loser.persona).does('reserveEquipment', later, state);
  const { id: movedId } = Object(moved);
  await journey.as(loser.persona).does('confirmEquipmentReservation', { id: movedId }, state);

  // The MRI is used: first for the stroke, then for who was displaced; who is lying in it stays there.
  expect(await countyDoctor.isRefused('completeEquipmentUse', { id: emergencyId })).toEqual([
    'VALIDATION_FAILED input.id',
  ]);
  journey.travelTo('2025-01-08T09:40:00+08:00');
  const report = await countyDoctor.does(
    'recordReport',
    {
      residentId: third,
      item: 'MRI_HEAD',
      bodySite: 'head',
      method: 'MRI',
      performedAtId: hospital,
      performedTime: '2025-01-08T09:05:00+08:00',
      qualityGrade: 'CITY',
      conclusion: 'infarction of the left middle cerebral artery',
    },
    'diagnosticReport { id }',
  );
  const { id: reportId } = Object(report['diagnosticReport']);
  expect(await townDoctor.isRefused('completeEquipmentUse', { id: emergencyId })).toEqual(['FORBIDDEN input.id']);
  expect(await countyDoctor.isRefused('completeEquipmentUse', { id: movedId, reportId })).toEqual([
    'NOT_FOUND input.reportId',
  ]);
  const lateEmergency = {
    ...stroke,
    residentId: fourth,
    urgency: 'EMERGENCY',
    start: '2025-01-08T09:50:00+08:00',
  };
  expect(await countyDoctor.isRefused('reserveEquipment', lateEmergency)).toEqual(['SLOT_TAKEN input.start']);
  await countyDoctor.does('completeEquipmentUse', { id: emergencyId, reportId }, state);
  expect(await countyDoctor.isRefused('completeEquipmentUse', { id: emergencyId })).toEqual([
    'INVALID_TRANSITION input.id',
  ]);
  journey.travelTo('2025-01-08T10:10:00+08:00');
  await countyDoctor.does('completeEquipmentUse', { id: movedId }, state);
  expect(await day()).toEqual({
    reservations: rows(
      expired,
      displaced,
      { ...ofStroke, status: 'DONE', report: { id: reportId } },
      listed(loser, { id: movedId, start: later.start, status: 'DONE' }),
    ),
    free: [{ start: '2025-01-08T10:10:00+08:00', end: '2025-01-08T17:00:00+08:00' }],
  });
});
