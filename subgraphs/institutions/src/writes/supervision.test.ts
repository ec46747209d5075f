import { createTestDatabase, sealed, type Database, type Subgraph, type Write } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { drugItems, prescriptions } from '../tables/drug.ts';
import { markDuplicates } from '../tables/duplicate-exam.ts';
import { encounters } from '../tables/encounter.ts';
import { supervisionAlerts } from '../tables/planning.ts';
import { referralEpisodes, referrals } from '../tables/referral.ts';
import { diagnosticReports, recognitionDecisions } from '../tables/report.ts';
import { raiseSupervisionAlerts } from './supervision-raising.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  await insertMarch();
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const residentId = 'rs_00000000000A';
const other = 'rs_00000000000B';
const third = 'rs_00000000000C';
const row = { version: 1, updatedAt: '2024-04-01T00:00:00+08:00' };
const on = (day: string) => `${day}T09:00:00+08:00`;

/** A month in which the county hospital and the township hospital break three rules each that their own rows can tell. */
async function insertMarch(): Promise<void> {
  const { db } = database;
  await db.insert(encounters).values([...hospitalCare(), ...townshipCare()]);
  await insertReferrals();
  await insertPrescriptions();
  await insertReports();
}

const encounter = (no: number, startedAt: string) => ({
  residentId,
  no,
  visitNo: sealed(sampleKeys, `MZ${no}`),
  startedAt,
  diagnoses: [{ rank: 1, icd10: 'I10', kind: 'MAIN' as const, tcmCode: null }],
  procedures: [],
  isFirstContact: false,
  ...row,
});

/** Mean cost 100.00 a year before and 120.00 now; stays of 12 and 8 days, the first followed by another after 22 days. */
function hospitalCare() {
  const visit = (no: number, day: string, totalCost: string | null) => ({
    ...encounter(no, on(day)),
    class: no % 2 === 0 ? ('EMERGENCY' as const) : ('OUTPATIENT' as const),
    institutionId: 'in_LEAD',
    totalCost,
  });
  const stay = (no: number, admittedAt: string, dischargedAt: string | null, lengthOfStay: number | null) => ({
    ...encounter(no, on(admittedAt)),
    class: 'INPATIENT' as const,
    institutionId: 'in_LEAD',
    admittedAt: on(admittedAt),
    dischargedAt: dischargedAt === null ? null : on(dischargedAt),
    lengthOfStay,
  });
  return [
    visit(1, '2023-03-05', '80.00'),
    visit(2, '2023-03-31', '120.00'),
    visit(3, '2024-03-01', '90.00'),
    visit(4, '2024-03-31', '150.00'),
    visit(5, '2024-03-31', null),
    visit(6, '2024-04-01', '900.00'),
    stay(7, '2024-02-27', '2024-03-10', 12),
    stay(8, '2024-04-01', null, null),
    { ...stay(9, '2024-03-02', '2024-03-10', 8), residentId: third },
  ];
}

/** Five visits for hypertension, a stay of nine days. */
function townshipCare() {
  const visit = (no: number) => ({
    ...encounter(no, on('2024-03-12')),
    class: 'OUTPATIENT' as const,
    institutionId: 'in_TOWN',
    totalCost: '50.00',
  });
  const admitted = { admittedAt: on('2024-03-01'), dischargedAt: on('2024-03-10'), lengthOfStay: 9 };
  const stay = {
    ...encounter(16, on('2024-03-01')),
    class: 'INPATIENT' as const,
    institutionId: 'in_TOWN',
    ...admitted,
  };
  return [...[11, 12, 13, 14, 15].map(visit), { ...stay, residentId: other, diagnoses: [] }];
}

/** Two of the five were referred up; a third was called back, a fourth went down. */
async function insertReferrals(): Promise<void> {
  await database.db.insert(referralEpisodes).values({
    residentId,
    no: 1,
    openedAt: on('2024-03-12'),
    stages: [],
    closed: false,
    ...row,
  });
  const referral = {
    residentId,
    episodeNo: 1,
    scope: 'INTRA_ALLIANCE' as const,
    direction: 'UP' as const,
    fromId: 'in_TOWN',
    toId: 'in_LEAD',
    reason: 'CAPABILITY' as const,
    diagnosis: { rank: 1, icd10: 'I11.900', kind: 'MAIN' as const, tcmCode: null },
    urgency: 'ROUTINE' as const,
    greenChannel: false,
    status: 'ACCEPTED' as const,
    referrerId: 'pr_ONE',
    referrerName: '张医生',
    consentId: 'co_00000000000A_1',
    submittedAt: on('2024-03-12'),
    ...row,
  };
  await database.db.insert(referrals).values([
    { ...referral, no: 1, formNo: 'A1', fromEncounterNo: 11 },
    { ...referral, no: 2, formNo: 'A2', fromEncounterNo: 12, direction: 'LATERAL', submittedAt: on('2024-03-13') },
    { ...referral, no: 3, formNo: 'A3', fromEncounterNo: 13, status: 'CANCELLED' },
    { ...referral, no: 4, formNo: 'A4', fromEncounterNo: 14, direction: 'DOWN' },
    { ...referral, no: 5, formNo: 'A5', fromEncounterNo: 15, submittedAt: null, status: 'DRAFT' },
  ]);
}

