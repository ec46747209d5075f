import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { institutions, regions } from '../tables/place.ts';
import { layoutPlanItems, layoutPlans } from '../tables/planning.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

/** Each test begins with the approved plan of the sample alone, 2021 to 2025. */
beforeEach(async () => {
  const { db } = database;
  await database.sql`delete from layout_plan_items where plan_id <> 'lp_ONE'`;
  await db.delete(layoutPlanItems).where(eq(layoutPlanItems.id, 'li_TWO'));
  await database.sql`delete from layout_plans where id <> 'lp_ONE'`;
  await db.update(layoutPlans).set({ status: 'APPROVED', validTo: '2025-12-31' }).where(eq(layoutPlans.id, 'lp_ONE'));
  await database.sql`truncate changes, status_history`;
});

const businessTime = '2024-05-20T10:00:00+08:00';
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };

const item = { class: 'D600', level: 'L9', regionCode: '320322100002', planned: 1, standard: '每村1所' };
const plan = { regionCode: '320322', validFrom: '2026-01-01', validTo: '2030-12-31', items: [item] };
const planned =
  '{ id region { code } validFrom validTo status version items { class { code } level region { code } planned standard } }';
const draft = { name: 'draftLayoutPlan', field: 'layoutPlan', select: planned };
const submit = { name: 'submitLayoutPlan', field: 'layoutPlan', select: '{ id status version }' };
const approve = { name: 'approveLayoutPlan', field: 'layoutPlan', select: '{ id status version }' };

/** Drafts a plan and gives it to review. */
async function reviewed(change: object = {}): Promise<string> {
  const { layoutPlan } = Object(await write(subgraph, draft, { ...plan, ...change }, commission));
  await write(subgraph, submit, { id: layoutPlan.id }, commission);
  return layoutPlan.id;
}

async function storedPlans(): Promise<readonly unknown[]> {
  const rows = await database.db
    .select({ from: layoutPlans.validFrom, to: layoutPlans.validTo, status: layoutPlans.status })
    .from(layoutPlans)
    .orderBy(layoutPlans.validFrom);
  return rows.map(({ from, to, status }) => `${from} ${to} ${status}`);
}

test('a plan is drafted, rewritten, given to review and approved; the plan before ends on the day before', async () => {
  const drafted = await write(subgraph, draft, plan, commission);
  const { id } = Object(drafted).layoutPlan;
  const shown = {
    id,
    region: { code: '320322' },
    validFrom: '2026-01-01',
    validTo: '2030-12-31',
    status: 'DRAFT',
    version: 1,
    items: [
      { class: { code: 'D600' }, level: 'L9', region: { code: '320322100002' }, planned: 1, standard: '每村1所' },
    ],
  };
  expect(drafted).toEqual({ ok: true, errors: [], layoutPlan: shown });
  const other = { ...item, class: 'C220', level: 'L1', regionCode: '320322101', planned: 2, standard: null };
  expect(
    await write(subgraph, draft, { ...plan, validFrom: '2025-07-01', id, version: 1, items: [other] }, commission),
  ).toEqual({
    ok: true,
    errors: [],
    layoutPlan: {
      ...shown,
      validFrom: '2025-07-01',
      version: 2,
      items: [{ class: { code: 'C220' }, level: 'L1', region: { code: '320322101' }, planned: 2, standard: null }],
    },
  });
  expect(await write(subgraph, submit, { id, version: 2 }, commission)).toEqual({
    ok: true,
    errors: [],
    layoutPlan: { id, status: 'REVIEW', version: 3 },
  });
  expect(await write(subgraph, approve, { id, version: 3 }, commission)).toEqual({
    ok: true,
    errors: [],
    layoutPlan: { id, status: 'APPROVED', version: 4 },
  });
  expect(await storedPlans()).toEqual(['2021-01-01 2025-06-30 APPROVED', '2025-07-01 2030-12-31 APPROVED']);
  const steps = await database.sql`select "from", "to" from status_history where id = ${id} order by seq`;
  expect([...steps]).toEqual([
    { from: null, to: 'DRAFT' },
    { from: 'DRAFT', to: 'REVIEW' },
    { from: 'REVIEW', to: 'APPROVED' },
  ]);
});

test('a plan that begins at once replaces the one before altogether', async () => {
  const id = await reviewed({ validFrom: '2024-05-01', validTo: '2028-12-31' });
  await write(subgraph, approve, { id }, commission);
  expect(await storedPlans()).toEqual(['2021-01-01 2025-12-31 SUPERSEDED', '2024-05-01 2028-12-31 APPROVED']);
});

