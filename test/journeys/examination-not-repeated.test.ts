import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerLike, databaseOf, startJourney, type Journey } from './journey.ts';

/** Ms Chen is of Ningbo (domain.md 8.9): her county hospital and the city's are found by her chest CT of 2024 (TV-52), which the seed holds. */
let journey: Journey;
let chen = '';
let hospital: Place;
let cityHospital: Place;
beforeAll(async () => {
  journey = await startJourney({
    place: 'ningbo',
    callers: async (databases) => {
      const [seeded] = await databaseOf(databases, 'institutions').sql`
        select r.resident_id, r.performed_at_id, o.name as performed_at, d.at_institution_id, i.name as at_institution
        from diagnostic_reports r
        join recognition_decisions d on d.resident_id = r.resident_id and d.report_no = r.no and d.avoided_price = 320
        join institutions o on o.id = r.performed_at_id join institutions i on i.id = d.at_institution_id
        where r.item = 'CT_CHEST' and r.performed_time::date = '2024-03-01'`;
      chen = String(seeded?.['resident_id']);
      hospital = { id: String(seeded?.['performed_at_id']), name: String(seeded?.['performed_at']) };
      cityHospital = { id: String(seeded?.['at_institution_id']), name: String(seeded?.['at_institution']) };
      const [doctor] = await databaseOf(databases, 'personnel').sql`
        select id from practitioners where primary_institution_id = ${hospital.id} and category = 'PHYSICIAN' order by id limit 1`;
      const practitionerId = String(doctor?.['id']);
      const county = { practitionerId, institutionId: hospital.id };
      return [
        callerLike('city-hospital-doctor', 'county-doctor', county),
        callerLike('city-hospital-doctor', 'city-doctor', { institutionId: cityHospital.id }),
        callerLike('city-hospital-doctor', 'town-doctor', { practitionerId, institutionId: 'in_ELSEWHERE' }),
      ];
    },
  });
}, 240_000);
afterAll(() => journey.close());

interface Place {
  readonly id: string;
  readonly name: string;
}

const chest = { item: 'CT_CHEST', bodySite: 'chest', method: 'CT' };

