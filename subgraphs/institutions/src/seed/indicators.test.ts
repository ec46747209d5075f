import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { assessResources, raiseAlerts } from './assessments.ts';
import { fillIndicatorSnapshots } from './indicators.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
  await database.sql.begin(async (sql) =>
    fillIndicatorSnapshots(sql, { years: [2023, 2024], asOf: '2024-12-31T23:59:59+08:00' }),
  );
});
afterAll(() => database.close());

function snapshots(type: string, id: string, periodType: string, from: string, to: string, fields: string) {
  const query = `{ indicatorSnapshots(subjectType: ${type}, subjectIds: ["${id}"], periodType: ${periodType}, from: "${from}", to: "${to}") { ${fields} } }`;
  return ask(subgraph, query);
}

test('encounters, referrals and the rest are counted by month, quarter and year where they happened', async () => {
  const fields = `period visits primaryVisits emergencyVisits homeVisits onlineConsultations firstContacts bookedVisits waitingMinutes
    visitCost admissions discharges bedDays stayCost referralsUp referralsDown timelyReferrals prescriptions longPrescriptions reports`;
  const inMay = {
    visits: 4,
    primaryVisits: 3,
    emergencyVisits: 1,
    homeVisits: 1,
    onlineConsultations: 0,
    firstContacts: 5,
    bookedVisits: 1,
    waitingMinutes: 12,
    visitCost: '346.00',
    admissions: 1,
    discharges: 1,
    bedDays: 8,
    stayCost: '86.50',
    referralsUp: 1,
    referralsDown: 1,
    timelyReferrals: 2,
    prescriptions: 1,
    longPrescriptions: 1,
    reports: 1,
  };
  const inQuarter = {
    ...inMay,
    visits: 5,
    primaryVisits: 4,
    onlineConsultations: 1,
    firstContacts: 6,
    visitCost: '432.50',
  };
  expect([
    await snapshots('REGION', '320322', 'MONTH', '2024-05', '2024-05', fields),
    await snapshots('REGION', '320322', 'QUARTER', '2024-Q2', '2024-Q2', fields),
    await snapshots('ALLIANCE', 'al_ONE', 'YEAR', '2024', '2024', 'period visits villageVisits admissions'),
    await snapshots(
      'INSTITUTION',
      'in_LEAD',
      'YEAR',
      '2023',
      '2024',
      'period visits slotsTotal slotsReleased slotsReleasedUsed',
    ),
  ]).toEqual([
    { data: { indicatorSnapshots: [{ period: '2024-05', ...inMay }] } },
    { data: { indicatorSnapshots: [{ period: '2024-Q2', ...inQuarter }] } },
    // The township hospital has left the sample's alliance, so that only the lead hospital's count.
    { data: { indicatorSnapshots: [{ period: '2024', visits: 1, villageVisits: 0, admissions: 1 }] } },
    {
      data: {
        indicatorSnapshots: [
          { period: '2023', visits: 0, slotsTotal: 0, slotsReleased: 0, slotsReleasedUsed: 0 },
          { period: '2024', visits: 1, slotsTotal: 2, slotsReleased: 1, slotsReleasedUsed: 1 },
        ],
      },
    },
  ]);
});

test('what stands is counted for every subject, what only alliances have for alliances', async () => {
  const fields = `institutions primaryInstitutions coveredPrimaryInstitutions villageClinics openBeds primaryBeds capabilityScore capabilityAttained
    alliances sharedCentreKinds keySpecialties unifiedManagement emergencyCentreKinds systemsExpected systemsConnected centralTownInstitutions
    equipmentOpenMinutes equipmentUsedMinutes sharedExams recognitionDecisions recognisedReports avoidedCost remoteDiagnoses leadHospitals pairedLeadHospitals`;
  expect(await snapshots('REGION', '320322', 'MONTH', '2024-05', '2024-05', fields)).toEqual({
    data: {
      indicatorSnapshots: [
        {
          institutions: 3,
          primaryInstitutions: 2,
          coveredPrimaryInstitutions: 1,
          villageClinics: 1,
          openBeds: 540,
          primaryBeds: 40,
          capabilityScore: '91.25',
          capabilityAttained: 1,
          alliances: 1,
          sharedCentreKinds: 1,
          keySpecialties: 1,
          unifiedManagement: 3,
          emergencyCentreKinds: 1,
          systemsExpected: 1,
          systemsConnected: 1,
          centralTownInstitutions: 1,
          equipmentOpenMinutes: 2524,
          equipmentUsedMinutes: 90,
          sharedExams: 1,
          recognitionDecisions: 1,
          recognisedReports: 0,
          avoidedCost: '0.00',
          remoteDiagnoses: 1,
          leadHospitals: 1,
          pairedLeadHospitals: 1,
        },
      ],
    },
  });
});

test('resources are assessed by county and year from the stored rows, and breaches of rules raise alerts once', async () => {
  await database.sql`delete from resource_assessments`;
  await database.sql`update indicator_snapshots set discharges = 6, bed_days = 60, readmissions31 = 0
    where subject_type = 'INSTITUTION' and subject_id = 'in_LEAD' and period = '2024-05'`;
  const raised = await database.sql.begin(async (sql) => {
    await assessResources(sql);
    return raiseAlerts(sql, '2024-12-31T23:59:59+08:00');
  });
  const query = `{
    resourceAssessments(regionCode: "320322", orderBy: [{ field: period }]) { nodes { period institutionCount beds equipmentCount demandGrowth
      diseaseSpectrum { rank disease { code } encounters share } } }
    supervisionAlerts(where: { institutionId: { eq: "in_LEAD" } }) { nodes { ruleId value threshold period raisedAt status } }
  }`;
  expect([raised, await ask(subgraph, query)]).toEqual([
    1,
    {
      data: {
        resourceAssessments: {
          nodes: [
            {
              period: '2023',
              institutionCount: 3,
              beds: 540,
              equipmentCount: 1,
              demandGrowth: null,
              diseaseSpectrum: [],
            },
            {
              period: '2024',
              institutionCount: 3,
              beds: 540,
              equipmentCount: 1,
              demandGrowth: null,
              diseaseSpectrum: [{ rank: 1, disease: { code: 'I10' }, encounters: 6, share: '100.00' }],
            },
          ],
        },
        supervisionAlerts: {
          nodes: [
            {
              ruleId: 'ALOS',
              value: '10.00',
              threshold: '9.00',
              period: '2024-05',
              raisedAt: '2024-06-01T08:00:00+08:00',
              status: 'EXPLAINED',
            },
          ],
        },
      },
    },
  ]);
});
