import { createTestDatabase, sealed, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { percent } from '../rules/percent.ts';
import { ask, changesOf, sampleKeys, type Asking } from '../sample-caller.ts';
import { insertResidents, insertSampleRows } from '../sample-rows.ts';
import { fillIndicatorSnapshots } from '../seed/indicators.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { ordersWithReport } from '../tables/duplicate-exam.ts';
import { encounters } from '../tables/encounter.ts';
import { institutions } from '../tables/place.ts';
import { remoteConsultations } from '../tables/report.ts';

let database: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const county = (businessTime: string): Asking => ({
  businessTime,
  caller: { id: 'county', role: 'INST_STAFF', institutionId: 'in_LEAD', practitionerId: 'pr_TWO' },
});
const city = (businessTime: string): Asking => ({
  businessTime,
  caller: { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY', practitionerId: 'pr_SIX' },
});
const march = '2024-03-01T09:00:00+08:00';
const spring = '2024-03-20T09:00:00+08:00';
const april = '2024-04-15T09:00:00+08:00';

const report = `mutation ($input: RecordReportInput!) { recordReport(input: $input) {
  ok errors { code path } diagnosticReport { id category status validUntil qualityGrade version duplicateOf { id } imagingStudyUid } } }`;
const recognise = `mutation ($input: RecordRecognitionInput!) { recordRecognition(input: $input) {
  ok errors { code path message } recognitionDecision { id decision reason avoidedPrice fundSaved personSaved practitioner { id } at } } }`;
const check = `query ($residentId: ID!, $itemCode: String!, $institutionId: ID!, $at: DateTime, $site: String, $method: String) {
  recognitionCheck(residentId: $residentId, itemCode: $itemCode, institutionId: $institutionId, at: $at, site: $site, method: $method) {
    recognisable reason validUntil report { id } } }`;
const keep = `mutation ($input: RecordDocumentInput!) { recordDocument(input: $input) {
  ok errors { code path } careDocument { id type { code display } title sha256 author { id } institution { id } createdAt } } }`;

const chestCt = {
  item: 'CT_CHEST',
  bodySite: 'CHEST',
  method: 'PLAIN',
  performedAtId: 'in_LEAD',
  performedTime: '2024-03-01T00:00:00+08:00',
  issuedTime: '2024-03-01T01:00:00+08:00',
  qualityGrade: 'PROVINCE',
  conclusion: '右肺上叶结节',
};
const savings = { price: '320.00', effectiveRatio: '0.65' };

const resident = (serial: string) => `rs_${serial.padStart(12, '0')}`;
const idOf = (prefix: string, serial: string) => `${prefix}_${serial.padStart(12, '0')}_1`;
const faults = (...errors: readonly (readonly [code: string, path: string])[]) => ({
  ok: false,
  errors: errors.map(([code, path]) => expect.objectContaining({ code, path: ['input', ...path.split('.')] })),
});

async function reported(input: object, asking = county(march)): Promise<unknown> {
  return (await ask(subgraph, report, { input }, asking)).data?.['recordReport'];
}
async function decided(input: object, asking = city(april)): Promise<unknown> {
  return (await ask(subgraph, recognise, { input }, asking)).data?.['recordRecognition'];
}
async function checked(variables: object, asking = city(april)): Promise<unknown> {
  return (await ask(subgraph, check, { ...variables }, asking)).data?.['recognitionCheck'];
}

/** A resident with a chest CT of the county hospital and visits to the city hospital. */
async function patient(serial: string, ct: object = {}, visits = 1): Promise<string> {
  const residentId = resident(serial);
  expect(await reported({ ...chestCt, residentId, ...ct })).toMatchObject({ ok: true });
  await visit(residentId, visits);
  return residentId;
}

async function visit(residentId: string, visits: number): Promise<void> {
  const rows = Array.from({ length: visits }, (_, index) => ({
    residentId,
    no: index + 1,
    class: 'OUTPATIENT' as const,
    visitNo: sealed(sampleKeys, `MZ${index}`),
    institutionId: 'in_CITY',
    startedAt: april,
    diagnoses: [],
    procedures: [],
    isFirstContact: false,
    updatedAt: april,
  }));
  await database.db.insert(encounters).values(rows);
}

const decisionOn = (serial: string) => ({
  reportId: idOf('dr', serial),
  encounterId: idOf('en', serial),
  institutionId: 'in_CITY',
});

describe('mutual recognition', () => {
  test('TV-52 a chest CT of the county hospital is recognised after 45 days: 320.00 avoided, 208.00 and 112.00 saved', async () => {
    const residentId = await patient('A1');
    const asked = { residentId, itemCode: 'CT_CHEST', institutionId: 'in_CITY' };
    expect(await checked({ ...asked, site: 'CHEST', method: 'PLAIN' })).toEqual({
      recognisable: true,
      reason: null,
      validUntil: '2024-04-30T00:00:00+08:00',
      report: { id: 'dr_0000000000A1_1' },
    });
    const input = { ...decisionOn('A1'), decision: 'RECOGNISED', ...savings, idempotencyKey: 'a1' };
    const made = {
      ok: true,
      errors: [],
      recognitionDecision: {
        id: 'rd_0000000000A1_1',
        decision: 'RECOGNISED',
        reason: null,
        avoidedPrice: '320.00',
        fundSaved: '208.00',
        personSaved: '112.00',
        practitioner: { id: 'pr_SIX' },
        at: april,
      },
    };
    expect(await decided(input)).toEqual(made);
    expect(await decided(input)).toEqual(made);
    expect(await decided({ ...input, idempotencyKey: null })).toMatchObject(faults(['INVALID_TRANSITION', 'reportId']));
    const changes = await changesOf(database);
    expect(changes.filter(({ type }) => type === 'RecognitionDecision').map(({ payload }) => payload)).toEqual([
      { decision: 'RECOGNISED', institutionId: 'in_CITY', version: 1 },
    ]);
  });

  test('TV-53 on day 60 the report is expired, a second before it is not', async () => {
    const residentId = await patient('A2');
    const asked = { residentId, itemCode: 'CT_CHEST', institutionId: 'in_CITY' };
    const late = '2024-04-30T00:00:00+08:00';
    expect(await checked({ ...asked, at: late })).toMatchObject({
      recognisable: false,
      reason: 'EXPIRED',
      report: { id: 'dr_0000000000A2_1' },
    });
    expect(await checked({ ...asked, at: '2024-04-29T23:59:59+08:00' })).toMatchObject({ recognisable: true });
    const input = { ...decisionOn('A2'), decision: 'RECOGNISED', ...savings };
    expect(await decided(input, city(late))).toEqual({
      ok: false,
      errors: [
        {
          code: 'VALIDATION_FAILED',
          path: ['input', 'decision'],
          message: 'The report is not to be recognised: EXPIRED.',
        },
      ],
      recognitionDecision: null,
    });
    expect(await decided({ ...decisionOn('A2'), decision: 'NOT_RECOGNISED' }, city(late))).toMatchObject({
      ok: true,
      recognitionDecision: { decision: 'NOT_RECOGNISED', reason: 'EXPIRED', avoidedPrice: null },
    });
  });

  test('TV-54 grade ALLIANCE is not enough where CITY is required', async () => {
    const residentId = await patient('A3', { qualityGrade: 'ALLIANCE' });
    expect(await checked({ residentId, itemCode: 'CT_CHEST', institutionId: 'in_CITY' })).toMatchObject({
      recognisable: false,
      reason: 'QUALITY_INSUFFICIENT',
    });
    expect(await decided({ ...decisionOn('A3'), decision: 'RECOGNISED', ...savings })).toMatchObject(
      faults(['VALIDATION_FAILED', 'decision']),
    );
  });

  const again = { ...chestCt, performedAtId: 'in_CITY', performedTime: april, issuedTime: april };

  test('TV-55 in an emergency the examination may be repeated, and is no duplicate; without a reason it is one', async () => {
    await patient('A4');
    const emergency = { ...decisionOn('A4'), decision: 'NOT_RECOGNISED', reason: 'EMERGENCY' };
    expect(await decided(emergency)).toMatchObject({ ok: true, recognitionDecision: { reason: 'EMERGENCY' } });
    const repeated = { ...again, residentId: resident('A4'), encounterId: 'en_0000000000A4_1' };
    expect(await reported(repeated, city(april))).toMatchObject({ ok: true, diagnosticReport: { duplicateOf: null } });
    await patient('A5');
    expect(
      await reported({ ...repeated, residentId: resident('A5'), encounterId: 'en_0000000000A5_1' }, city(april)),
    ).toMatchObject({ ok: true, diagnosticReport: { duplicateOf: { id: 'dr_0000000000A5_1' } } });
  });

  test('TV-56 of 200 orders with a recognisable report 150 are recognised, 38 repeated with a reason, 12 without', async () => {
    const serials = Array.from({ length: 200 }, (_, index) => `B${String.fromCharCode(...letters(index))}`);
    await insertResidents(database.db, serials.map(resident));
    await Promise.all(serials.map((serial) => patient(serial)));
    await Promise.all(
      serials.map(async (serial, index) => {
        const decision = decisionOn(serial);
        if (index < 150) return decided({ ...decision, decision: 'RECOGNISED', ...savings }, city(spring));
        const reason = { decision: 'NOT_RECOGNISED', reason: 'CONDITION_CHANGED' };
        if (index < 188) await decided({ ...decision, ...reason }, city(spring));
        const repeat = { ...again, performedTime: spring, issuedTime: spring };
        return reported({ ...repeat, residentId: resident(serial), encounterId: idOf('en', serial) }, city(spring));
      }),
    );
    await neverRecognisable();
    await database.sql.begin((sql) =>
      fillIndicatorSnapshots(sql, { years: [2024], asOf: '2024-05-01T00:00:00+08:00' }),
    );
    const [told] = await database.sql`
      select recognition_decisions as orders, recognised_reports as recognised, avoided_cost as avoided from indicator_snapshots
      where subject_type = 'INSTITUTION' and subject_id = 'in_CITY' and period = '2024-03'`;
    expect({ ...told }).toEqual({ orders: 200, recognised: 150, avoided: '48000.00' });
    expect(percent(Number(told?.['recognised']), Number(told?.['orders']))).toBe('75.00');
    await subgraph.runJob('raiseSupervisionAlerts', '2024-04-01T01:00:00+08:00');
    const [alert] = await database.sql`
      select a.value, (select count(*)::integer from supervision_alert_causes c where c.alert_id = a.id) as duplicates
      from supervision_alerts a where institution_id = 'in_CITY' and rule_id = 'REPEATED_ITEM_SHARE' and period = '2024-03'`;
    expect({ ...alert }).toEqual({ value: '23.53', duplicates: 12 });
  }, 120_000);

  /** Decisions of the month at the city hospital on reports that the tests of 3.23 refuse, and one on its own report. */
  async function neverRecognisable(): Promise<void> {
    const reports = [
      { qualityGrade: 'ALLIANCE' },
      { status: 'PRELIMINARY' },
      { performedTime: '2024-01-20T00:00:00+08:00', issuedTime: '2024-01-20T01:00:00+08:00' },
      {},
    ];
    for (const [index, ct] of reports.entries()) {
      await patient(`F${index}`, ct);
      const site = index === 3 ? { site: 'HEAD' } : {};
      const decision = { ...decisionOn(`F${index}`), ...site, decision: 'NOT_RECOGNISED' };
      expect(await decided(decision, city(spring))).toMatchObject({ ok: true });
    }
    const own = { ...again, residentId: resident('F4'), performedTime: march, issuedTime: march };
    await reported(own, city(spring));
    await visit(resident('F4'), 1);
    const reason = { decision: 'NOT_RECOGNISED', reason: 'FAST_CHANGING' };
    expect(await decided({ ...decisionOn('F4'), ...reason }, city(spring))).toMatchObject({ ok: true });
  }

  test('an own report counts like another’s: examined again without a reason it is a duplicate, with one it is none', async () => {
    const first = { ...again, performedTime: '2024-04-10T09:00:00+08:00', issuedTime: '2024-04-10T10:00:00+08:00' };
    for (const serial of ['G1', 'G2']) {
      await visit(resident(serial), 1);
      expect(await reported({ ...first, residentId: resident(serial) }, city(april))).toMatchObject({ ok: true });
    }
    const repeat = (serial: string) =>
      reported({ ...again, residentId: resident(serial), encounterId: idOf('en', serial) }, city(april));
    expect(await repeat('G1')).toMatchObject({ diagnosticReport: { duplicateOf: { id: 'dr_0000000000G1_1' } } });
    const own = { ...decisionOn('G2'), reportId: 'dr_0000000000G2_1' };
    expect(await decided({ ...own, decision: 'RECOGNISED', ...savings })).toMatchObject(
      faults(['VALIDATION_FAILED', 'institutionId']),
    );
    expect(await decided({ ...own, decision: 'NOT_RECOGNISED' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'reason']),
    );
    expect(await decided({ ...own, decision: 'NOT_RECOGNISED', reason: 'CONDITION_CHANGED' })).toMatchObject({
      ok: true,
    });
    expect(await repeat('G2')).toMatchObject({ ok: true, diagnosticReport: { duplicateOf: null } });
  });

  test('a reason that is stored after the examination takes the mark away, and is told', async () => {
    await patient('G3');
    const repeat = { ...again, residentId: resident('G3'), encounterId: 'en_0000000000G3_1' };
    expect(await reported(repeat, city(april))).toMatchObject({
      diagnosticReport: { id: 'dr_0000000000G3_2', duplicateOf: { id: 'dr_0000000000G3_1' } },
    });
    const reason = { ...decisionOn('G3'), decision: 'NOT_RECOGNISED', reason: 'EMERGENCY' };
    expect(await decided(reason)).toMatchObject({ ok: true });
    const query = `{ diagnosticReports(residentId: "${resident('G3')}", orderBy: [{ field: performedTime }]) {
      nodes { version duplicateOf { id } } } }`;
    const none = { duplicateOf: null };
    expect((await ask(subgraph, query)).data).toEqual({
      diagnosticReports: {
        nodes: [
          { version: 1, ...none },
          { version: 2, ...none },
        ],
      },
    });
    const changes = await changesOf(database);
    expect(changes.filter(({ id }) => id === 'dr_0000000000G3_2').map(({ kind, payload }) => [kind, payload])).toEqual([
      ['CREATED', { performedAtId: 'in_CITY', interpretedAtId: null, status: 'FINAL', duplicate: true, version: 1 }],
      ['UPDATED', { performedAtId: 'in_CITY', interpretedAtId: null, status: 'FINAL', duplicate: false, version: 2 }],
    ]);
  });

  test('another institution’s report was to be recognised, also when the own one is newer', async () => {
    const residentId = await patient('G4');
    const own = { ...again, residentId, performedTime: spring, issuedTime: spring };
    await reported(own, city(spring));
    const repeat = { ...again, residentId, encounterId: idOf('en', 'G4') };
    expect(await reported(repeat, city(april))).toMatchObject({
      diagnosticReport: { id: 'dr_0000000000G4_3', duplicateOf: { id: 'dr_0000000000G4_1' } },
    });
  });

  test('a report that is cancelled takes its marks off: what repeated it repeats the next one, or none', async () => {
    const residentId = await patient('G5');
    const own = { ...again, residentId, performedTime: spring, issuedTime: spring };
    await reported(own, city(spring));
    await reported({ ...again, residentId, encounterId: idOf('en', 'G5') }, city(april));
    const marks = async () => {
      const rows = await database.sql`
        select no, duplicate_of_no as of, version from diagnostic_reports where resident_id = ${residentId} order by no`;
      return rows.map(({ no, of, version }) => `${no} of ${of} v${version}`);
    };
    expect(await marks()).toEqual(['1 of null v1', '2 of 1 v1', '3 of 1 v1']);
    const cancelled = { ...chestCt, residentId, id: 'dr_0000000000G5_1', status: 'CANCELLED' };
    expect(await reported(cancelled, county(april))).toMatchObject({ ok: true });
    expect(await marks()).toEqual(['1 of null v2', '2 of null v2', '3 of 2 v2']);
    expect(await reported({ ...own, id: 'dr_0000000000G5_2', status: 'CANCELLED' }, city(april))).toMatchObject({
      ok: true,
    });
    expect(await marks()).toEqual(['1 of null v2', '2 of null v3', '3 of null v3']);
    const changes = (await changesOf(database)).filter(({ id }) => id === 'dr_0000000000G5_3');
    expect(changes.map(({ payload }) => [Object(payload).duplicate, Object(payload).version])).toEqual([
      [true, 1],
      [true, 2],
      [false, 3],
    ]);
  });

  test('a repetition that is cancelled is none any more', async () => {
    const residentId = await patient('G6');
    const repeat = { ...again, residentId, encounterId: idOf('en', 'G6') };
    await reported(repeat, city(april));
    const cancelled = { ...repeat, id: 'dr_0000000000G6_2', status: 'CANCELLED' };
    expect(await reported(cancelled, city(april))).toMatchObject({ ok: true, diagnosticReport: { duplicateOf: null } });
  });

  test('E-06 counts orders, not reports: an item of one site in an encounter is one, recognised when any report was and none repeated', async () => {
    const may = (day: string) => `2024-05-${day}T09:00:00+08:00`;
    const orders = ['H1', 'H2', 'H3', 'H4'];
    for (const serial of orders) {
      const residentId = resident(serial);
      await visit(residentId, 1);
      for (const day of ['02', '04']) {
        const ct = { ...chestCt, residentId, performedTime: may(day), issuedTime: may(day) };
        expect(await reported(ct, county(may(day)))).toMatchObject({ ok: true });
      }
      const head = { ...chestCt, residentId, bodySite: 'HEAD', performedTime: may('05'), issuedTime: may('05') };
      await reported(head, county(may('05')));
    }
    const on = (serial: string, no: number) => ({ ...decisionOn(serial), reportId: `dr_0000000000${serial}_${no}` });
    const not = { decision: 'NOT_RECOGNISED', reason: 'CONDITION_CHANGED' };
    const decide = async (input: object) => expect(await decided(input, city(may('10')))).toMatchObject({ ok: true });
    // Two reports weighed, of one site; one of two recognised; recognised and yet examined again; two sites.
    await decide({ ...on('H1', 1), ...not });
    await decide({ ...on('H1', 2), ...not });
    await decide({ ...on('H2', 1), ...not });
    await decide({ ...on('H2', 2), decision: 'RECOGNISED', ...savings });
    await decide({ ...on('H3', 2), decision: 'RECOGNISED', ...savings });
    const repeat = { ...again, residentId: resident('H3'), encounterId: idOf('en', 'H3') };
    await reported({ ...repeat, performedTime: may('11'), issuedTime: may('11') }, city(may('11')));
    await decide({ ...on('H4', 2), decision: 'RECOGNISED', ...savings });
    await decide({ ...on('H4', 3), site: 'HEAD', decision: 'RECOGNISED', ...savings });
    const rows = await database.sql.unsafe(`select recognised, avoided_price from (${ordersWithReport}) o
      where institution_id = 'in_CITY' and at > '2024-05-02' order by recognised, avoided_price nulls first`);
    expect(rows.map(({ recognised, avoided_price: avoided }) => [recognised, avoided])).toEqual([
      [false, null],
      [false, '320.00'],
      [true, '320.00'],
      [true, '320.00'],
      [true, '320.00'],
    ]);
  });

  test('what is recognisable is a duplicate when it is repeated, and nothing else is', async () => {
    const reports: readonly (readonly [serial: string, ct: object])[] = [
      ['M1', {}],
      ['M2', { qualityGrade: 'CITY' }],
      ['M3', { qualityGrade: 'ALLIANCE' }],
      ['M4', { status: 'PRELIMINARY' }],
      ['M5', { bodySite: 'HEAD' }],
      ['M6', { method: 'ENHANCED' }],
      ['M7', { performedTime: '2024-02-15T09:00:00+08:00' }],
      ['M8', { performedTime: '2024-02-15T09:00:01+08:00' }],
    ];
    const verdicts = await Promise.all(
      reports.map(async ([serial, ct]) => {
        const residentId = await patient(serial, ct);
        const asked = { residentId, itemCode: 'CT_CHEST', institutionId: 'in_CITY', site: 'CHEST', method: 'PLAIN' };
        const { recognisable } = Object(await checked({ ...asked, at: april }));
        const repeat = { ...again, residentId, encounterId: idOf('en', serial) };
        const { diagnosticReport } = Object(await reported(repeat, city(april)));
        return [serial, recognisable, diagnosticReport.duplicateOf !== null];
      }),
    );
    const yes = ['M1', 'M2', 'M8'];
    expect(verdicts).toEqual(reports.map(([serial]) => [serial, yes.includes(serial), yes.includes(serial)]));
  });

  test('a report that is not final, of another site or cancelled is not recognised; one’s own is not asked about', async () => {
    const residentId = await patient('C1', { status: 'PRELIMINARY' });
    const asked = { residentId, itemCode: 'CT_CHEST', institutionId: 'in_CITY' };
    expect(await checked(asked)).toMatchObject({ recognisable: false, reason: 'STATUS' });
    expect(await checked({ ...asked, site: 'HEAD' })).toMatchObject({ recognisable: false, reason: 'SITE_OR_METHOD' });
    expect(await checked({ ...asked, institutionId: 'in_LEAD' })).toEqual({
      recognisable: false,
      reason: null,
      validUntil: null,
      report: null,
    });
    expect(await decided({ ...decisionOn('C1'), decision: 'RECOGNISED', ...savings })).toMatchObject(
      faults(['VALIDATION_FAILED', 'decision']),
    );
    const other = { ...decisionOn('C1'), decision: 'NOT_RECOGNISED', reason: 'EMERGENCY' };
    expect(await decided(other)).toMatchObject(faults(['VALIDATION_FAILED', 'reason']));
  });

  test('a decision is refused without its reason or price, at another institution, and in another’s encounter', async () => {
    await patient('C2');
    const input = decisionOn('C2');
    expect(await decided({ ...input, decision: 'NOT_RECOGNISED' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'reason']),
    );
    for (const reason of ['STATUS', 'EXPIRED']) {
      expect(await decided({ ...input, decision: 'NOT_RECOGNISED', reason })).toMatchObject(
        faults(['VALIDATION_FAILED', 'reason']),
      );
    }
    expect(await decided({ ...input, decision: 'RECOGNISED', effectiveRatio: '1.1' })).toMatchObject(
      faults(['VALIDATION_FAILED', 'price'], ['VALIDATION_FAILED', 'effectiveRatio']),
    );
    expect(await decided({ ...input, institutionId: 'in_LEAD', decision: 'RECOGNISED', ...savings })).toMatchObject(
      faults(['FORBIDDEN', 'institutionId'], ['VALIDATION_FAILED', 'institutionId'], ['NOT_FOUND', 'encounterId']),
    );
    expect(
      await decided({ ...input, reportId: 'dr_0000000000C2_9', decision: 'RECOGNISED', ...savings }),
    ).toMatchObject(faults(['NOT_FOUND', 'reportId']));
  });
});

/** Two letters of the public alphabet for each of two hundred numbers. */
function letters(index: number): readonly number[] {
  const digits = '0123456789ABCDEFGHJK';
  return [digits.charCodeAt(Math.floor(index / 20)), digits.charCodeAt(index % 20)];
}

describe('reports', () => {
  test('a report goes from preliminary to final and is amended, never issued twice', async () => {
    const input = { ...chestCt, residentId: resident('D1'), status: 'PRELIMINARY', imagingStudyUid: '1.2.840.1' };
    expect(await reported(input)).toEqual({
      ok: true,
      errors: [],
      diagnosticReport: {
        id: 'dr_0000000000D1_1',
        category: 'IMAGING',
        status: 'PRELIMINARY',
        validUntil: '2024-04-30T00:00:00+08:00',
        qualityGrade: 'PROVINCE',
        version: 1,
        duplicateOf: null,
        imagingStudyUid: '1.2.840.1',
      },
    });
    const next = { ...input, id: 'dr_0000000000D1_1' };
    expect(await reported({ ...next, status: 'FINAL', version: 1 })).toMatchObject({
      ok: true,
      diagnosticReport: { status: 'FINAL', version: 2 },
    });
    expect(await reported({ ...next, status: 'FINAL' })).toMatchObject(faults(['INVALID_TRANSITION', 'status']));
    expect(await reported({ ...next, status: 'AMENDED', version: 1 })).toMatchObject(
      faults(['VERSION_CONFLICT', 'version']),
    );
    expect(await reported({ ...next, status: 'AMENDED', version: 2 })).toMatchObject({ ok: true });
    const history =
      await database.sql`select "from", "to" from status_history where resident_id = ${resident('D1')} order by seq`;
    expect(history.map((row) => ({ ...row }))).toEqual([
      { from: null, to: 'PRELIMINARY' },
      { from: 'PRELIMINARY', to: 'FINAL' },
      { from: 'FINAL', to: 'AMENDED' },
    ]);
  });

  test('all faults of a report are told at once', async () => {
    const wrong = {
      ...chestCt,
      residentId: 'chen',
      item: 'CT_SOUL',
      performedAtId: 'in_CITY',
      performedTime: '2024-03-02T00:00:00+08:00',
      encounterId: 'en_0000000000WA_1',
      conclusion: ' ',
      imagingStudyUid: 'x',
      doseMsv: '-1',
      price: '1.234',
      results: [],
    };
    expect(await reported(wrong)).toMatchObject(
      faults(
        ['FORBIDDEN', 'performedAtId'],
        ['NOT_FOUND', 'residentId'],
        ['VALIDATION_FAILED', 'item'],
        ['VALIDATION_FAILED', 'performedTime'],
        ['VALIDATION_FAILED', 'issuedTime'],
        ['VALIDATION_FAILED', 'conclusion'],
        ['VALIDATION_FAILED', 'conclusion'],
        ['VALIDATION_FAILED', 'imagingStudyUid'],
        ['VALIDATION_FAILED', 'doseMsv'],
        ['VALIDATION_FAILED', 'price'],
        ['NOT_FOUND', 'encounterId'],
      ),
    );
  });

  test('who reads an examination from afar reports it; who has no part in it does not', async () => {
    const input = { ...chestCt, residentId: resident('D3'), performedAtId: 'in_TOWN', qualityGrade: 'NONE' };
    expect(await reported({ ...input, interpretedAtId: 'in_LEAD' })).toMatchObject({ ok: true });
    expect(await reported({ ...input, interpretedAtId: 'in_CITY' })).toMatchObject(
      faults(['FORBIDDEN', 'performedAtId'], ['FORBIDDEN', 'interpretedAtId']),
    );
    const changes = await changesOf(database);
    expect(changes.filter(({ residentId }) => residentId === resident('D3')).map(({ payload }) => payload)).toEqual([
      { performedAtId: 'in_TOWN', interpretedAtId: 'in_LEAD', status: 'FINAL', duplicate: false, version: 1 },
    ]);
  });

  test('nobody takes a part in another’s report by naming itself the reader, and a reader gives no grade', async () => {
    const residentId = resident('D4');
    const own = { ...chestCt, residentId };
    expect(await reported(own)).toMatchObject({ ok: true });
    const taken = { ...own, id: 'dr_0000000000D4_1', interpretedAtId: 'in_CITY', status: 'CANCELLED' };
    const strangers = faults(['FORBIDDEN', 'interpretedAtId'], ['FORBIDDEN', 'id']);
    expect(await reported(taken, city(march))).toMatchObject(strangers);
    const [stored] = await database.sql`select status from diagnostic_reports where resident_id = ${residentId}`;
    expect(stored).toEqual({ status: 'FINAL' });
    const afar = { ...own, performedAtId: 'in_TOWN', interpretedAtId: 'in_CITY', qualityGrade: 'NONE' };
    expect(await reported(afar, city(march))).toMatchObject(faults(['FORBIDDEN', 'interpretedAtId']));
    const asked = { residentId, kind: 'IMAGING', requesterId: 'in_TOWN', providerId: 'in_CITY', requestedAt: march };
    await database.db.insert(remoteConsultations).values([
      { ...asked, no: 1, kind: 'IMAGING', status: 'CANCELLED', updatedAt: march },
      { ...asked, no: 2, kind: 'IMAGING', status: 'REQUESTED', requesterId: 'in_CLINIC', updatedAt: march },
    ]);
    expect(await reported(afar, city(march))).toMatchObject(faults(['FORBIDDEN', 'interpretedAtId']));
    await database.db
      .insert(remoteConsultations)
      .values({ ...asked, no: 3, kind: 'IMAGING', status: 'REQUESTED', updatedAt: march });
    expect(await reported({ ...afar, qualityGrade: 'NATIONAL' }, city(march))).toMatchObject(
      faults(['FORBIDDEN', 'qualityGrade']),
    );
    expect(await reported(afar, city(march))).toMatchObject({ ok: true, diagnosticReport: { qualityGrade: 'NONE' } });
  });

  test('a closed institution reports nothing', async () => {
    await database.db.update(institutions).set({ status: 'SUSPENDED' }).where(eq(institutions.id, 'in_LEAD'));
    expect(await reported({ ...chestCt, residentId: resident('D2') })).toMatchObject(
      faults(['VALIDATION_FAILED', 'performedAtId']),
    );
    await database.db.update(institutions).set({ status: 'ACTIVE' }).where(eq(institutions.id, 'in_LEAD'));
  });
});

describe('documents', () => {
  const document = {
    residentId: resident('E1'),
    type: '01',
    institutionId: 'in_CITY',
    title: '病历概要',
    sha256: 'AB'.repeat(32),
    storageUri: 's3://papers/1',
  };
  const kept = async (input: object) => (await ask(subgraph, keep, { input }, city(april))).data?.['recordDocument'];

  test('a summary enters the index once, by its author', async () => {
    expect(await kept(document)).toEqual({
      ok: true,
      errors: [],
      careDocument: {
        id: 'cd_0000000000E1_1',
        type: { code: '01', display: '病历概要' },
        title: '病历概要',
        sha256: 'ab'.repeat(32),
        author: { id: 'pr_SIX' },
        institution: { id: 'in_CITY' },
        createdAt: april,
      },
    });
    expect(await kept(document)).toMatchObject(faults(['VALIDATION_FAILED', 'sha256']));
  });

  test('an unknown type, a hash or address that is none, and a day to come are refused together', async () => {
    const wrong = { type: '99', sha256: 'ab', storageUri: 'javascript:1', createdAt: '2024-04-16T00:00:00+08:00' };
    expect(
      await kept({ ...document, ...wrong, institutionId: 'in_LEAD', encounterId: 'en_0000000000WA_1' }),
    ).toMatchObject(
      faults(
        ['FORBIDDEN', 'institutionId'],
        ['VALIDATION_FAILED', 'type'],
        ['VALIDATION_FAILED', 'createdAt'],
        ['VALIDATION_FAILED', 'sha256'],
        ['VALIDATION_FAILED', 'storageUri'],
        ['NOT_FOUND', 'encounterId'],
      ),
    );
  });
});
