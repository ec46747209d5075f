import { createHash } from 'node:crypto';
import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerLike, databaseOf, startJourney, type Journey } from './journey.ts';

const { rs_demo_wang: wang, in_pei_1: hospital, in_pei_longgu: town } = personaIds;
let journey: Journey;
let clinic: string;
beforeAll(async () => {
  journey = await startJourney({
    callers: async (databases) => {
      const [doctor] = await databaseOf(databases, 'personnel').sql`
        select p.id, i.id as clinic from practitioners p join institution_projections i on i.id = p.primary_institution_id
        where i.parent_id = ${town ?? ''} and i.class = 'D600' and i.status = 'ACTIVE' and p.status = 'ACTIVE' order by 1 limit 1`;
      clinic = String(doctor?.['clinic']);
      const who = { practitionerId: String(doctor?.['id']), institutionId: clinic };
      return [callerLike('family-doctor', 'village-doctor', who)];
    },
  });
});
afterAll(() => journey.close());

const stroke = { code: 'I63.9', kind: 'MAIN' };
/** A document of the resident; its content is of nobody's interest here, but each is another. */
const paper = (institutionId: string | undefined, type: string) => ({
  residentId: wang,
  institutionId,
  type,
  sha256: createHash('sha256').update(`${institutionId} ${type}`).digest('hex'),
  storageUri: 's3://papers/wang',
});