/** Antibiotics in two of five visits, in three prescriptions. */
async function insertPrescriptions(): Promise<void> {
  await database.db.insert(drugItems).values({
    id: 'dg_AMX',
    nhsaDrugCode: 'XJ01CAA040E001010100003',
    genericName: '阿莫西林胶囊',
    essential: true,
    contractFlexible: false,
    catalogueVersion: '2024',
    ...row,
  });
  const line = { dose: null, frequency: null, days: 7, quantity: '1.00', price: '8.00' };
  const prescription = (no: number, encounterNo: number, drugIds: readonly string[]) => ({
    residentId,
    no,
    encounterNo,
    prescriberId: 'pr_ONE',
    issuedAt: on('2024-03-12'),
    isLong: false,
    lines: drugIds.map((drugId) => ({ drugId, ...line })),
    daysSupply: 7,
    refillsLeft: 0,
    ...row,
  });
  await database.db
    .insert(prescriptions)
    .values([
      prescription(1, 11, ['dg_AML', 'dg_AMX']),
      prescription(2, 11, ['dg_AMX', 'dg_AMX']),
      prescription(3, 12, ['dg_AMX']),
      prescription(4, 13, ['dg_AML']),
    ]);
}

/** Of four chest CTs one repeats a report of February without a reason, one with a reason, one a report of low grade. */
async function insertReports(): Promise<void> {
  const report = (no: number, day: string, performedAtId: string) => ({
    residentId,
    no,
    category: 'IMAGING' as const,
    item: 'CT_CHEST',
    bodySite: '胸部',
    method: 'CT平扫',
    performedAtId,
    performedTime: on(day),
    issuedTime: on(day),
    qualityGrade: 'CITY' as const,
    status: 'FINAL' as const,
    results: [],
    ...row,
  });
  const low = { qualityGrade: 'ALLIANCE' as const, bodySite: '头部' };
  await database.db
    .insert(diagnosticReports)
    .values([
      report(1, '2024-02-20', 'in_LEAD'),
      { ...report(2, '2024-02-20', 'in_LEAD'), ...low },
      { ...report(3, '2024-02-20', 'in_LEAD'), residentId: other },
      report(4, '2024-03-12', 'in_TOWN'),
      { ...report(5, '2024-03-12', 'in_TOWN'), ...low },
      { ...report(6, '2024-03-12', 'in_TOWN'), residentId: other },
      { ...report(7, '2024-03-12', 'in_TOWN'), bodySite: '腹部' },
      { ...report(8, '2024-03-12', 'in_TOWN'), bodySite: '腹部', status: 'CANCELLED' },
    ]);
  await database.db.insert(recognitionDecisions).values({
    residentId: other,
    no: 1,
    reportNo: 3,
    atInstitutionId: 'in_TOWN',
    encounterNo: 16,
    decision: 'NOT_RECOGNISED',
    reason: 'CONDITION_CHANGED',
    practitionerId: 'pr_ONE',
    at: on('2024-03-12'),
  });
  await database.sql.unsafe(markDuplicates);
}

const firstOfApril = '2024-04-01T01:00:00+08:00';

async function alertsOfMarch(): Promise<readonly string[]> {
  const told = await ask(
    subgraph,
    `{ supervisionAlerts(where: { period: { eq: "2024-03" } }) {
      nodes { institution { id } ruleId metric value threshold status raisedAt version causes { totalCount nodes { type id } } } } }`,
  );
  const { nodes } = Object(told.data).supervisionAlerts;
  const shown = nodes.map((alert: Record<string, never>) => {
    const { institution, ruleId, metric, value, threshold, status, version, causes } = Object(alert);
    const ids = causes.nodes.map(({ type, id }: Record<string, string>) => `${type} ${id}`).join(', ');
    return `${institution.id} ${ruleId} ${metric} ${value} > ${threshold} ${status} v${version}: ${ids}`;
  });
  return shown.toSorted();
}

