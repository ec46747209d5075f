import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { institutions } from '../tables/place.ts';
import { layoutPlanItems } from '../tables/planning.ts';
import { contractProjections } from '../tables/projection.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 12 });
  await insertSampleRows(database.db);
  await database.db.insert(layoutPlanItems).values({
    id: 'li_CLINICS',
    planId: 'lp_ONE',
    class: 'D600',
    level: 'L9',
    regionCode: '320322100',
    planned: 2,
    standard: null,
  });
  await database.sql`update institution_lifecycle_events set at = '2020-01-01T00:00:00+08:00'`;
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

/** Each test begins with the institutions of the sample, all open: one of two village clinics of the plan. */
beforeEach(async () => {
  await database.sql`delete from institution_lifecycle_events where id <> 'le_ONE'`;
  await database.sql`delete from institutions where id not in ('in_LEAD', 'in_TOWN', 'in_CLINIC', 'in_CITY')`;
  await database.sql`update institutions set status = 'ACTIVE', licence_valid_to = '2034-12-31', licence_status = 'VALID',
    version = 1, parent_institution_id = case id when 'in_TOWN' then 'in_LEAD' when 'in_CLINIC' then 'in_TOWN' end`;
  await database.sql`update alliance_memberships set left_on = null`;
  await database.sql`truncate changes, status_history, contract_projections`;
});

const businessTime = '2024-05-20T10:00:00+08:00';
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };

const record = {
  name: 'recordInstitutionLifecycle',
  field: 'institutionLifecycleEvent',
  select: `{ event at basis decisionNo mergedInto { id } institution { name shortName class { code } level tier region { code }
    isPrimaryCare nonProfit duties status licence { number status validTo subjects { code } } parentInstitution { id } version } }`,
};
const recorded = (input: object, asking = commission) => write(subgraph, record, { ...input }, asking);
const refused = (input: object, asking = commission) => faultsOf(recorded(input, asking));

const licence = { number: 'PDY00009X', subjects: ['02'], validFrom: '2024-05-01', validTo: '2029-04-30' };
const clinic = {
  name: '乙村卫生室（示例）',
  class: 'D600',
  level: 'L9',
  tier: 'VILLAGE',
  ownership: 'COLLECTIVE',
  regionCode: '320322100002',
  duties: ['BASIC_CARE', 'PUBLIC_HEALTH'],
  parentInstitutionId: 'in_TOWN',
  longitude: 116.95,
  latitude: 34.75,
  licence,
};
const admission = {
  event: 'ADMISSION',
  registration: clinic,
  basis: '医疗机构管理条例',
  decisionNo: '沛卫〔2024〕5号',
};

async function statusOf(id: string): Promise<string | undefined> {
  const [row] = await database.db.select().from(institutions).where(eq(institutions.id, id));
  return row?.status;
}

test('an institution with a licence is admitted to the free place of the plan, and the next one to none', async () => {
  const shown = {
    event: 'ADMISSION',
    at: '2024-05-20T10:00:00+08:00',
    basis: '医疗机构管理条例',
    decisionNo: '沛卫〔2024〕5号',
    mergedInto: null,
    institution: {
      name: '乙村卫生室（示例）',
      shortName: '乙村卫生室（示例）',
      class: { code: 'D600' },
      level: 'L9',
      tier: 'VILLAGE',
      region: { code: '320322100002' },
      isPrimaryCare: true,
      nonProfit: true,
      duties: ['BASIC_CARE', 'PUBLIC_HEALTH'],
      status: 'ACTIVE',
      licence: { number: 'PDY00009X', status: 'VALID', validTo: '2029-04-30', subjects: [{ code: '02' }] },
      parentInstitution: { id: 'in_TOWN' },
      version: 1,
    },
  };
  const first = { ...admission, idempotencyKey: 'admit-1' };
  expect(await recorded(first)).toEqual({ ok: true, errors: [], institutionLifecycleEvent: shown });
  expect(await recorded(first)).toEqual({ ok: true, errors: [], institutionLifecycleEvent: shown });
  expect(await refused(admission)).toEqual(['NOT_IN_LAYOUT_PLAN registration.class']);
  const changes = await database.sql`select type, kind, payload from changes order by seq`;
  expect(changes.map(({ type, kind, payload }) => [type, kind, payload])).toEqual([
    [
      'Institution',
      'CREATED',
      {
        class: 'D600',
        level: 'L9',
        tier: 'VILLAGE',
        regionCode: '320322100002',
        status: 'ACTIVE',
        parentInstitutionId: 'in_TOWN',
        version: 1,
      },
    ],
    [
      'InstitutionLifecycleEvent',
      'CREATED',
      { institutionId: expect.stringMatching(/^in_/), event: 'ADMISSION', mergedIntoId: null },
    ],
  ]);
});

