import { createTestDatabase, type Database, openDatabase, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { sampleKeys } from '../sample-caller.ts';
import { write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let second: Database;
let subgraph: Subgraph;
let other: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 15 });
  second = await openDatabase({ url: database.url }, { max: 5, applicationName: 'hutong-test-second' });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
  other = createInstitutions({ database: second, keys: sampleKeys });
});
afterAll(async () => {
  await second.close();
  await database.close();
});
beforeEach(openTown);

/** The town hospital is open and has the unit, with three times on a Monday that residents 1 to 3 have; 4 to 6 wait for it. */
async function openTown(): Promise<void> {
  await database.sql`delete from waiting_list_entries`;
  await database.sql`delete from equipment_reservations where resident_id <> 'rs_0000000000WA' or no > 1`;
  await database.sql`delete from appointment_slots where id not in ('sl_ONE', 'sl_TWO')`;
  await database.sql`delete from institution_lifecycle_events where id <> 'le_ONE'`;
  await database.sql`update institutions set status = 'ACTIVE', version = 1 where id in ('in_TOWN', 'in_LEAD')`;
  await database.sql`update alliance_memberships set left_on = null`;
  await database.sql`update departments set institution_id = 'in_TOWN' where id = 'de_LEAD04'`;
  await database.sql`
    update equipment set institution_id = 'in_TOWN', status = 'IN_USE', shared_quota = 0, operator_count = 2, version = 1,
      open_hours = '[{"weekday": 1, "opens": "09:00", "closes": "10:00"}]', maintenance = '[]' where id = 'eq_CT'`;
  for (const [index, time] of ['09:00', '09:20', '09:40'].entries()) {
    expect(await faultsOf(reserve(index + 1, time))).toEqual([]);
    expect(await faultsOf(confirm(index + 1))).toEqual([]);
  }
  for (const serial of [4, 5, 6]) expect(await faultsOf(wait(serial))).toEqual([]);
}

const now = '2024-06-12T09:00:00+08:00';
const on = (time: string) => `2024-06-17T${time}:00+08:00`;
const lead: Partial<Caller> = { id: 'lead', role: 'INST_STAFF', institutionId: 'in_LEAD' };
const town: Partial<Caller> = { id: 'town', role: 'INST_STAFF', institutionId: 'in_TOWN' };
const commission: Partial<Caller> = { id: 'commission', role: 'HEALTH_COMMISSION', regionCodes: ['320322'] };
const residentOf = (serial: number): string => `rs_${String(serial).padStart(12, '0')}`;
const reservationOf = (serial: number): object => ({ id: `er_${residentOf(serial).slice(3)}_1` });

const fields: Readonly<Record<string, string>> = {
  waitForEquipment: 'entry',
  publishSlots: 'slots',
  recordInstitutionLifecycle: 'institutionLifecycleEvent',
};

function mutate(name: string, input: object, caller: Partial<Caller>, by = subgraph): Promise<unknown> {
  const mutation = { name, field: fields[name] ?? 'reservation', select: '{ id }' };
  return write(by, mutation, { ...input }, { caller, businessTime: now });
}

const asked = (serial: number) => ({
  equipmentId: 'eq_CT',
  residentId: residentOf(serial),
  requesterId: 'in_LEAD',
  examItem: 'CT_CHEST',
});
const reserve = (serial: number, time: string, by = subgraph) =>
  mutate('reserveEquipment', { ...asked(serial), start: on(time) }, lead, by);
const confirm = (serial: number) => mutate('confirmEquipmentReservation', reservationOf(serial), lead);
const cancel = (serial: number, by = subgraph) => mutate('cancelEquipmentReservation', reservationOf(serial), lead, by);
const wait = (serial: number, by = subgraph) =>
  mutate('waitForEquipment', { ...asked(serial), from: on('09:00'), to: on('10:00') }, lead, by);
const close = () =>
  mutate(
    'recordInstitutionLifecycle',
    { event: 'CLOSURE', institutionId: 'in_TOWN', mergedIntoId: 'in_LEAD' },
    commission,
  );
