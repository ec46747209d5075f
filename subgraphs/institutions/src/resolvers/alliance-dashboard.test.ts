import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createTestDatabase, type Database, type Db, sealed, type SqlEvent, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import type { ReferralDirection, ReferralStatus } from '../schema-types.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { allianceMemberships, alliances } from '../tables/alliance.ts';
import { appointmentSlots } from '../tables/appointment.ts';
import { encounters } from '../tables/encounter.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { bedStats } from '../tables/place.ts';
import { supervisionAlerts } from '../tables/planning.ts';
import { referralEpisodes, referrals } from '../tables/referral.ts';
import { diagnosticReports, recognitionDecisions } from '../tables/report.ts';

/** A county hospital, a township hospital, and one that has left on 16 May: members of an alliance of their own. */
const [hospital, town, former] = ['in_DA', 'in_DB', 'in_DC'];
const monday = '2024-05-06T09:00:00+08:00';
const updatedAt = monday;
const juneFirst = '2024-06-01T00:00:00+08:00';
const minute = 60_000;
let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  const { db } = database;
  await insertSampleRows(db);
  await insertAlliance(db);
  await insertCare(db);
  await insertReferrals(db);
  await insertRecognition(db);
  await insertEquipment(db);
  await insertSlots(db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

async function insertAlliance(db: Db): Promise<void> {
  for (const [id, like] of [
    [hospital, 'in_LEAD'],
    [town, 'in_TOWN'],
    [former, 'in_TOWN'],
  ] as const) {
    await database.sql`insert into institutions (id, name, class, level, tier, ownership, non_profit, duties, region_code, integrated_management, status, updated_at)
      select ${id}, name, class, level, tier, ownership, non_profit, duties, region_code, integrated_management, status, updated_at
      from institutions where id = ${like}`;
  }
  const [sample] = await one(db.select().from(alliances));
  // The divisions above are computed.
  const generated = { provinceCode: undefined, cityCode: undefined, countyCode: undefined, townshipCode: undefined };
  const alliance = { ...sample, ...generated, id: 'al_DASH', leadId: hospital, dissolvedOn: null };
  await db.insert(alliances).values(alliance);
  const member = { allianceId: 'al_DASH', role: 'MEMBER' as const, joinedOn: '2019-01-01', integratedFinance: true };
  await db.insert(allianceMemberships).values([
    { ...member, id: 'am_DA', institutionId: hospital, tier: 'COUNTY', role: 'LEAD' },
    { ...member, id: 'am_DB', institutionId: town, tier: 'TOWNSHIP' },
    { ...member, id: 'am_DC', institutionId: former, tier: 'TOWNSHIP', leftOn: '2024-05-16' },
  ]);
  const beds = { class: 'GENERAL' as const, physical: 100, updatedAt };
  await db.insert(bedStats).values([
    { ...beds, institutionId: hospital, open: 100, occupied: 80 },
    { ...beds, institutionId: town, open: 20, occupied: 5 },
    { ...beds, institutionId: former, open: 30, occupied: 30 },
  ]);
  const [alert] = await one(db.select().from(supervisionAlerts));
  await db.insert(supervisionAlerts).values([
    { ...alert, id: 'sa_D1', institutionId: hospital, status: 'OPEN' },
    { ...alert, id: 'sa_D2', institutionId: hospital, ruleId: 'ALOS', status: 'CLOSED' },
    { ...alert, id: 'sa_D3', institutionId: town, status: 'EXPLAINED' },
    { ...alert, id: 'sa_D4', institutionId: former, status: 'OPEN' },
  ]);
}

/** The rows of a statement, of which there must be one at least. */
async function one<R>(rows: PromiseLike<readonly R[]>): Promise<readonly [R]> {
  const [row] = await rows;
  if (row === undefined) throw new TypeError('the sample has no such row');
  return [row];
}

const encounter = {
  visitNo: sealed(sampleKeys, 'D'),
  startedAt: monday,
  diagnoses: [],
  procedures: [],
  isFirstContact: false,
  updatedAt,
};

async function insertCare(db: Db): Promise<void> {
  const kinds = [
    [hospital, 'OUTPATIENT', 3],
    [hospital, 'EMERGENCY', 1],
    [hospital, 'INPATIENT', 2],
    [town, 'OUTPATIENT', 4],
    [town, 'HOME', 1],
    [former, 'OUTPATIENT', 1],
  ] as const;
  const all = kinds.flatMap(([institutionId, kind, count]) =>
    Array.from({ length: count }, () => ({ ...encounter, institutionId, class: kind })),
  );
  const outside = ['2024-04-30T23:59:59+08:00', '2024-06-01T00:00:00+08:00'].map((startedAt) => ({
    ...encounter,
    institutionId: hospital,
    class: 'OUTPATIENT' as const,
    startedAt,
  }));
  const gone = {
    ...encounter,
    institutionId: former,
    class: 'OUTPATIENT' as const,
    startedAt: '2024-05-16T00:00:00+08:00',
  };
  const rows = [...all, ...outside, gone].map((row, no) => ({ ...row, residentId: 'rs_000000000001', no: no + 1 }));
  await db.insert(encounters).values(rows);
}

/** Twenty referrals submitted: two cancelled, fifteen timely, two late, one that nobody has accepted yet. */
async function insertReferrals(db: Db): Promise<void> {
  const outcomes: readonly (readonly [ReferralStatus, boolean | null])[] = [
    ...Array.from({ length: 15 }, () => ['COMPLETED', true] as const),
    ...Array.from({ length: 2 }, () => ['CANCELLED', null] as const),
    ['EXPIRED', false],
    ['REJECTED', false],
    ['SUBMITTED', null],
  ];
  const [sample] = await one(db.select().from(referrals).where(eq(referrals.residentId, 'rs_0000000000WA')));
  const residentId = 'rs_000000000002';
  await db
    .insert(referralEpisodes)
    .values({ residentId, no: 1, openedAt: monday, stages: [], closed: false, updatedAt });
  const bare = { appointmentNo: null, dischargeSummaryNo: null, fromEncounterNo: null, toEncounterNo: null };
  const open = { acceptedAt: null, arrivedAt: null, completedAt: null, submittedAt: monday };
  await db.insert(referrals).values(
    outcomes.map(([status, timely], index) => {
      const direction: ReferralDirection = index === 0 ? 'DOWN' : 'UP';
      const ends = direction === 'UP' ? { fromId: town, toId: hospital } : { fromId: hospital, toId: town };
      const key = { residentId, episodeNo: 1, no: index + 1, formNo: `D${index}`, toDepartmentId: null };
      return { ...sample, ...bare, ...open, ...key, ...ends, direction, status, timely, urgency: 'ROUTINE' as const };
    }),
  );
}

/** Two hundred orders with a report of the city hospital, and one whose report was too old. */
async function insertRecognition(db: Db): Promise<void> {
  const numbers = Array.from({ length: 201 }, (_, index) => index);
  const residentOf = (index: number) => `rs_D0000000${String(index).padStart(4, '0')}`;
  await db.insert(encounters).values(
    numbers.map((index) => ({
      ...encounter,
      residentId: residentOf(index),
      no: 1,
      institutionId: 'in_CITY',
      class: 'OUTPATIENT' as const,
    })),
  );
  const report = {
    category: 'IMAGING' as const,
    item: 'CT_CHEST',
    performedTime: monday,
    issuedTime: monday,
    qualityGrade: 'PROVINCE' as const,
    status: 'FINAL' as const,
    results: [],
    updatedAt,
  };
  const first = numbers.map((index) => ({ ...report, residentId: residentOf(index), no: 1, performedAtId: 'in_CITY' }));
  const again = { ...report, no: 2, performedAtId: hospital, duplicateOfNo: 1 };
  const repeated = numbers.slice(188, 200).map((index) => ({ ...again, residentId: residentOf(index) }));
  await db.insert(diagnosticReports).values(first);
  // An examination that repeats none is none of the duplicates.
  await db
    .insert(diagnosticReports)
    .values([...repeated, { ...again, residentId: residentOf(0), duplicateOfNo: null }]);
  const decision = {
    no: 1,
    reportNo: 1,
    atInstitutionId: hospital,
    encounterNo: 1,
    practitionerId: 'pr_ONE',
    at: monday,
  };
  const not = { ...decision, decision: 'NOT_RECOGNISED' as const };
  await db.insert(recognitionDecisions).values([
    ...numbers.slice(0, 150).map((index) => ({
      ...decision,
      residentId: residentOf(index),
      decision: 'RECOGNISED' as const,
      avoidedPrice: '320.00',
      fundSaved: '208.00',
      personSaved: '112.00',
    })),
    ...numbers
      .slice(150, 188)
      .map((index) => ({ ...not, residentId: residentOf(index), reason: 'CONDITION_CHANGED' as const })),
    { ...not, residentId: residentOf(200), reason: 'EXPIRED' as const },
  ]);
}

/** A unit that was open for 480 minutes on its first day, 27 May, and used for 18 quarters of an hour. */
async function insertEquipment(db: Db): Promise<void> {
  const [unit] = await one(db.select().from(equipment));
  const openHours = [{ weekday: 1, opens: '08:00', closes: '16:00' }];
  const shared = { ...unit, institutionId: hospital, openHours, inServiceOn: '2024-05-27' };
  await db.insert(equipment).values([
    { ...shared, id: 'eq_D1' },
    { ...shared, id: 'eq_D2', shared: false },
    { ...shared, id: 'eq_D3', status: 'IDLE' },
  ]);
  const [sample] = await one(db.select().from(equipmentReservations));
  const opens = Date.parse('2024-05-27T08:00:00+08:00');
  await db.insert(equipmentReservations).values(
    Array.from({ length: 19 }, (_, index) => {
      const [start, end] = [opens + index * 15 * minute, opens + (index + 1) * 15 * minute];
      const span = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
      return {
        ...sample,
        ...span,
        blockedUntil: span.end,
        residentId: 'rs_000000000003',
        no: index + 1,
        equipmentId: 'eq_D1',
        requesterId: index < 6 ? town : hospital,
        status: index < 18 ? ('DONE' as const) : ('NO_SHOW' as const),
        referralNo: null,
        reportNo: null,
      };
    }),
  );
}

async function insertSlots(db: Db): Promise<void> {
  const slot = {
    institutionId: hospital,
    departmentId: 'de_LEAD03',
    resource: 'CLINIC' as const,
    start: monday,
    end: '2024-05-06T11:30:00+08:00',
    status: 'OPEN' as const,
    updatedAt,
  };
  await db.insert(appointmentSlots).values([
    { ...slot, id: 'sl_D1', channel: 'LEAD_HOSPITAL', capacity: 6, bookedCount: 3 },
    { ...slot, id: 'sl_D2', channel: 'ALLIANCE', capacity: 4, bookedCount: 4 },
    { ...slot, id: 'sl_D3', channel: 'PUBLIC', capacity: 10, bookedCount: 9 },
  ]);
}

const fields = `alliance { id name } period members visits outpatientVisits primaryVisits primaryVisitShare admissions
  referralsUp referralsDown referralsDue timelyReferrals referralTimeliness
  recognitionDecisions recognisedReports duplicateExams recognitionRate avoidedCost
  sharedExams sharedEquipmentUsedMinutes sharedEquipmentOpenMinutes sharedEquipmentUtilisation
  slotsTotal slotsReleased slotsReleasedUsed slotReleaseShare slotReleaseUse openBeds occupiedBeds openAlerts
  structureWarnings { rule alliance { id } count missingCentres }`;

async function dashboard(selection: string, period = '2024-05', businessTime = juneFirst): Promise<unknown> {
  const query = `query ($period: String!) { allianceDashboard(allianceId: "al_DASH", period: $period) { ${selection} } }`;
  const { data, errors } = await ask(subgraph, query, { period }, { businessTime });
  expect(errors).toBeUndefined();
  return data?.['allianceDashboard'];
}

test('S1-18 the dashboard of an alliance counts what its members did in a period, and what they have now', async () => {
  expect(await dashboard(fields)).toEqual({
    alliance: { id: 'al_DASH', name: '沛县人民医院医共体（示例）' },
    period: '2024-05',
    members: 2,
    visits: 10,
    outpatientVisits: 8,
    primaryVisits: 6,
    primaryVisitShare: '60.00',
    admissions: 2,
    referralsUp: 19,
    referralsDown: 1,
    referralsDue: 18,
    timelyReferrals: 15,
    referralTimeliness: '83.33',
    recognitionDecisions: 200,
    recognisedReports: 150,
    duplicateExams: 12,
    recognitionRate: '75.00',
    avoidedCost: '48000.00',
    sharedExams: 6,
    sharedEquipmentUsedMinutes: 270,
    sharedEquipmentOpenMinutes: 480,
    sharedEquipmentUtilisation: '56.25',
    slotsTotal: 20,
    slotsReleased: 10,
    slotsReleasedUsed: 7,
    slotReleaseShare: '50.00',
    slotReleaseUse: '70.00',
    openBeds: 120,
    occupiedBeds: 85,
    openAlerts: 2,
    structureWarnings: [
      { rule: 'KEY_SPECIALTIES', alliance: { id: 'al_DASH' }, count: 0, missingCentres: [] },
      { rule: 'SHARED_CENTRES', alliance: { id: 'al_DASH' }, count: 0, missingCentres: expect.any(Array) },
    ],
  });
});

test('TV-40 of 20 referrals submitted 2 are cancelled and 15 timely: 83.33 %; an open one counts once its limit has passed', async () => {
  const figures = 'referralsDue timelyReferrals referralTimeliness';
  const limit = '2024-05-07T09:00:00+08:00';
  const before = '2024-05-07T08:59:59+08:00';
  expect([await dashboard(figures, '2024', limit), await dashboard(figures, '2024', before)]).toEqual([
    { referralsDue: 18, timelyReferrals: 15, referralTimeliness: '83.33' },
    { referralsDue: 17, timelyReferrals: 15, referralTimeliness: '88.24' },
  ]);
});

test('TV-56 of 200 orders with a recognisable report 150 are recognised, 38 repeated with a reason, 12 without', async () => {
  expect(await dashboard('recognitionRate duplicateExams', '2024-Q2')).toEqual({
    recognitionRate: '75.00',
    duplicateExams: 12,
  });
});

test('TV-51 a shared unit is open since it is in service, until today in a month that runs', async () => {
  const figures = 'sharedEquipmentUsedMinutes sharedEquipmentOpenMinutes sharedEquipmentUtilisation';
  const on = (day: string, period?: string) => dashboard(figures, period, `${day}T12:00:00+08:00`);
  expect([await on('2024-05-27'), await on('2024-05-26'), await on('2024-06-10', '2024')]).toEqual([
    { sharedEquipmentUsedMinutes: 270, sharedEquipmentOpenMinutes: 480, sharedEquipmentUtilisation: '56.25' },
    { sharedEquipmentUsedMinutes: 270, sharedEquipmentOpenMinutes: 0, sharedEquipmentUtilisation: null },
    { sharedEquipmentUsedMinutes: 270, sharedEquipmentOpenMinutes: 3 * 480, sharedEquipmentUtilisation: '18.75' },
  ]);
});

test('S1-18 without events every figure is 0 and every share null', async () => {
  const shares = `primaryVisitShare referralTimeliness recognitionRate sharedEquipmentUtilisation slotReleaseShare slotReleaseUse`;
  const counts = `visits admissions referralsUp referralsDue recognitionDecisions duplicateExams avoidedCost sharedExams slotsTotal`;
  expect(await dashboard(`${shares} ${counts}`, '2018')).toEqual({
    ...Object.fromEntries(shares.split(' ').map((name) => [name, null])),
    ...Object.fromEntries(counts.split(' ').map((name) => [name, name === 'avoidedCost' ? '0.00' : 0])),
  });
});

test('S1-18 an unknown alliance has no dashboard, and what is no period is refused', async () => {
  const query = `query ($id: ID!, $period: String!) { allianceDashboard(allianceId: $id, period: $period) { members visits } }`;
  expect(await ask(subgraph, query, { id: 'al_NONE', period: '2024-05' })).toEqual({
    data: { allianceDashboard: null },
  });
  const wrong = await ask(subgraph, query, { id: 'al_DASH', period: '2024-13' });
  expect(wrong.errors).toMatchObject([
    { message: '"2024-13" is no period; write 2024-03, 2024-Q1 or 2024', extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test('S1-18 the whole dashboard takes eight statements, and what is not asked for none', async () => {
  const texts: string[] = [];
  // The channel carries only what kit/read/statement.ts publishes.
  const listener = (event: unknown): void => void texts.push((event as SqlEvent).text);
  subscribe('hutong:sql', listener);
  await dashboard(fields.replace('rule alliance { id }', 'rule'));
  const whole = texts.splice(0).length;
  await dashboard('members openBeds');
  unsubscribe('hutong:sql', listener);
  expect([whole, texts.length]).toEqual([8, 1]);
});
