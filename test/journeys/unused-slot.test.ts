import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { rs_demo_wang: wang, in_pei_1: hospital, in_pei_longgu: town } = personaIds;

test('a township doctor books a place that the lead hospital did not use, and the resident is received by it', async () => {
  const townDoctor = journey.as('family-doctor');
  const hospitalDoctor = journey.as('hospital-doctor');
  const { institution } = await townDoctor.asks(
    `{ institution(id: "${hospital}") { departments { id specialty { code } } slotReleasePolicies { ratio leadShare } } }`,
  );
  const { departments, slotReleasePolicies } = Object(institution);
  expect(slotReleasePolicies).toEqual([{ ratio: '0.3000', leadShare: '0.6000' }]);
  const { id: departmentId } = departments.find(({ specialty }: never) => Object(specialty).code === 'REHAB');

  // The visit is on 20 January; until the end of the 9th the lead hospital has its places alone.
  journey.travelTo('2025-01-07T09:00:00+08:00');
  const session = {
    institutionId: hospital,
    departmentId,
    practitionerId: personaIds['pr_demo_sec'],
    start: '2025-01-20T08:00:00+08:00',
    end: '2025-01-20T12:00:00+08:00',
    places: 3,
    price: '12.00',
  };
  expect(await townDoctor.isRefused('publishSlots', session)).toEqual(['FORBIDDEN input.institutionId']);
  const published = await hospitalDoctor.does(
    'publishSlots',
    { ...session, idempotencyKey: 'session-20' },
    'slots { id channel currentChannel capacity bookedCount status }',
  );
  const open = { id: expect.stringMatching(/^sl_/), bookedCount: 0, status: 'OPEN' };
  // 35 % of three places in the policy's second year are two, rounded up; the lead hospital's share of them is two.
  expect(published['slots']).toEqual([
    { ...open, channel: 'LEAD_HOSPITAL', currentChannel: 'LEAD_HOSPITAL', capacity: 2 },
    { ...open, channel: 'PUBLIC', currentChannel: 'PUBLIC', capacity: 1 },
  ]);
  expect(await hospitalDoctor.isRefused('publishSlots', session)).toEqual(['SCHEDULE_CONFLICT input.start']);
  const [{ id: slotId }] = Object(published['slots']);
  const slot = async () => {
    const { appointmentSlots } = await townDoctor.asks(
      `{ appointmentSlots(where: { institutionId: { eq: "${hospital}" }, start: { eq: "2025-01-20T08:00:00+08:00" }, channel: { eq: LEAD_HOSPITAL }, departmentId: { eq: "${departmentId}" } }) { nodes { id currentChannel capacity bookedCount status version } } }`,
    );
    return Object(appointmentSlots).nodes;
  };
  const untouched = { id: slotId, capacity: 2, bookedCount: 0, status: 'OPEN', version: 1 };

  const booking = { slotId, residentId: wang };
  expect(await townDoctor.isRefused('bookAppointment', booking)).toEqual(['CHANNEL_CLOSED input.slotId']);
  journey.travelTo('2025-01-09T23:59:59+08:00');
  expect(await townDoctor.isRefused('bookAppointment', booking)).toEqual(['CHANNEL_CLOSED input.slotId']);
  expect(await slot()).toEqual([{ ...untouched, currentChannel: 'LEAD_HOSPITAL' }]);

  journey.travelTo('2025-01-10T00:00:00+08:00');
  expect(await journey.as('city-hospital-doctor').isRefused('bookAppointment', booking)).toEqual([
    'CHANNEL_CLOSED input.slotId',
  ]);
  const book = (residentId: string | undefined) =>
    townDoctor.does(
      'bookAppointment',
      { slotId, residentId, idempotencyKey: `slot for ${residentId}` },
      'appointment { id channel priority status bookedByInstitution { id name } }',
    );
  const booked = await book(wang);
  expect(booked['appointment']).toEqual({
    id: expect.stringMatching(/^ap_/),
    channel: 'ALLIANCE',
    priority: 3,
    status: 'BOOKED',
    bookedByInstitution: { id: town, name: '龙固镇中心卫生院（示例）' },
  });
  expect(await book(wang)).toEqual(booked);
  expect(await townDoctor.isRefused('bookAppointment', booking)).toEqual(['SCHEDULE_CONFLICT input.residentId']);

  const { residents } = await townDoctor.asks('{ residents(first: 2) { nodes { id } } }');
  const [second, third] = Object(residents).nodes.map(({ id }: { id: string }) => id);
  const { id: secondId } = Object((await book(second))['appointment']);
  expect(await townDoctor.isRefused('bookAppointment', { slotId, residentId: third })).toEqual([
    'SLOT_FULL input.slotId',
  ]);
  expect(await slot()).toEqual([
    { ...untouched, currentChannel: 'ALLIANCE', bookedCount: 2, status: 'FULL', version: 3 },
  ]);
  expect(await journey.as('city-hospital-doctor').isRefused('cancelAppointment', { id: secondId })).toEqual([
    'FORBIDDEN input.id',
  ]);
  journey.travelTo('2025-01-10T09:30:00+08:00');
  await townDoctor.does('cancelAppointment', { id: secondId, reason: 'other day' }, 'appointment { status }');
  const { id: thirdId } = Object((await book(third))['appointment']);
  expect(await slot()).toEqual([
    { ...untouched, currentChannel: 'ALLIANCE', bookedCount: 2, status: 'FULL', version: 5 },
  ]);

  const { id } = Object(booked['appointment']);
  journey.travelTo('2025-01-19T08:10:00+08:00');
  expect(await hospitalDoctor.isRefused('checkInAppointment', { id })).toEqual(['VALIDATION_FAILED input.id']);
  journey.travelTo('2025-01-20T07:50:00+08:00');
  expect(await townDoctor.isRefused('checkInAppointment', { id })).toEqual(['FORBIDDEN input.id']);
  const came = await hospitalDoctor.does('checkInAppointment', { id }, 'appointment { status checkedInAt version }');
  expect(came['appointment']).toEqual({ status: 'CHECKED_IN', checkedInAt: '2025-01-20T07:50:00+08:00', version: 2 });
  expect(await hospitalDoctor.isRefused('checkInAppointment', { id })).toEqual(['INVALID_TRANSITION input.id']);
  const queue = async () => {
    const { admissionQueue } = await hospitalDoctor.asks(
      `{ admissionQueue(institutionId: "${hospital}") { position priority resident { id } appointment { id status } } }`,
    );
    return admissionQueue;
  };
  const waiting = { priority: 3, resident: { id: third }, appointment: { id: thirdId, status: 'BOOKED' } };
  expect(await queue()).toEqual([
    { position: 1, priority: 3, resident: { id: wang }, appointment: { id, status: 'CHECKED_IN' } },
    { position: 2, ...waiting },
  ]);

  journey.travelTo('2025-01-20T08:40:00+08:00');
  await hospitalDoctor.does(
    'recordEncounter',
    {
      residentId: wang,
      class: 'OUTPATIENT',
      institutionId: hospital,
      departmentId,
      startedAt: '2025-01-20T08:10:00+08:00',
      endedAt: '2025-01-20T08:40:00+08:00',
      diagnoses: [{ code: 'I69.3', kind: 'MAIN' }],
      outpatient: { appointmentId: id, waitingMinutes: 20 },
    },
    'encounter { id }',
  );
  expect(await queue()).toEqual([{ position: 1, ...waiting }]);
  const { resident } = await townDoctor.asks(
    `{ resident(id: "${wang}") { name appointments(where: { status: { eq: SERVED } }) { nodes { id status slot { id practitioner { name } department { name } } bookedByInstitution { id } } } } }`,
  );
  expect(resident).toEqual({
    name: '王某',
    appointments: {
      nodes: [
        {
          id,
          status: 'SERVED',
          slot: { id: slotId, practitioner: { name: '姜天佑' }, department: { name: '康复医学科' } },
          bookedByInstitution: { id: town },
        },
      ],
    },
  });
  expect(await slot()).toEqual([
    { ...untouched, currentChannel: 'PUBLIC', bookedCount: 2, status: 'FULL', version: 5 },
  ]);
});
