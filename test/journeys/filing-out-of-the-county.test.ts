import { createHash } from 'node:crypto';
import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { rs_demo_wang: wang, in_pei_1: hospital, in_xuzhou_1: cityHospital } = personaIds;
const aneurysm = { code: 'I67.1', kind: 'MAIN' };
const paper = (institutionId: string | undefined, type: string) => ({
  residentId: wang,
  institutionId,
  type,
  sha256: createHash('sha256').update(`${institutionId} ${type}`).digest('hex'),
  storageUri: 's3://papers/wang',
});

/** How long a change may take from one subgraph to another. */
const patience = { timeout: 20_000, interval: 200 };

test('a referral out of the county is filed with insurance once it is approved and accepted, and the stay calls for a follow-up', async () => {
  const countyDoctor = journey.as('hospital-doctor');
  const cityDoctor = journey.as('city-hospital-doctor');
  const commission = journey.as('health-commission');
  const told = async () => {
    const { resident } = await commission.asks(
      `{ resident(id: "${wang}") {
        outOfAreaFilings { status from to toInstitution { id name } referral { id status } }
        dischargeFollowUps { dischargedOn dueBy institution { id name } encounter { id } followUp { id } } } }`,
    );
    return Object(resident);
  };
  const before = await told();
  expect(before).toMatchObject({ outOfAreaFilings: [], dischargeFollowUps: [{ dischargedOn: '2023-05-22' }] });

  journey.travelTo('2025-02-03T09:00:00+08:00');
  const form = {
    residentId: wang,
    fromId: hospital,
    toId: cityHospital,
    direction: 'UP',
    reason: 'CAPABILITY',
    diagnosis: aneurysm,
    consentId: 'co_6EMJFWX1Z15N_1',
  };
  expect(await journey.as('family-doctor').isRefused('createReferral', form)).toEqual(['FORBIDDEN input.fromId']);
  expect(await countyDoctor.isRefused('createReferral', { ...form, consentId: null })).toEqual([
    'CONSENT_REQUIRED input.consentId',
  ]);
  const draft = async () => {
    const { referral } = await countyDoctor.does('createReferral', form, 'referral { id }');
    return String(Object(referral).id);
  };
  const { id: summaryId } = Object(
    (await countyDoctor.does('recordDocument', paper(hospital, '01'), 'careDocument { id }'))['careDocument'],
  );
  const submit = (id: string) =>
    countyDoctor.does(
      'submitReferral',
      { id, documentIds: [summaryId] },
      'referral { status scope greenChannel dueAt }',
    );
  const step = (id: string, event: string, more: object = {}) =>
    cityDoctor.does('transitionReferral', { id, event, ...more }, 'referral { id status timely }');

  const first = await draft();
  expect(await countyDoctor.isRefused('submitReferral', { id: first })).toEqual([
    'VALIDATION_FAILED input.documentIds',
  ]);
  const submitted = {
    status: 'SUBMITTED',
    scope: 'OUT_OF_COUNTY',
    greenChannel: false,
    dueAt: '2025-02-04T09:00:00+08:00',
  };
  expect(await submit(first)).toMatchObject({ referral: submitted });

  // The city may not take the resident before the county has approved; and then it has no bed.
  const accepting = { id: first, event: 'ACCEPT' };
  expect(await cityDoctor.isRefused('transitionReferral', accepting)).toEqual(['INVALID_TRANSITION input.event']);
  expect(await countyDoctor.isRefused('approveOutOfCounty', { id: first })).toEqual(['FORBIDDEN input.id']);
  const approve = (id: string) =>
    commission.does('approveOutOfCounty', { id }, 'referral { status approvedAt version }');
  const approved = { status: 'SUBMITTED', approvedAt: '2025-02-03T09:00:00+08:00', version: 3 };
  expect(await approve(first)).toMatchObject({ referral: approved });
  expect(await commission.isRefused('approveOutOfCounty', { id: first })).toEqual(['INVALID_TRANSITION input.id']);
  expect(await countyDoctor.isRefused('transitionReferral', accepting)).toEqual(['FORBIDDEN input.id']);
  expect(await cityDoctor.isRefused('transitionReferral', { id: first, event: 'REJECT' })).toEqual([
    'VALIDATION_FAILED input.reason',
  ]);
  await step(first, 'REJECT', { reason: 'no bed' });
  expect(await cityDoctor.isRefused('transitionReferral', accepting)).toEqual(['INVALID_TRANSITION input.event']);

  const id = await draft();
  await submit(id);
  await approve(id);
  expect(await step(id, 'ACCEPT')).toMatchObject({ referral: { id, status: 'ACCEPTED' } });
  // Insurance learns it from the change log, in the order of what happened: the rejected one left no filing.
  const xuzhou = { id: cityHospital, name: '徐州市第一综合医院（示例）' };
  const filing = { status: 'ACTIVE', from: '2025-02-03', to: null, toInstitution: xuzhou };
  await vi.waitFor(
    async () =>
      expect(await told()).toEqual({
        ...before,
        outOfAreaFilings: [{ ...filing, referral: { id, status: 'ACCEPTED' } }],
      }),
    patience,
  );

  journey.travelTo('2025-02-05T10:00:00+08:00');
  const stay = await cityDoctor.does(
    'recordEncounter',
    {
      residentId: wang,
      class: 'INPATIENT',
      institutionId: cityHospital,
      startedAt: '2025-02-05T09:30:00+08:00',
      diagnoses: [aneurysm],
      referralId: id,
      inpatient: { bedClass: 'GENERAL', admittedFrom: '3' },
    },
    'encounter { id }',
  );
  const { id: stayId } = Object(stay['encounter']);
  expect(await step(id, 'ARRIVE', { encounterId: stayId })).toMatchObject({
    referral: { status: 'ARRIVED', timely: true },
  });
  await step(id, 'START_TREATMENT');
  journey.travelTo('2025-02-14T10:00:00+08:00');
  const discharge = {
    encounterId: stayId,
    dischargeMode: '1',
    diagnoses: [aneurysm],
    totalCost: '86000.00',
  };
  expect(await countyDoctor.isRefused('recordDischarge', discharge)).toEqual(['FORBIDDEN input.encounterId']);
  await cityDoctor.does('recordDischarge', discharge, 'inpatientStay { id }');
  expect(await cityDoctor.isRefused('recordDischarge', discharge)).toEqual(['INVALID_TRANSITION input.encounterId']);
  const { id: endSummaryId } = Object(
    (await cityDoctor.does('recordDocument', paper(cityHospital, '53'), 'careDocument { id }'))['careDocument'],
  );
  await step(id, 'COMPLETE', { outcome: 'IMPROVED', dischargeSummaryId: endSummaryId });

  // The filing has ended with the referral, and public health owes Mr Wang a follow-up within seven days.
  await vi.waitFor(
    async () =>
      expect(await told()).toEqual({
        outOfAreaFilings: [{ ...filing, status: 'ENDED', to: '2025-02-14', referral: { id, status: 'COMPLETED' } }],
        dischargeFollowUps: [
          {
            dischargedOn: '2025-02-14',
            dueBy: '2025-02-21',
            institution: xuzhou,
            encounter: { id: stayId },
            followUp: null,
          },
          ...before.dischargeFollowUps,
        ],
      }),
    patience,
  );
});