test('a stroke patient goes from the village to the county by the green channel, and home through rehabilitation', async () => {
  const villageDoctor = journey.as('village-doctor');
  const townDoctor = journey.as('family-doctor');
  const hospitalDoctor = journey.as('hospital-doctor');

  // The village doctor sees the face and the arm, notes a stroke, and calls the green channel at once.
  journey.travelTo('2025-01-06T08:00:00+08:00');
  const seen = await villageDoctor.does(
    'recordEncounter',
    {
      residentId: wang,
      class: 'EMERGENCY',
      institutionId: clinic,
      startedAt: '2025-01-06T07:40:00+08:00',
      endedAt: '2025-01-06T08:00:00+08:00',
      diagnoses: [stroke],
      emergency: { triageLevel: 1, disposition: 'TRANSFER' },
    },
    'encounter { id isFirstContact }',
  );
  const { id: summaryId } = Object(
    (await villageDoctor.does('recordDocument', paper(clinic, '01'), 'careDocument { id }'))['careDocument'],
  );
  const { suggestReferralTargets: targets } = await villageDoctor.asks(
    `{ suggestReferralTargets(fromInstitutionId: "${clinic}", icd10: "I63.9", urgency: EMERGENCY, first: 1) { institution { id } canTreat isOwnLead } }`,
  );
  expect(targets).toEqual([{ institution: { id: hospital }, canTreat: true, isOwnLead: true }]);

  const form = {
    residentId: wang,
    fromId: clinic,
    toId: hospital,
    direction: 'UP',
    reason: 'ACUTE_CRITICAL',
    urgency: 'EMERGENCY',
    diagnosis: stroke,
    consentId: 'co_6EMJFWX1Z15N_1',
  };
  const draft = await villageDoctor.does(
    'createReferral',
    { ...form, fromEncounterId: Object(seen['encounter']).id, documentIds: [summaryId], idempotencyKey: 'wang-stroke' },
    'referral { id status }',
  );
  const { id: upId } = Object(draft['referral']);
  const again = await villageDoctor.does(
    'createReferral',
    { ...form, fromEncounterId: Object(seen['encounter']).id, documentIds: [summaryId], idempotencyKey: 'wang-stroke' },
    'referral { id status }',
  );
  expect(again).toEqual(draft);
  const sent = await villageDoctor.does(
    'submitReferral',
    { id: upId },
    'referral { status greenChannel scope referrer { id name primaryInstitution { id } } }',
  );
  expect(sent['referral']).toMatchObject({
    status: 'ACCEPTED',
    greenChannel: true,
    scope: 'INTRA_ALLIANCE',
    referrer: { primaryInstitution: { id: clinic } },
  });

  journey.travelTo('2025-01-06T08:50:00+08:00');
  const stay = await hospitalDoctor.does(
    'recordEncounter',
    {
      residentId: wang,
      class: 'INPATIENT',
      institutionId: hospital,
      startedAt: '2025-01-06T08:45:00+08:00',
      diagnoses: [stroke],
      referralId: upId,
      inpatient: { bedClass: 'ICU', admittedFrom: '3' },
    },
    'encounter { id }',
  );
  const { id: stayId } = Object(stay['encounter']);
  const step = (
    doctor: typeof townDoctor,
    id: string,
    event: string,
    more: object = {},
    selection = 'referral { status timely }',
  ) => doctor.does('transitionReferral', { id, event, ...more }, selection);
  expect(await step(hospitalDoctor, upId, 'ARRIVE', { encounterId: stayId })).toMatchObject({
    referral: { status: 'ARRIVED', timely: true },
  });
  await step(hospitalDoctor, upId, 'START_TREATMENT');

  journey.travelTo('2025-01-16T10:00:00+08:00');
  const down = await step(
    hospitalDoctor,
    upId,
    'PROPOSE_DOWN',
    {},
    'referral { status } downReferral { id to { id } dueAt }',
  );
  expect(down).toMatchObject({
    referral: { status: 'DOWN_PROPOSED' },
    downReferral: { to: { id: town }, dueAt: '2025-01-18T10:00:00+08:00' },
  });
  await hospitalDoctor.does(
    'recordDischarge',
    { encounterId: stayId, dischargeMode: '3', diagnoses: [stroke], totalCost: '18650.00' },
    'inpatientStay { id endedAt lengthOfStay }',
  );
  const { id: dischargeSummaryId } = Object(
    (await hospitalDoctor.does('recordDocument', paper(hospital, '53'), 'careDocument { id }'))['careDocument'],
  );
  await step(hospitalDoctor, upId, 'COMPLETE', { outcome: 'IMPROVED', dischargeSummaryId });

  journey.travelTo('2025-01-16T15:00:00+08:00');
  const { id: downId } = Object(down['downReferral']);
  await step(townDoctor, downId, 'ACCEPT');
  const rehab = await townDoctor.does(
    'recordEncounter',
    {
      residentId: wang,
      class: 'HOME',
      institutionId: town,
      startedAt: '2025-01-16T14:30:00+08:00',
      diagnoses: [{ code: 'Z50.1', kind: 'MAIN' }],
      home: { services: ['REHAB'] },
    },
    'encounter { id }',
  );
  await step(townDoctor, downId, 'ARRIVE', { encounterId: Object(rehab['encounter']).id });
  await step(townDoctor, downId, 'START_TREATMENT');
  journey.travelTo('2025-02-13T09:00:00+08:00');
  const { id: endSummaryId } = Object(
    (await townDoctor.does('recordDocument', paper(town, '53'), 'careDocument { id }'))['careDocument'],
  );
  await step(townDoctor, downId, 'COMPLETE', { outcome: 'CURED', dischargeSummaryId: endSummaryId });

  const { referral } = await townDoctor.asks(
    `{ referral(id: "${upId}") { timely resident { id name contract { familyDoctor { id } } }
      toEncounter { id institution { id } } episode { closed closedAt days rehabInstitution { id name } stages { stage at } referrals { id direction status } } } }`,
  );
  expect(referral).toMatchObject({
    timely: true,
    resident: { id: wang, contract: { familyDoctor: { id: personaIds['pr_demo_gp'] } } },
    toEncounter: { id: stayId, institution: { id: hospital } },
    episode: {
      closed: true,
      closedAt: '2025-02-13T09:00:00+08:00',
      days: 38,
      rehabInstitution: { id: town },
      stages: [
        { stage: 'UP', at: '2025-01-06T08:00:00+08:00' },
        { stage: 'TREATMENT', at: '2025-01-06T08:50:00+08:00' },
        { stage: 'DOWN', at: '2025-01-16T10:00:00+08:00' },
        { stage: 'REHAB', at: '2025-01-16T15:00:00+08:00' },
      ],
      referrals: [
        { id: upId, direction: 'UP', status: 'COMPLETED' },
        { id: downId, direction: 'DOWN', status: 'COMPLETED' },
      ],
    },
  });
});