const publish = () =>
  mutate(
    'publishSlots',
    { institutionId: 'in_TOWN', departmentId: 'de_LEAD04', places: 10, start: on('08:00'), end: on('12:00') },
    town,
  );

async function faultsOf(told: Promise<unknown>): Promise<string[]> {
  const { errors }: { errors: readonly { code: string; path: readonly string[] }[] } = Object(await told);
  return errors.map(({ code, path }) => `${code} ${path.join('.')}`);
}

/** What the town hospital still offers or owes to anybody. */
async function leftAtTown(): Promise<string[]> {
  const rows = await database.sql<{ what: string }[]>`
    select resident_id || ' ' || r.status as what from equipment_reservations r join equipment e on e.id = equipment_id
      where institution_id = 'in_TOWN' and r.status in ('HELD', 'CONFIRMED') and r."end" > ${now}::timestamptz
    union all select resident_id || ' waits' from waiting_list_entries where institution_id = 'in_TOWN' and status = 'WAITING'
    union all select id || ' ' || status from appointment_slots
      where institution_id = 'in_TOWN' and status <> 'CLOSED' and "end" > ${now}::timestamptz`;
  return rows.map(({ what }) => what);
}

/** Until so many transactions wait for a lock. */
async function blocked(count: number): Promise<void> {
  for (;;) {
    const [row] = await second.sql<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0) >= count) return;
    await pause(20);
  }
}

/** Closes the town hospital while somebody is in the midst of a write, which what is locked holds up until the closure waits or is done. */
async function closeDuring(begin: () => Promise<unknown>, lock: string) {
  return second.sql.begin(async (tx) => {
    await tx.unsafe(lock);
    const begun = begin();
    await blocked(1);
    const closing = close();
    await Promise.race([closing, blocked(2)]);
    return { begun, closing };
  });
}

test('a time that is given to who waits while its institution closes is not kept there', async () => {
  const { begun, closing } = await closeDuring(() => cancel(1), 'select 1 from waiting_list_entries for update');
  expect([await faultsOf(begun), await faultsOf(closing), await leftAtTown()]).toEqual([[], [], []]);
});

test('a time that is reserved, and a wait that begins, while the institution closes are not kept there', async () => {
  for (const serial of [3, 4, 5, 6]) await cancel(serial);
  const reserving = await closeDuring(
    () => reserve(9, '09:40'),
    `select pg_advisory_xact_lock(hashtextextended('equipment_reservations ${residentOf(9)}', 0))`,
  );
  expect([await faultsOf(reserving.begun), await faultsOf(reserving.closing), await leftAtTown()]).toEqual([
    ['VALIDATION_FAILED input.equipmentId'],
    [],
    [],
  ]);
  await openTown();
  const waiting = await closeDuring(() => wait(9), "select 1 from equipment where id = 'eq_CT' for update");
  await Promise.all([waiting.begun, waiting.closing]);
  expect([await faultsOf(waiting.closing), await leftAtTown()]).toEqual([[], []]);
});

test('a session that is published while its institution closes is closed, too', async () => {
  const { begun, closing } = await closeDuring(publish, "select 1 from departments where id = 'de_LEAD04' for update");
  expect([await faultsOf(begun), await faultsOf(closing), await leftAtTown()]).toEqual([[], [], []]);
});

test('a hold is not confirmed while the institution is suspended', async () => {
  for (const serial of [1, 4, 5, 6]) await cancel(serial);
  expect(await faultsOf(reserve(9, '09:00'))).toEqual([]);
  await database.sql`update institutions set status = 'SUSPENDED' where id = 'in_TOWN'`;
  expect(await faultsOf(confirm(9))).toEqual(['VALIDATION_FAILED input.id']);
});

test('whatever is reserved, confirmed, cancelled and waited for at the moment of a closure, nothing is left of it', async () => {
  for (let round = 0; round < 8; round += 1) {
    if (round > 0) await openTown();
    const told = await Promise.all([
      cancel(1),
      cancel(2, other),
      close(),
      reserve(9, '09:00', other).then(() => confirm(9)),
      wait(8, other),
      cancel(3),
    ]);
    expect([await faultsOf(Promise.resolve(told[2])), await leftAtTown()]).toEqual([[], []]);
  }
}, 60_000);