test('twelve that ask for the last place at one moment: one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => recorded(admission)));
  expect(answers.filter((answer) => Object(answer).ok === true)).toHaveLength(1);
});

test('no place is found for a class, level, division or time that the plan does not name', async () => {
  const place = (change: object, asking = commission) =>
    refused({ ...admission, registration: { ...clinic, ...change } }, asking);
  const later: Asking = { ...commission, businessTime: '2026-01-01T08:00:00+08:00' };
  expect([
    await place({ class: 'D300' }),
    await place({ level: 'L1' }),
    await place({ regionCode: '320322101' }),
    await place({}, later),
    await place({ class: 'C210', level: 'L1', tier: 'TOWNSHIP', regionCode: '320322100' }),
  ]).toEqual(Array.from({ length: 5 }, () => ['NOT_IN_LAYOUT_PLAN registration.class']));
});

test('nothing is admitted without a licence that is valid today', async () => {
  const licensed = (given: object | null) => refused({ ...admission, registration: { ...clinic, licence: given } });
  expect([
    await licensed(null),
    await licensed({ ...licence, validTo: '2024-05-19' }),
    await licensed({ ...licence, validFrom: '2024-05-21' }),
  ]).toEqual(Array.from({ length: 3 }, () => ['VALIDATION_FAILED registration.licence']));
});

test('an admission is refused with all its faults at once', async () => {
  const wrong = {
    event: 'ADMISSION',
    at: '2024-05-20T10:00:01+08:00',
    basis: ' ',
    registration: {
      class: 'X9',
      uscc: '12320322HX0000001A',
      providerCode: 'Z1',
      orgCode: '1',
      regionCode: '320399',
      longitude: 10,
      parentInstitutionId: 'in_NONE',
      licence: { ...licence, subjects: ['02', '??'], validTo: '2024-04-30' },
    },
  };
  expect(await refused(wrong)).toEqual([
    'VALIDATION_FAILED registration.name',
    'VALIDATION_FAILED registration.level',
    'VALIDATION_FAILED registration.tier',
    'VALIDATION_FAILED registration.ownership',
    'FORBIDDEN registration.regionCode',
    'VALIDATION_FAILED basis',
    'VALIDATION_FAILED at',
    'VALIDATION_FAILED registration.longitude',
    'VALIDATION_FAILED registration.uscc',
    'VALIDATION_FAILED registration.orgCode',
    'VALIDATION_FAILED registration.providerCode',
    'VALIDATION_FAILED registration.class',
    'VALIDATION_FAILED registration.licence.subjects.1',
    'VALIDATION_FAILED registration.licence.validTo',
    'NOT_FOUND registration.regionCode',
    'NOT_FOUND registration.parentInstitutionId',
  ]);
  const taken = { ...admission, registration: { ...clinic, providerCode: 'H32032200003' } };
  expect(await refused(taken)).toEqual(['VALIDATION_FAILED registration.providerCode']);
  expect(await refused(admission, elsewhere)).toEqual(['FORBIDDEN registration.regionCode']);
});