test('a CT of the county hospital is recognised in the city, and one that is repeated without a reason shows as a duplicate', async () => {
  const countyDoctor = journey.as('county-doctor');
  const cityDoctor = journey.as('city-doctor');

  journey.travelTo('2025-03-01T10:00:00+08:00');
  const report = {
    residentId: chen,
    ...chest,
    performedAtId: hospital.id,
    performedTime: '2025-03-01T09:00:00+08:00',
    qualityGrade: 'PROVINCE',
    conclusion: 'no focus',
    price: '280.00',
  };
  expect(await cityDoctor.isRefused('recordReport', report)).toEqual(['FORBIDDEN input.performedAtId']);
  expect(await countyDoctor.isRefused('recordReport', { ...report, item: 'CT_SOUL' })).toEqual([
    'VALIDATION_FAILED input.item',
  ]);
  const reportText =
    'diagnosticReport { id status validUntil duplicateOf { id } performedAt { id name } item { code } }';
  const made = await countyDoctor.does('recordReport', { ...report, idempotencyKey: 'chen-ct' }, reportText);
  expect(await countyDoctor.does('recordReport', { ...report, idempotencyKey: 'chen-ct' }, reportText)).toEqual(made);
  const { id: reportId } = Object(made['diagnosticReport']);
  expect(made['diagnosticReport']).toEqual({
    id: expect.stringMatching(/^dr_/),
    status: 'FINAL',
    validUntil: '2025-04-30T09:00:00+08:00',
    duplicateOf: null,
    performedAt: { id: hospital.id, name: hospital.name },
    item: { code: 'CT_CHEST' },
  });

  // 45 days later, in the city; on the sixtieth day it would be too old.
  journey.travelTo('2025-04-15T09:00:00+08:00');
  const check = async (at?: string, method = 'CT') => {
    const { recognitionCheck } = await cityDoctor.asks(
      `query ($at: DateTime, $method: String) { recognitionCheck(residentId: "${chen}", itemCode: "CT_CHEST", institutionId: "${cityHospital.id}", at: $at, site: "chest", method: $method) {
        recognisable reason validUntil report { id performedAt { id } } } }`,
      { at, method },
    );
    return recognitionCheck;
  };
  const found = { report: { id: reportId, performedAt: { id: hospital.id } }, validUntil: '2025-04-30T09:00:00+08:00' };
  expect(await check()).toEqual({ recognisable: true, reason: null, ...found });
  expect(await check('2025-04-30T08:59:59+08:00')).toMatchObject({ recognisable: true });
  expect(await check('2025-04-30T09:00:00+08:00')).toMatchObject({ recognisable: false, reason: 'EXPIRED' });
  expect(await check(undefined, 'MRI')).toMatchObject({ recognisable: false, reason: 'SITE_OR_METHOD' });

  const visit = async (startedAt: string) => {
    const { encounter } = await cityDoctor.does(
      'recordEncounter',
      {
        residentId: chen,
        class: 'OUTPATIENT',
        institutionId: cityHospital.id,
        startedAt,
        diagnoses: [{ code: 'J18.9', kind: 'MAIN' }],
      },
      'encounter { id }',
    );
    return Object(encounter).id;
  };
  const { practitioners } = await cityDoctor.asks(
    `{ practitioners(where: { primaryInstitutionId: { eq: "${cityHospital.id}" }, category: { eq: PHYSICIAN } }, first: 1) { nodes { id } } }`,
  );
  const firstVisit = await visit('2025-04-15T08:30:00+08:00');
  const decision = {
    reportId,
    encounterId: firstVisit,
    institutionId: cityHospital.id,
    decision: 'RECOGNISED',
    practitionerId: Object(practitioners).nodes[0].id,
    price: '320.00',
    effectiveRatio: '0.65',
  };
  const isRefused = (more: object, persona = 'city-doctor') =>
    journey.as(persona).isRefused('recordRecognition', { ...decision, ...more });
  expect(await isRefused({}, 'town-doctor')).toEqual([
    'FORBIDDEN input.practitionerId',
    'FORBIDDEN input.institutionId',
  ]);
  expect(await isRefused({ institutionId: hospital.id }, 'county-doctor')).toEqual([
    'FORBIDDEN input.practitionerId',
    'VALIDATION_FAILED input.institutionId',
    'NOT_FOUND input.encounterId',
  ]);
  expect(await isRefused({ reason: 'OTHER', price: null, effectiveRatio: '1.2' })).toEqual([
    'VALIDATION_FAILED input.reason',
    'VALIDATION_FAILED input.price',
    'VALIDATION_FAILED input.effectiveRatio',
  ]);
  expect(await isRefused({ decision: 'NOT_RECOGNISED', price: null, effectiveRatio: null })).toEqual([
    'VALIDATION_FAILED input.reason',
  ]);
  const recognised = await cityDoctor.does(
    'recordRecognition',
    decision,
    'recognitionDecision { id decision reason avoidedPrice fundSaved personSaved at report { id } atInstitution { name } }',
  );
  expect(recognised['recognitionDecision']).toEqual({
    id: expect.stringMatching(/^rd_/),
    decision: 'RECOGNISED',
    reason: null,
    avoidedPrice: '320.00',
    fundSaved: '208.00',
    personSaved: '112.00',
    at: '2025-04-15T09:00:00+08:00',
    report: { id: reportId },
    atInstitution: { name: cityHospital.name },
  });
  expect(await isRefused({})).toEqual(['INVALID_TRANSITION input.reportId']);

  // Three days later the city hospital examines again, and says no word why.
  journey.travelTo('2025-04-18T11:00:00+08:00');
  const repeat = async (encounterId: string, performedTime: string) => {
    const { diagnosticReport } = await cityDoctor.does(
      'recordReport',
      { ...report, performedAtId: cityHospital.id, encounterId, performedTime, qualityGrade: 'CITY', price: '320.00' },
      'diagnosticReport { id duplicateOf { id performedAt { name } } }',
    );
    return Object(diagnosticReport);
  };
  const secondVisit = await visit('2025-04-18T09:00:00+08:00');
  const duplicate = await repeat(secondVisit, '2025-04-18T10:00:00+08:00');
  expect(duplicate).toEqual({
    id: expect.stringMatching(/^dr_/),
    duplicateOf: { id: reportId, performedAt: { name: hospital.name } },
  });

  // A week later Ms Chen coughs blood: that is a reason, and it is stored before the examination.
  journey.travelTo('2025-04-25T11:00:00+08:00');
  const thirdVisit = await visit('2025-04-25T09:00:00+08:00');
  const changed = { decision: 'NOT_RECOGNISED', reason: 'CONDITION_CHANGED', price: null, effectiveRatio: null };
  await cityDoctor.does(
    'recordRecognition',
    { ...decision, ...changed, encounterId: thirdVisit },
    'recognitionDecision { id }',
  );
  const repeated = await repeat(thirdVisit, '2025-04-25T10:00:00+08:00');
  expect(repeated).toEqual({ id: expect.stringMatching(/^dr_/), duplicateOf: null });

  const { diagnosticReports } = await countyDoctor.asks(
    `{ diagnosticReports(residentId: "${chen}", where: { item: { eq: "CT_CHEST" } }, orderBy: [{ field: performedTime, direction: ASC }]) {
        nodes { id price performedAt { id } duplicateOf { id } recognitionDecisions { decision reason avoidedPrice encounter { id } } } } }`,
  );
  const ofCity = { price: '320.00', performedAt: { id: cityHospital.id }, recognitionDecisions: [] };
  const seeded = [{ decision: 'RECOGNISED', reason: null, avoidedPrice: '320.00', encounter: expect.anything() }];
  const lastYear = {
    price: '280.00',
    performedAt: { id: hospital.id },
    duplicateOf: null,
    recognitionDecisions: seeded,
  };
  expect(diagnosticReports).toEqual({
    nodes: [
      { ...lastYear, id: expect.stringMatching(/^dr_/) },
      {
        id: reportId,
        price: '280.00',
        performedAt: { id: hospital.id },
        duplicateOf: null,
        recognitionDecisions: [
          { decision: 'RECOGNISED', reason: null, avoidedPrice: '320.00', encounter: { id: firstVisit } },
          {
            decision: 'NOT_RECOGNISED',
            reason: 'CONDITION_CHANGED',
            avoidedPrice: null,
            encounter: { id: thirdVisit },
          },
        ],
      },
      { ...ofCity, id: duplicate.id, duplicateOf: { id: reportId } },
      { ...ofCity, id: repeated.id, duplicateOf: null },
    ],
  });
});