test('a plan is approved only from review, once, in time, by the commission of its division', async () => {
  const { layoutPlan } = Object(await write(subgraph, draft, plan, commission));
  expect(await faultsOf(write(subgraph, approve, { id: layoutPlan.id }, commission))).toEqual([
    'INVALID_TRANSITION id',
  ]);
  expect(await faultsOf(write(subgraph, submit, { id: layoutPlan.id, version: 9 }, commission))).toEqual([
    'VERSION_CONFLICT version',
  ]);
  expect(await faultsOf(write(subgraph, submit, { id: layoutPlan.id }, elsewhere))).toEqual(['FORBIDDEN id']);
  await write(subgraph, submit, { id: layoutPlan.id }, commission);
  expect(await faultsOf(write(subgraph, submit, { id: layoutPlan.id }, commission))).toEqual(['INVALID_TRANSITION id']);
  const late: Asking = { ...commission, businessTime: '2031-01-01T00:00:00+08:00' };
  expect(await faultsOf(write(subgraph, approve, { id: layoutPlan.id }, late))).toEqual(['VALIDATION_FAILED id']);
  expect(await faultsOf(write(subgraph, approve, { id: layoutPlan.id }, elsewhere))).toEqual(['FORBIDDEN id']);
  await write(subgraph, approve, { id: layoutPlan.id }, commission);
  expect(await faultsOf(write(subgraph, approve, { id: layoutPlan.id }, commission))).toEqual([
    'INVALID_TRANSITION id',
  ]);
  const rewriting = { ...plan, id: layoutPlan.id };
  expect(await faultsOf(write(subgraph, draft, rewriting, commission))).toEqual(['INVALID_TRANSITION id']);
  expect(await faultsOf(write(subgraph, approve, { id: 'lp_NONE' }, commission))).toEqual(['NOT_FOUND id']);
});

test('a draft is refused with all its faults at once', async () => {
  const wrong = {
    regionCode: '320322',
    validFrom: '2024-05-20',
    validTo: '2024-05-19',
    items: [
      { ...item, class: 'X999', regionCode: '320382', planned: -1 },
      item,
      item,
      { ...item, regionCode: '3203', standard: '' },
    ],
  };
  expect(await faultsOf(write(subgraph, draft, wrong, elsewhere))).toEqual([
    'FORBIDDEN regionCode',
    'VALIDATION_FAILED validTo',
    'VALIDATION_FAILED validTo',
    'VALIDATION_FAILED items.0.class',
    'NOT_FOUND items.0.regionCode',
    'VALIDATION_FAILED items.0.regionCode',
    'VALIDATION_FAILED items.0.planned',
    'VALIDATION_FAILED items.2',
    'VALIDATION_FAILED items.3.regionCode',
    'VALIDATION_FAILED items.3.standard',
  ]);
  expect(await faultsOf(write(subgraph, draft, { ...plan, items: [] }, commission))).toEqual([
    'VALIDATION_FAILED items',
  ]);
  const twice = { ...plan, validFrom: '2021-01-01' };
  expect(await faultsOf(write(subgraph, draft, twice, commission))).toEqual(['VALIDATION_FAILED validFrom']);
});

/** The gaps of the county, by code. */
async function gaps(): Promise<readonly string[]> {
  const { data } = await ask(subgraph, '{ layoutGaps(regionCode: "320322") { region { code } kind } }', {}, commission);
  return Object(data).layoutGaps.map((gap: unknown) => `${Object(gap).region.code} ${Object(gap).kind}`);
}

const [own, other] = ['320322100001', '320322100002'];
const [ofOwn, ofOther] = [`${own} VILLAGE_WITHOUT_SERVICE`, `${other} VILLAGE_WITHOUT_SERVICE`];
const ofTown = '320322101 TOWNSHIP_WITHOUT_HOSPITAL';
const setStatus = (id: string, status: 'ACTIVE' | 'CLOSED') =>
  database.db.update(institutions).set({ status }).where(eq(institutions.id, id));
const setLatitude = (code: string, latitude: string) =>
  database.db.update(regions).set({ longitude: '116.930000', latitude }).where(eq(regions.code, code));

test('gaps are villages with neither clinic nor service point and townships without a hospital', async () => {
  expect(await gaps()).toEqual([ofTown]);
  await database.sql`delete from outreach_points`;
  expect(await gaps()).toEqual([ofOther, ofTown]);
  await setStatus('in_CLINIC', 'CLOSED');
  expect(await gaps()).toEqual([ofOwn, ofOther, ofTown]);
});

test('a village on the map looks to a clinic within 2.5 km, in whatever village that stands, and to none further off', async () => {
  await setStatus('in_CLINIC', 'ACTIVE');
  await database.db.update(institutions).set({ latitude: '35.740000' }).where(eq(institutions.id, 'in_TOWN'));
  await setLatitude(own, '34.762483');
  await setLatitude(other, '34.717517');
  expect(await gaps()).toEqual([ofTown]);
  await setLatitude(own, '34.762484');
  expect(await gaps()).toEqual([ofOwn, ofTown]);
  await setLatitude(other, '34.717516');
  expect(await gaps()).toEqual([ofOwn, ofOther, ofTown]);
  await setStatus('in_CLINIC', 'CLOSED');
  await setLatitude(other, '35.740000');
  expect(await gaps()).toEqual([ofOwn, ofTown]);
});

test('a clinic without a place on the map counts for the village it stands in alone', async () => {
  await setStatus('in_CLINIC', 'ACTIVE');
  const unmeasured = { longitude: null, latitude: null };
  await database.db.update(institutions).set(unmeasured).where(eq(institutions.id, 'in_CLINIC'));
  await setLatitude(own, '34.740000');
  await setLatitude(other, '34.740000');
  expect(await gaps()).toEqual([ofOther, ofTown]);
});