test('a suspended institution keeps its place, and takes up work again when its licence is valid', async () => {
  const suspension = { event: 'SUSPENSION', institutionId: 'in_CLINIC', decisionNo: '停业1号', version: 1 };
  expect(Object(await recorded(suspension)).institutionLifecycleEvent.institution.status).toBe('SUSPENDED');
  expect(await refused({ ...suspension, version: 2 })).toEqual(['INVALID_TRANSITION event']);
  expect(await refused({ ...suspension, version: 1 })).toEqual(['VERSION_CONFLICT version']);
  expect(Object(await recorded(admission)).ok).toBe(true);
  expect(await refused(admission)).toEqual(['NOT_IN_LAYOUT_PLAN registration.class']);

  await database.sql`update institutions set licence_valid_to = '2024-05-01' where id = 'in_CLINIC'`;
  const resuming = { event: 'ADMISSION', institutionId: 'in_CLINIC' };
  expect(await refused(resuming)).toEqual(['VALIDATION_FAILED registration.licence']);
  const renewed = Object(await recorded({ ...resuming, registration: { licence } })).institutionLifecycleEvent;
  expect([renewed.institution.status, renewed.institution.licence.number]).toEqual(['ACTIVE', 'PDY00009X']);
  expect(await refused(resuming)).toEqual(['INVALID_TRANSITION event']);
  const steps = await database.sql`select "from", "to", reason from status_history where id = 'in_CLINIC' order by seq`;
  expect([...steps]).toEqual([
    { from: 'ACTIVE', to: 'SUSPENDED', reason: '停业1号' },
    { from: 'SUSPENDED', to: 'ACTIVE', reason: null },
  ]);
});

test('a change of the name needs no place, a change of class, level or division does', async () => {
  const change = { event: 'CHANGE', institutionId: 'in_CLINIC' };
  const renamed = Object(await recorded({ ...change, registration: { name: '甲村中心卫生室', shortName: '甲村' } }));
  expect(renamed.institutionLifecycleEvent.institution).toMatchObject({
    name: '甲村中心卫生室',
    shortName: '甲村',
    class: { code: 'D600' },
    status: 'ACTIVE',
    version: 2,
  });
  expect(await refused({ ...change, registration: { class: 'B200' } })).toEqual([
    'NOT_IN_LAYOUT_PLAN registration.class',
  ]);
  expect(await refused({ ...change, registration: { regionCode: '320322101' } })).toEqual([
    'NOT_IN_LAYOUT_PLAN registration.class',
  ]);
  expect(Object(await recorded({ ...change, registration: { regionCode: '320322100002' } })).ok).toBe(true);
  expect(await refused(change)).toEqual(['VALIDATION_FAILED registration']);
});

test('a closure needs an open receiver for the contracts; the receiver takes what belonged to it, and memberships end', async () => {
  await database.db.insert(contractProjections).values({
    residentId: 'rs_0000000000WA',
    no: 1,
    institutionId: 'in_TOWN',
    teamId: 'tm_ONE',
    status: 'ACTIVE',
    validFrom: '2024-01-01',
    validTo: '2024-12-31',
    seq: 1,
  });
  const closure = { event: 'CLOSURE', institutionId: 'in_TOWN', basis: '不符合标准' };
  expect(await refused(closure)).toEqual(['VALIDATION_FAILED mergedIntoId']);
  expect(await refused({ ...closure, mergedIntoId: 'in_NONE' })).toEqual(['NOT_FOUND mergedIntoId']);
  expect(await refused({ ...closure, mergedIntoId: 'in_TOWN' })).toEqual(['VALIDATION_FAILED mergedIntoId']);
  await database.sql`update institutions set status = 'CLOSED' where id = 'in_CITY'`;
  expect(await refused({ ...closure, mergedIntoId: 'in_CITY' })).toEqual([
    'FORBIDDEN mergedIntoId',
    'VALIDATION_FAILED mergedIntoId',
  ]);
  expect(await statusOf('in_TOWN')).toBe('ACTIVE');

  const closed = Object(await recorded({ ...closure, mergedIntoId: 'in_LEAD' })).institutionLifecycleEvent;
  expect([closed.institution.status, closed.mergedInto]).toEqual(['CLOSED', { id: 'in_LEAD' }]);
  const shown = await ask(subgraph, `{ institution(id: "in_CLINIC") { parentInstitution { id } version } }`);
  expect(shown.data).toEqual({ institution: { parentInstitution: { id: 'in_LEAD' }, version: 2 } });
  const [membership] =
    await database.sql`select left_on::text from alliance_memberships where institution_id = 'in_TOWN'`;
  expect(membership).toEqual({ left_on: '2024-05-20' });
  expect(await refused({ ...closure, mergedIntoId: 'in_LEAD' })).toEqual(['INVALID_TRANSITION event']);
});