const march = [
  'in_LEAD ALOS 平均住院日 10.00 > 9.00 OPEN v1: ENCOUNTER en_00000000000A_7',
  'in_LEAD COST_PER_VISIT_GROWTH 次均费用增幅 20.00 > 10.00 OPEN v1: ENCOUNTER en_00000000000A_4',
  'in_LEAD READMISSION_31 31日内再入院率 50.00 > 3.00 OPEN v1: ENCOUNTER en_00000000000A_7',
  'in_TOWN ANTIBIOTIC_SHARE 门诊抗菌药物使用率 40.00 > 20.00 OPEN v1: PRESCRIPTION rx_00000000000A_1, PRESCRIPTION rx_00000000000A_2, PRESCRIPTION rx_00000000000A_3',
  'in_TOWN REFERRAL_OUT_SHARE 目录病种转出率 40.00 > 20.00 OPEN v1: REFERRAL rf_00000000000A_1, REFERRAL rf_00000000000A_2',
  'in_TOWN REPEATED_ITEM_SHARE 重复检查检验率 25.00 > 5.00 OPEN v1: REPORT dr_00000000000A_4',
];

test('the alerts of a month follow from its rows, each with the rows that caused it, and once however often they are raised', async () => {
  await subgraph.runJob('raiseSupervisionAlerts', firstOfApril);
  expect(await alertsOfMarch()).toEqual(march);
  await subgraph.runJob('raiseSupervisionAlerts', '2024-04-02T01:00:00+08:00');
  await Promise.all(
    ['3', '4'].map((day) => subgraph.runJob('raiseSupervisionAlerts', `2024-04-0${day}T01:00:00+08:00`)),
  );
  expect(await alertsOfMarch()).toEqual(march);
  const changes = await database.sql`select type, kind, count(*)::integer as count from changes group by 1, 2`;
  expect([...changes]).toEqual([{ type: 'SupervisionAlert', kind: 'CREATED', count: march.length }]);
  const steps = await database.sql`select count(*)::integer as count from status_history where "to" = 'OPEN'`;
  expect([...steps]).toEqual([{ count: march.length }]);
});

test('a cause leads to the row itself', async () => {
  const told = await ask(
    subgraph,
    `{ supervisionAlerts(where: { period: { eq: "2024-03" }, ruleId: { in: ["ALOS", "REPEATED_ITEM_SHARE", "REFERRAL_OUT_SHARE"] } },
        orderBy: [{ field: raisedAt }]) {
      nodes { ruleId causes(first: 1) { nodes { encounter { id } prescription { id } report { item { code } } referral { no } } } } } }`,
  );
  const { nodes } = Object(told.data).supervisionAlerts;
  const none = { encounter: null, prescription: null, report: null, referral: null };
  const byRule = Object.fromEntries(
    nodes.map((node: Record<string, never>) => [node['ruleId'], Object(node).causes.nodes]),
  );
  expect(byRule).toEqual({
    ALOS: [{ ...none, encounter: { id: 'en_00000000000A_7' } }],
    REPEATED_ITEM_SHARE: [{ ...none, report: { item: { code: 'CT_CHEST' } } }],
    REFERRAL_OUT_SHARE: [{ ...none, referral: { no: 'A1' } }],
  });
});

test('a month of which neither rows nor figures of insurance are known raises nothing', async () => {
  await subgraph.runJob('raiseSupervisionAlerts', '2024-03-01T01:00:00+08:00');
  expect([...(await database.sql`select rule_id from supervision_alerts where period = '2024-02'`)]).toEqual([]);
});

/** The faults of raising, asked for as somebody: it is no field of the graph. */
async function raisingFaults(period: string, role: 'SYSTEM' | 'HEALTH_COMMISSION'): Promise<unknown> {
  const asking = { id: 'x', kind: 'SERVICE', role, regionCodes: ['320322'], scopes: [] } as const;
  const told = database.db.transaction((tx) => {
    const parts: Write = {
      tx,
      caller: asking,
      clock: { instant: '2024-04-30T23:59:59+08:00', day: '2024-04-30' },
      seal: () => sealed(sampleKeys, ''),
      open: sampleKeys.open,
      keyedHash: (text) => text,
      allowSynthetic: true,
      change: () => undefined,
      step: () => undefined,
    };
    return raiseSupervisionAlerts({ period }, parts);
  });
  return told.then(
    () => 'raised',
    (error: Error) => error.message,
  );
}

test('only the system raises alerts, and only of a month that has ended', async () => {
  expect([
    await raisingFaults('2024-04', 'SYSTEM'),
    await raisingFaults('2024-Q1', 'SYSTEM'),
    await raisingFaults('2024-13', 'SYSTEM'),
    await raisingFaults('2024-03', 'HEALTH_COMMISSION'),
    await raisingFaults('2024-03', 'SYSTEM'),
  ]).toEqual([
    'VALIDATION_FAILED period',
    'VALIDATION_FAILED period',
    'VALIDATION_FAILED period',
    'FORBIDDEN ',
    'raised',
  ]);
  expect(subgraph.schema.getMutationType()?.getFields()['raiseSupervisionAlerts']).toBe(undefined);
});