test('nothing is handed over to an institution of another division; who is booked at a closed one is told', async () => {
  await database.sql`update institutions set parent_institution_id = null where id = 'in_TOWN'`;
  const closure = { event: 'CLOSURE', institutionId: 'in_TOWN' };
  expect(await refused({ ...closure, mergedIntoId: 'in_CITY' })).toEqual(['FORBIDDEN mergedIntoId']);

  await database.sql`update appointment_slots set institution_id = 'in_TOWN', start = '2024-05-21T09:00:00+08:00',
    "end" = '2024-05-21T10:00:00+08:00'`;
  await database.sql`update appointments set status = 'BOOKED', checked_in_at = null`;
  await database.sql`update equipment set institution_id = 'in_TOWN'`;
  await database.sql`update equipment_reservations set status = 'CONFIRMED', start = '2024-05-21T09:00:00+08:00',
    "end" = '2024-05-21T10:00:00+08:00', blocked_until = '2024-05-21T10:05:00+08:00'`;
  expect(Object(await recorded({ ...closure, mergedIntoId: 'in_LEAD' })).ok).toBe(true);
  const slots = await database.sql`select id, status, booked_count from appointment_slots order by id`;
  expect([...slots]).toEqual([
    { id: 'sl_ONE', status: 'CLOSED', booked_count: 0 },
    { id: 'sl_TWO', status: 'CLOSED', booked_count: 0 },
  ]);
  const left = await database.sql`select status from appointments union all select status from equipment_reservations`;
  expect(left.map(({ status }) => status)).toEqual(['CANCELLED', 'RESCHEDULE_NEEDED']);
  const steps = await database.sql`select type, "to", reason from status_history order by type, "to", id`;
  expect([...steps]).toEqual([
    { type: 'AllianceMembership', to: 'LEFT', reason: null },
    { type: 'Appointment', to: 'CANCELLED', reason: 'SLOT_CLOSED' },
    { type: 'AppointmentSlot', to: 'CLOSED', reason: 'INSTITUTION_CLOSED' },
    { type: 'AppointmentSlot', to: 'CLOSED', reason: 'INSTITUTION_CLOSED' },
    { type: 'EquipmentReservation', to: 'RESCHEDULE_NEEDED', reason: 'INSTITUTION_CLOSED' },
    { type: 'Institution', to: 'CLOSED', reason: null },
  ]);
});

test('an institution without contracts closes without a receiver; its place is free again', async () => {
  expect(Object(await recorded({ event: 'CLOSURE', institutionId: 'in_CLINIC' })).ok).toBe(true);
  expect(Object(await recorded(admission)).ok).toBe(true);
  expect(Object(await recorded(admission)).ok).toBe(true);
  expect(await refused(admission)).toEqual(['NOT_IN_LAYOUT_PLAN registration.class']);
});

test('a merger names another open institution; the lead of an alliance neither merges nor closes', async () => {
  expect(await refused({ event: 'MERGER', institutionId: 'in_CLINIC' })).toEqual(['VALIDATION_FAILED mergedIntoId']);
  expect(await refused({ event: 'MERGER', institutionId: 'in_LEAD', mergedIntoId: 'in_TOWN' })).toEqual([
    'VALIDATION_FAILED institutionId',
  ]);
  expect(await refused({ event: 'CLOSURE', institutionId: 'in_LEAD' })).toEqual(['VALIDATION_FAILED institutionId']);
  const merged = await recorded({ event: 'MERGER', institutionId: 'in_CLINIC', mergedIntoId: 'in_TOWN' });
  expect(Object(merged).institutionLifecycleEvent.institution.status).toBe('MERGED');
});

test('an event is refused to other commissions, before the event before, and for who is not there', async () => {
  const suspension = { event: 'SUSPENSION', institutionId: 'in_TOWN' };
  expect(await refused({ ...suspension, at: '2019-12-31T00:00:00+08:00' }, elsewhere)).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED at',
  ]);
  expect(await refused({ event: 'CLOSURE' })).toEqual(['NOT_FOUND institutionId']);
  expect(await refused({ event: 'CLOSURE', institutionId: 'in_NONE' })).toEqual(['NOT_FOUND institutionId']);
});