const businessTime = '2024-04-10T10:00:00+08:00';
const town: Asking = {
  caller: { role: 'INST_ADMIN', institutionId: 'in_TOWN', practitionerId: 'pr_BOSS' },
  businessTime,
};
const lead: Asking = { caller: { role: 'INST_ADMIN', institutionId: 'in_LEAD' }, businessTime };
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };

const step = (verb: string) => ({
  name: `${verb}SupervisionAlert`,
  field: 'supervisionAlert',
  select: '{ status note acknowledgedBy { id } version }',
});

async function alertId(ruleId: string): Promise<string> {
  const [alert] = await database.db
    .select({ id: supervisionAlerts.id })
    .from(supervisionAlerts)
    .where(and(eq(supervisionAlerts.ruleId, ruleId), eq(supervisionAlerts.period, '2024-03')));
  return alert?.id ?? '';
}

test('an alert is acknowledged, explained and closed, each once and by who may', async () => {
  const id = await alertId('ANTIBIOTIC_SHARE');
  const refused = (verb: string, input: object, asking: Asking) =>
    faultsOf(write(subgraph, step(verb), { id, ...input }, asking));
  const stored = (status: string, note: string | null, version: number) => ({
    ok: true,
    errors: [],
    supervisionAlert: { status, note, acknowledgedBy: { id: 'pr_BOSS' }, version },
  });
  expect(await refused('explain', { note: '流感季' }, town)).toEqual(['INVALID_TRANSITION id']);
  expect(await refused('acknowledge', { version: 2 }, town)).toEqual(['VERSION_CONFLICT version']);
  expect(await refused('acknowledge', {}, lead)).toEqual(['FORBIDDEN id']);
  const acknowledging = { id, version: 1, idempotencyKey: 'a' };
  expect(await write(subgraph, step('acknowledge'), acknowledging, town)).toEqual(stored('ACKNOWLEDGED', null, 2));
  expect(await write(subgraph, step('acknowledge'), acknowledging, town)).toEqual(stored('ACKNOWLEDGED', null, 2));
  expect(await refused('acknowledge', {}, town)).toEqual(['INVALID_TRANSITION id']);
  expect(await refused('close', {}, commission)).toEqual(['INVALID_TRANSITION id']);
  expect(await refused('explain', { note: ' ' }, lead)).toEqual(['FORBIDDEN id', 'VALIDATION_FAILED note']);
  expect(await write(subgraph, step('explain'), { id, note: '流感季' }, town)).toEqual(
    stored('EXPLAINED', '流感季', 3),
  );
  expect(await refused('rectify', { note: '已整改' }, town)).toEqual(['INVALID_TRANSITION id']);
  expect(await refused('close', {}, town)).toEqual(['FORBIDDEN id']);
  expect(await refused('close', {}, elsewhere)).toEqual(['FORBIDDEN id']);
  expect(await write(subgraph, step('close'), { id, version: 3 }, commission)).toEqual(stored('CLOSED', '流感季', 4));
  expect(await refused('close', {}, commission)).toEqual(['INVALID_TRANSITION id']);
  const history = await database.sql`select "from", "to", by_id from status_history where id = ${id} order by seq`;
  expect([...history]).toEqual([
    { from: null, to: 'OPEN', by_id: null },
    { from: 'OPEN', to: 'ACKNOWLEDGED', by_id: 'pr_BOSS' },
    { from: 'ACKNOWLEDGED', to: 'EXPLAINED', by_id: 'pr_BOSS' },
    { from: 'EXPLAINED', to: 'CLOSED', by_id: null },
  ]);
});

test('an alert whose cause is put right is closed with the opinion of the commission', async () => {
  const id = await alertId('ALOS');
  await write(subgraph, step('acknowledge'), { id }, lead);
  const rectified = await write(subgraph, step('rectify'), { id, note: '已整改' }, lead);
  expect(Object(rectified).supervisionAlert).toMatchObject({ status: 'RECTIFIED', note: '已整改' });
  const closed = await write(subgraph, step('close'), { id, note: '同意' }, commission);
  expect(Object(closed).supervisionAlert).toMatchObject({ status: 'CLOSED', note: '同意' });
  expect(await faultsOf(write(subgraph, step('acknowledge'), { id: 'sa_NONE' }, lead))).toEqual(['NOT_FOUND id']);
});
