import { createTestDatabase, type Database, openDatabase, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, changesOf, sampleKeys } from '../sample-caller.ts';
import { write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { contractProjections } from '../tables/projection.ts';
import { waitingListEntries } from '../tables/waiting.ts';

let database: Database;
let second: Database;
let subgraph: Subgraph;
let other: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 15 });
  second = await openDatabase({ url: database.url }, { max: 15, applicationName: 'hutong-test-second' });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
  other = createInstitutions({ database: second, keys: sampleKeys });
});
afterAll(async () => {
  await second.close();
  await database.close();
});
beforeEach(async () => {
  await database.sql`delete from waiting_list_entries`;
  await database.sql`delete from equipment_reservations where resident_id <> 'rs_0000000000WA' or no > 1`;
  await database.sql`delete from equipment where id <> 'eq_CT'`;
  await database.sql`delete from contract_projections`;
  // Mondays from nine to ten, so that a few reservations fill the day.
  await database.sql`
    update equipment set status = 'IN_USE', shared_quota = 0, operator_count = 2, version = 1,
      open_hours = '[{"weekday": 1, "opens": "09:00", "closes": "10:00"}]', maintenance = '[]' where id = 'eq_CT'`;
  await database.sql`delete from changes`;
  await database.sql`delete from status_history`;
});

const lead: Partial<Caller> = { id: 'lead', role: 'INST_STAFF', institutionId: 'in_LEAD' };
const town: Partial<Caller> = { id: 'town', role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN' };
const city: Partial<Caller> = { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY' };
const residentOf = (serial: number): string => `rs_${String(serial).padStart(12, '0')}`;

/** Monday 17 June 2024; the unit is open from nine to ten, and rests five minutes after each use. */
const on = (time: string, day = '2024-06-17') => `${day}T${time}:00+08:00`;
const before = '2024-06-12T09:00:00+08:00';
const after = (minutes: number) => `2024-06-12T09:${String(minutes).padStart(2, '0')}:00+08:00`;

interface Told {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly [object: string]: unknown;
}

/** Codes and places of the faults. */
const faults = ({ errors }: Told): string[] => errors.map(({ code, path }) => `${code} ${path.join('.')}`);

const ofUnits = new Set(['changeEquipmentStatus', 'recordEquipmentMaintenance']);

async function mutate(name: string, input: object, caller: Partial<Caller>, at = before, by = subgraph): Promise<Told> {
  const entry = /^(wait|leave)/.test(name);
  const field = entry ? 'entry' : ofUnits.has(name) ? 'equipment' : 'reservation';
  const select = entry ? '{ id status priority position minutes version }' : '{ id }';
  // What every payload has.
  return (await write(by, { name, field, select }, { ...input }, { caller, businessTime: at })) as Told;
}

const asked = (serial: number) => ({
  equipmentId: 'eq_CT',
  residentId: residentOf(serial),
  requesterId: 'in_TOWN',
  examItem: 'CT_CHEST',
});
const reserve = (serial: number, time: string, more: object = {}, at = before, by = subgraph) =>
  mutate('reserveEquipment', { ...asked(serial), start: on(time), ...more }, town, at, by);
const wait = (serial: number, more: object = {}, caller = town, at = before, by = subgraph) =>
  mutate('waitForEquipment', { ...asked(serial), from: on('09:00'), to: on('10:00'), ...more }, caller, at, by);
const step = (name: string, serial: number, caller = town, at = before, by = subgraph) =>
  mutate(name, { id: `er_${residentOf(serial).slice(3)}_1` }, caller, at, by);
const cancel = (serial: number, at = before, by = subgraph) => step('cancelEquipmentReservation', serial, town, at, by);

/** Fills the day: residents 1 to 3 hold and confirm its three times of fifteen minutes. */
async function fill(confirmed = true): Promise<void> {
  await fillFrom(1, confirmed);
}

/** Fills the day from one of its times on. */
async function fillFrom(first: number, confirmed = true): Promise<void> {
  const told: Told[] = [];
  for (const [index, time] of ['09:00', '09:20', '09:40'].entries()) {
    if (index + 1 < first) continue;
    told.push(await reserve(index + 1, time));
    if (confirmed) told.push(await step('confirmEquipmentReservation', index + 1));
  }
  expect(told.flatMap(faults)).toEqual([]);
}

const addContract = (serial: number) =>
  database.db.insert(contractProjections).values({
    residentId: residentOf(serial),
    no: 7,
    institutionId: 'in_TOWN',
    teamId: 'tm_ONE',
    status: 'ACTIVE',
    seq: 1,
    validFrom: '2024-01-01',
    validTo: '2024-12-31',
  });

/** Who has the unit when, as it stands: serial of the resident, beginning, state. */
const reserved = async (): Promise<string[]> => {
  const rows = await database.sql<{ residentId: string; start: string; status: string }[]>`
    select resident_id as "residentId", to_char(start, 'MM-DD HH24:MI') as start, status from equipment_reservations
    where status in ('HELD', 'CONFIRMED', 'DONE') and resident_id <> 'rs_0000000000WA' order by start`;
  return rows.map(({ residentId, start, status }) => `${Number(residentId.slice(3))} ${start} ${status}`);
};

/** Who waits, who got a time and who does no longer, in the order of service. */
async function list(): Promise<string[]> {
  const { data, errors } = await ask(
    subgraph,
    '{ waitingList(where: { equipmentId: { eq: "eq_CT" } }, first: 200) { nodes { resident { id } priority status position } } }',
  );
  expect(errors).toBeUndefined();
  const nodes: readonly { resident: { id: string }; priority: number; status: string; position: number | null }[] =
    Object(data?.['waitingList']).nodes;
  return nodes.map((each) => `${Number(each.resident.id.slice(3))} p${each.priority} ${each.status} ${each.position}`);
}

/** The resident's serial in a line of what is reserved. */
const residentIn = (line: string): number => Number(line.split(' ')[0]);
const byNumber = (a: number, b: number): number => a - b;

const historyOf = (id: string) => database.sql`
  select "from", "to", reason from status_history where id = ${id} order by seq`;

describe('the waiting list of a unit', () => {
  test('gives a time that is given back to the first who waits for it, confirmed, in the same write', async () => {
    await fill();
    await addContract(5);
    const told = [await wait(4), await wait(5, {}, town, after(1)), await wait(6, {}, town, after(2))];
    expect(told.map(({ entry }) => Object(entry))).toMatchObject([
      { id: 'wl_000000000004_1', status: 'WAITING', priority: 4, position: 1, minutes: 15, version: 1 },
      { priority: 3, position: 1 },
      { priority: 4, position: 3 },
    ]);
    await database.sql`delete from changes`;
    await cancel(2, after(3));
    expect([await reserved(), await list()]).toEqual([
      ['1 06-17 09:00 CONFIRMED', '5 06-17 09:20 CONFIRMED', '3 06-17 09:40 CONFIRMED'],
      ['5 p3 PROMOTED null', '4 p4 WAITING 1', '6 p4 WAITING 2'],
    ]);
    expect((await changesOf(database)).map(({ type, kind, payload }) => [type, kind, payload['status']])).toEqual([
      ['EquipmentReservation', 'UPDATED', 'CANCELLED'],
      ['EquipmentReservation', 'CREATED', 'CONFIRMED'],
      ['WaitingListEntry', 'UPDATED', 'PROMOTED'],
    ]);
    const { data } = await ask(
      subgraph,
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on WaitingListEntry { reservation { id start priority } examItem { code } from to } } }',
      { of: [{ __typename: 'WaitingListEntry', id: 'wl_000000000005_1' }] },
    );
    expect(data).toEqual({
      _entities: [
        {
          reservation: {
            id: 'er_000000000005_1',
            start: on('09:20'),
            priority: 3,
          },
          examItem: { code: 'CT_CHEST' },
          from: on('09:00'),
          to: on('10:00'),
        },
      ],
    });
  });

  test('gives the time of a hold that has lapsed, by the job', async () => {
    await fill(false);
    await wait(4, {}, town, after(1));
    await subgraph.runJob('expireHolds', after(14));
    const early = await reserved();
    await Promise.all([subgraph, other].map((each) => each.runJob('expireHolds', after(15))));
    expect([early, await reserved(), await list()]).toEqual([
      ['1 06-17 09:00 HELD', '2 06-17 09:20 HELD', '3 06-17 09:40 HELD'],
      ['4 06-17 09:00 CONFIRMED'],
      ['4 p4 PROMOTED null'],
    ]);
  });

  test('gives two times that are given back at one moment to two people', async () => {
    await fill();
    for (const serial of [4, 5, 6]) await wait(serial, {}, town, after(serial));
    const told = await Promise.all([cancel(1, after(10)), cancel(3, after(10), other)]);
    expect([told.flatMap(faults), (await reserved()).map(residentIn).toSorted(byNumber)]).toEqual([[], [2, 4, 5]]);
  });

  test('gives no time twice, however many reserve, cancel and wait at one moment', async () => {
    await fill();
    for (const serial of [4, 5, 6, 7]) await wait(serial);
    const by = (serial: number) => (serial % 2 === 0 ? subgraph : other);
    const told = await Promise.all([
      ...[1, 2, 3].map((serial) => cancel(serial, after(10), by(serial))),
      ...['09:00', '09:20', '09:40'].flatMap((time, index) =>
        [0, 1, 2, 3, 4].map((each) => reserve(20 + 5 * index + each, time, {}, after(10), by(each))),
      ),
      ...[8, 9, 10].map((serial) => wait(serial, {}, town, after(10), by(serial))),
    ]);
    await subgraph.runJob('moveUpWaiting', after(11));
    const now = await reserved();
    expect([now.map((each) => each.split(' ')[2]), now.map(residentIn).toSorted(byNumber)]).toEqual([
      ['09:00', '09:20', '09:40'],
      [4, 5, 6],
    ]);
    expect([...new Set(told.flatMap(faults))]).toEqual(['SLOT_TAKEN input.start']);
  });

  test('gives the share of primary care to others from noon two days before, by the job', async () => {
    await database.sql`update equipment set shared_quota = 0.5 where id = 'eq_CT'`;
    const ours = { requesterId: 'in_LEAD' };
    for (const [serial, time] of [
      [1, '09:00'],
      [2, '09:20'],
    ] as const) {
      await mutate('reserveEquipment', { ...asked(serial), ...ours, start: on(time) }, lead);
      await step('confirmEquipmentReservation', serial, lead);
    }
    expect(faults(await wait(3, ours, lead))).toEqual([]);
    const states: string[][] = [];
    for (const at of [on('11:59', '2024-06-15'), on('12:00', '2024-06-15')]) {
      await subgraph.runJob('moveUpWaiting', at);
      states.push((await reserved()).slice(2));
    }
    expect(states).toEqual([[], ['3 06-17 09:40 CONFIRMED']]);
  });

  test('gives the rest of a time when the resident did not come, and all of it when the unit is in use again', async () => {
    await fill();
    await wait(5, { minutes: 10 }, town, on('08:00'));
    await wait(4, { minutes: 10 }, town, on('08:30'));
    await step('recordEquipmentNoShow', 1, lead, on('09:04'));
    const first = await reserved();
    await database.sql`update equipment set status = 'IDLE' where id = 'eq_CT'`;
    const later = { from: on('09:00', '2024-06-24'), to: on('10:00', '2024-06-24') };
    expect(faults(await wait(6, later))).toEqual([]);
    await mutate('changeEquipmentStatus', { id: 'eq_CT', status: 'IN_USE' }, lead);
    // Who asked an hour before and more is given no time that begins so soon.
    expect([first[0], (await reserved())[3], (await list())[1]]).toEqual([
      '4 06-17 09:04 CONFIRMED',
      '6 06-24 09:00 CONFIRMED',
      '5 p4 WAITING 1',
    ]);
  });

  test('gives a time of the next hour to who asked within the last one, and in an emergency; any may book it', async () => {
    await fill();
    await wait(4, {}, town, on('07:45'));
    await wait(5, { urgency: 'EMERGENCY' }, town, on('07:46'));
    await cancel(2, on('08:50'));
    await cancel(3, on('08:51'));
    const left = await reserved();
    expect(faults(await reserve(4, '09:40', {}, on('08:52')))).toEqual([]);
    expect([left, (await reserved()).slice(2)]).toEqual([
      ['1 06-17 09:00 CONFIRMED', '5 06-17 09:20 CONFIRMED'],
      ['4 06-17 09:40 HELD'],
    ]);
  });

  test('gives a share that opens at noon before anybody books it, and an emergency waits for nobody', async () => {
    await database.sql`update equipment set shared_quota = 0.5 where id = 'eq_CT'`;
    const ours = { requesterId: 'in_LEAD' };
    for (const [serial, time] of [
      [1, '09:00'],
      [2, '09:20'],
    ] as const) {
      await mutate('reserveEquipment', { ...asked(serial), ...ours, start: on(time) }, lead);
      await step('confirmEquipmentReservation', serial, lead);
    }
    await addContract(3);
    await wait(3, ours, lead);
    const noon = on('12:00', '2024-06-15');
    const overtaking = await reserve(9, '09:40', {}, noon);
    const urgent = await reserve(10, '09:20', { urgency: 'EMERGENCY' }, noon);
    const waiting = await list();
    await subgraph.runJob('moveUpWaiting', noon);
    expect([faults(overtaking), faults(urgent), waiting, await reserved()]).toEqual([
      ['SLOT_TAKEN input.start'],
      [],
      ['3 p3 WAITING 1', '2 p4 WAITING 2'],
      ['1 06-17 09:00 CONFIRMED', '10 06-17 09:20 HELD', '3 06-17 09:40 CONFIRMED', '2 06-24 09:00 CONFIRMED'],
    ]);
  });

  test('lets who waits book before those behind, and not before those ahead', async () => {
    await fill();
    for (const serial of [4, 5, 6]) await wait(serial, {}, town, after(serial));
    // Given back without anybody's doing.
    await database.sql`update equipment_reservations set status = 'CANCELLED' where resident_id in ${database.sql([1, 2].map(residentOf))}`;
    expect(faults(await reserve(5, '09:20', {}, after(10)))).toEqual([]);
    expect([await reserved(), await list()]).toEqual([
      ['4 06-17 09:00 CONFIRMED', '5 06-17 09:20 HELD', '3 06-17 09:40 CONFIRMED'],
      ['4 p4 PROMOTED null', '5 p4 WAITING 1', '6 p4 WAITING 2'],
    ]);
  });

  test('tells times as the change log writes them', async () => {
    await fill();
    await wait(4);
    await database.sql`delete from changes`;
    await cancel(2, after(1));
    const made = (await changesOf(database)).filter(({ kind }) => kind === 'CREATED');
    expect(made.map(({ type, payload }) => [type, payload])).toEqual([
      [
        'EquipmentReservation',
        { status: 'CONFIRMED', equipmentId: 'eq_CT', start: on('09:20'), end: on('09:35'), version: 1 },
      ],
    ]);
  });

  test('is over with its window, once, and with the unit', async () => {
    await fill();
    await database.sql`update equipment set operator_count = 0 where id = 'eq_CT'`;
    for (const serial of [4, 5]) await wait(serial, serial === 5 ? { to: on('10:00', '2024-06-24') } : {});
    await Promise.all([subgraph, other].map((each) => each.runJob('moveUpWaiting', on('10:00'))));
    const over = await list();
    await mutate('changeEquipmentStatus', { id: 'eq_CT', status: 'RETIRED' }, lead, on('10:00'));
    expect([over, await historyOf('wl_000000000004_1'), await historyOf('wl_000000000005_1')]).toEqual([
      ['4 p4 LAPSED null', '5 p4 WAITING 1'],
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'LAPSED', reason: 'OVER' },
      ],
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'LAPSED', reason: 'RETIRED' },
      ],
    ]);
  });
});

describe('who waits for a unit', () => {
  test('gets the first time that fits, and none while examined elsewhere; who confirmed another one waits no longer', async () => {
    const [ct] = await database.db.select().from(equipment);
    if (ct === undefined) throw new Error('the sample has no unit');
    await database.db.insert(equipment).values({ ...ct, id: 'eq_MR', serialNo: 'MR-1' });
    await fill();
    await wait(4);
    await wait(5, {}, town, after(1));
    await wait(6, {}, town, after(2));
    await reserve(4, '09:20', { equipmentId: 'eq_MR', examItem: 'MRI_HEAD' }, after(3));
    await cancel(2, after(4));
    expect(await reserved()).toContain('5 06-17 09:20 CONFIRMED');
    // The next Monday is free.
    await reserve(6, '09:00', { start: on('09:00', '2024-06-24') }, after(5));
    await step('confirmEquipmentReservation', 6, town, after(6));
    await cancel(3, after(7));
    expect([await list(), await historyOf('wl_000000000006_1')]).toEqual([
      ['4 p4 PROMOTED null', '5 p4 PROMOTED null', '6 p4 LAPSED null'],
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'LAPSED', reason: 'BOOKED' },
      ],
    ]);
    expect(await reserved()).toContain('4 06-17 09:40 CONFIRMED');
  });

  test('has one time of a unit and item: who holds one is passed over, who has one does not wait for another', async () => {
    await fill();
    await wait(4);
    await wait(5, {}, town, after(1));
    await reserve(4, '09:00', { start: on('09:00', '2024-06-24') }, after(2));
    await cancel(2, after(3));
    await subgraph.runJob('moveUpWaiting', after(4));
    await step('confirmEquipmentReservation', 4, town, after(5));
    const again = [await wait(1, {}, town, after(6)), await wait(1, { examItem: 'CT_HEAD' }, town, after(6))];
    expect([await reserved(), await list(), again.map(faults)]).toEqual([
      ['1 06-17 09:00 CONFIRMED', '5 06-17 09:20 CONFIRMED', '3 06-17 09:40 CONFIRMED', '4 06-24 09:00 CONFIRMED'],
      ['4 p4 LAPSED null', '5 p4 PROMOTED null', '1 p4 WAITING 1'],
      [['SCHEDULE_CONFLICT input.residentId'], []],
    ]);
  });

  test('waits once, for a time that can be had one day and not now, by an institution that may use the unit', async () => {
    const free = await wait(4);
    await fill();
    const told = [
      await wait(4, { from: on('09:00', '2024-06-11') }),
      await wait(4, { to: on('09:00') }),
      await wait(4, { to: on('09:01', '2024-07-18') }),
      await wait(4, { minutes: 0 }),
      await wait(4, { minutes: 61 }),
      await wait(4, { from: on('10:00'), to: on('12:00') }),
      await wait(4, { equipmentId: 'eq_NONE', residentId: 'rs_?', requesterId: 'in_NONE', examItem: '?' }),
      await wait(4, { requesterId: 'in_LEAD' }),
      await wait(4, { requesterId: 'in_CITY' }, city),
      await wait(4, { to: on('10:00', '2024-06-24') }),
      await wait(4, { referralId: 'rf_000000000004_9' }),
    ];
    const twice = await Promise.all([wait(4), wait(4, {}, town, before, other), wait(4)]);
    await database.sql`update equipment set status = 'RETIRED' where id = 'eq_CT'`;
    const retired = await wait(5);
    expect([free, ...told, retired].map(faults)).toEqual([
      ['VALIDATION_FAILED input.from'],
      ['VALIDATION_FAILED input.from'],
      ['VALIDATION_FAILED input.to'],
      ['VALIDATION_FAILED input.to'],
      ['VALIDATION_FAILED input.minutes'],
      ['VALIDATION_FAILED input.from'],
      ['VALIDATION_FAILED input.from'],
      [
        'NOT_FOUND input.equipmentId',
        'NOT_FOUND input.requesterId',
        'FORBIDDEN input.requesterId',
        'NOT_FOUND input.residentId',
        'VALIDATION_FAILED input.examItem',
      ],
      ['FORBIDDEN input.requesterId'],
      ['MODE_MISMATCH input.requesterId'],
      ['VALIDATION_FAILED input.from'],
      ['NOT_FOUND input.referralId'],
      ['VALIDATION_FAILED input.equipmentId'],
    ]);
    expect([twice.flatMap(faults), await list()]).toEqual([
      ['SCHEDULE_CONFLICT input.residentId', 'SCHEDULE_CONFLICT input.residentId'],
      ['4 p4 WAITING 1'],
    ]);
  });
});

describe('a routine reservation', () => {
  const emergency = (serial: number, time: string) => reserve(serial, time, { urgency: 'EMERGENCY' }, on('08:30'));

  test('that an emergency displaces is waited for by itself, and gets another time within a week; both are linked', async () => {
    await fill();
    await addContract(2);
    expect(faults(await emergency(9, '09:20'))).toEqual([]);
    const { data } = await ask(
      subgraph,
      `{ waitingList(where: { equipmentId: { eq: "eq_CT" } }) { nodes {
        resident { id } priority status requestedAt from to minutes urgency bookedByInstitution { id } displacedReservation { id status } } } }`,
    );
    expect(Object(data?.['waitingList']).nodes).toEqual([
      {
        resident: { id: residentOf(2) },
        priority: 4,
        status: 'WAITING',
        requestedAt: before,
        from: on('09:20'),
        to: on('09:20', '2024-06-24'),
        minutes: 15,
        urgency: 'ROUTINE',
        bookedByInstitution: { id: 'in_TOWN' },
        displacedReservation: {
          id: 'er_000000000002_1',
          status: 'RESCHEDULE_NEEDED',
        },
      },
    ]);
    await subgraph.runJob('moveUpWaiting', on('08:31'));
    expect([await reserved(), await list()]).toEqual([
      ['1 06-17 09:00 CONFIRMED', '9 06-17 09:20 HELD', '3 06-17 09:40 CONFIRMED', '2 06-24 09:00 CONFIRMED'],
      ['2 p3 PROMOTED null'],
    ]);
  });

  test('that is displaced and then cancelled is waited for no longer', async () => {
    await fill();
    await emergency(9, '09:20');
    await cancel(2, on('08:31'));
    await subgraph.runJob('moveUpWaiting', on('08:32'));
    expect([(await reserved()).length, await list()]).toEqual([3, ['2 p4 LEFT null']]);
  });

  test('that a repair displaces waits for a time after it', async () => {
    await fill();
    const repair = { equipmentId: 'eq_CT', kind: 'REPAIR', from: on('09:30'), to: on('09:45') };
    expect(faults(await mutate('recordEquipmentMaintenance', repair, lead))).toEqual([]);
    await subgraph.runJob('moveUpWaiting', after(1));
    expect([await reserved(), await list()]).toEqual([
      ['1 06-17 09:00 CONFIRMED', '2 06-17 09:45 CONFIRMED', '3 06-24 09:00 CONFIRMED'],
      ['2 p4 PROMOTED null', '3 p4 PROMOTED null'],
    ]);
  });
});

describe('who is displaced', () => {
  /** What is waited for: resident, item, window, the reservation that was displaced. */
  const waited = async (): Promise<string[]> => {
    const rows = await database.sql<{ residentId: string; what: string }[]>`
      select resident_id as "residentId", exam_item || ' ' || to_char("from", 'MM-DD HH24:MI') || ' to ' ||
        to_char("to", 'MM-DD HH24:MI') || ' for ' || coalesce(displaced_reservation_no, 0) as what
      from waiting_list_entries where status = 'WAITING' order by resident_id, no`;
    return rows.map(({ residentId, what }) => `${Number(residentId.slice(3))} ${what}`);
  };
  const repair = (from: string, to: string | null, at = before) =>
    mutate('recordEquipmentMaintenance', { equipmentId: 'eq_CT', kind: 'REPAIR', from, to }, lead, at);

  test('waits for every item, beside what is waited for already', async () => {
    await fill();
    await wait(2, { examItem: 'CT_HEAD' });
    await reserve(1, '09:00', { examItem: 'CT_HEAD', start: on('09:00', '2024-06-24') });
    expect(faults(await repair(on('09:00'), on('09:30', '2024-06-24'), after(1)))).toEqual([]);
    expect(await waited()).toEqual([
      '1 CT_CHEST 06-24 09:30 to 07-01 09:30 for 1',
      '1 CT_HEAD 06-24 09:30 to 07-01 09:30 for 2',
      '2 CT_HEAD 06-17 09:00 to 06-17 10:00 for 0',
      '2 CT_CHEST 06-24 09:30 to 07-01 09:30 for 1',
      '3 CT_CHEST 06-24 09:30 to 07-01 09:30 for 1',
    ]);
  });

  test('waits a week from the end of the repair, and a month when nobody knows its end', async () => {
    await fill();
    expect(faults(await repair(on('09:30'), on('08:00', '2024-06-30')))).toEqual([]);
    const known = await waited();
    expect(faults(await repair(on('08:00'), null))).toEqual([]);
    expect([known, (await waited())[0]]).toEqual([
      ['2 CT_CHEST 06-30 08:00 to 07-07 08:00 for 1', '3 CT_CHEST 06-30 08:00 to 07-07 08:00 for 1'],
      '1 CT_CHEST 06-17 09:00 to 07-18 09:00 for 1',
    ]);
  });

  test('waits as long as a repair without a known end takes, and a week after it', async () => {
    const leaves = (day: string | null) =>
      database.sql`update alliance_memberships set left_on = ${day} where id = 'am_TOWN'`;
    const august = (day: string) => on('09:00', `2024-08-${day}`);
    await leaves(null);
    await fill();
    expect(faults(await repair(on('08:00'), null, on('08:00')))).toEqual([]);
    await subgraph.runJob('moveUpWaiting', august('12'));
    const meanwhile = await waited();
    const inUse = { id: 'eq_CT', status: 'IN_USE' };
    expect(faults(await mutate('changeEquipmentStatus', inUse, lead, august('18')))).toEqual([]);
    const given = await reserved();
    const reopened = { status: 'WAITING' as const, reservationNo: null };
    await database.db.update(waitingListEntries).set(reopened);
    const still = await waited();
    await subgraph.runJob('moveUpWaiting', august('25'));
    await leaves('2024-06-30');
    const from = ['06-17 09:00', '06-17 09:20', '06-17 09:40'];
    expect([meanwhile, given, still, await waited()]).toEqual([
      from.map((start, index) => `${index + 1} CT_CHEST ${start} to ${start.replace('06-17', '07-18')} for 1`),
      ['1 08-19 09:00 CONFIRMED', '2 08-19 09:20 CONFIRMED', '3 08-19 09:40 CONFIRMED'],
      from.map((start, index) => `${index + 1} CT_CHEST ${start} to 08-25 09:00 for 1`),
      [],
    ]);
  });

  test('waits once for two times of one item, and on in an entry that is there, in a window that has room for both', async () => {
    await reserve(1, '09:00');
    await reserve(1, '09:00', { start: on('09:00', '2024-06-24') });
    await fillFrom(2);
    await wait(4);
    await reserve(4, '09:20', { start: on('09:20', '2024-06-24') }, after(1));
    expect(faults(await repair(on('08:00'), on('09:10'), after(2)))).toEqual([]);
    const first = await waited();
    expect(faults(await repair(on('08:00', '2024-06-24'), on('12:00', '2024-06-24'), after(3)))).toEqual([]);
    expect([first, await waited(), await historyOf('wl_000000000004_1')]).toEqual([
      ['1 CT_CHEST 06-17 09:10 to 06-24 09:10 for 1', '4 CT_CHEST 06-17 09:00 to 06-17 10:00 for 0'],
      ['1 CT_CHEST 06-17 09:10 to 07-01 12:00 for 1', '4 CT_CHEST 06-17 09:00 to 07-01 12:00 for 1'],
      [{ from: null, to: 'WAITING', reason: null }],
    ]);
  });
});

describe('the job', () => {
  test('serves the lists behind one that fails, and tells of it in the end', async () => {
    const [ct] = await database.db.select().from(equipment);
    if (ct === undefined) throw new Error('the sample has no unit');
    await database.db.insert(equipment).values({ ...ct, id: 'eq_MR', serialNo: 'MR-1' });
    await database.sql`update equipment set operator_count = 0`;
    expect([await wait(4), await wait(5, { equipmentId: 'eq_MR' })].flatMap(faults)).toEqual([]);
    await database.sql`update equipment set operator_count = 2`;
    await database.sql`alter table equipment_reservations add constraint broken check (equipment_id <> 'eq_CT') not valid`;
    await expect(subgraph.runJob('moveUpWaiting', after(1))).rejects.toThrow('1 of the lists');
    await database.sql`alter table equipment_reservations drop constraint broken`;
    expect(await reserved()).toEqual(['5 06-17 09:00 CONFIRMED']);
  });
});

describe('the job that lets go holds', () => {
  test('serves the units behind one that fails, and tells of it in the end', async () => {
    const [ct] = await database.db.select().from(equipment);
    if (ct === undefined) throw new Error('the sample has no unit');
    await database.db.insert(equipment).values({ ...ct, id: 'eq_MR', serialNo: 'MR-1' });
    await reserve(1, '09:00');
    await reserve(2, '09:20', { equipmentId: 'eq_MR' });
    await database.sql`alter table equipment_reservations add constraint broken check (equipment_id <> 'eq_CT') not valid`;
    await expect(subgraph.runJob('expireHolds', after(15))).rejects.toThrow('1 of the units');
    await database.sql`alter table equipment_reservations drop constraint broken`;
    const failed = await reserved();
    await subgraph.runJob('expireHolds', after(16));
    expect([failed, await reserved()]).toEqual([['1 06-17 09:00 HELD'], []]);
  });
});

describe('the utilisation of a unit', () => {
  const utilisation = (ids: readonly string[], from: string, to: string) =>
    ask(
      subgraph,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Equipment { utilisation(from: "${from}", to: "${to}") } } }`,
      { of: ids.map((id) => ({ __typename: 'Equipment', id })) },
    );

  test('TV-51 open for 480 minutes and used 18 times a quarter of an hour it is 56.25 %', async () => {
    const [ct] = await database.db.select().from(equipment);
    if (ct === undefined) throw new Error('the sample has no unit');
    const openHours = [{ weekday: 1, opens: '08:00', closes: '16:00' }];
    const units = ['eq_A', 'eq_B', 'eq_C'].map((id) => ({ ...ct, id, serialNo: id, openHours }));
    await database.db.insert(equipment).values(units);
    const maintenance = [{ kind: 'REPAIR' as const, from: on('12:00'), to: null, note: null }];
    await database.db.update(equipment).set({ maintenance }).where(eq(equipment.id, 'eq_B'));
    await database.sql`update equipment set in_service_on = '2024-06-18' where id = 'eq_C'`;
    const quarter = (index: number, unitId: string, status: 'DONE' | 'CONFIRMED' | 'NO_SHOW') => {
      const start = new Date(Date.parse(on('08:00')) + index * 20 * 60_000).toISOString();
      const end = new Date(Date.parse(start) + 15 * 60_000).toISOString();
      const blockedUntil = new Date(Date.parse(start) + 20 * 60_000).toISOString();
      return {
        residentId: residentOf(1),
        no: index + 1,
        equipmentId: unitId,
        requesterId: 'in_TOWN',
        status,
        examItem: 'CT_CHEST',
        start,
        end,
        blockedUntil,
        priority: 4,
        urgency: 'ROUTINE' as const,
        heldAt: before,
        updatedAt: before,
      };
    };
    const used = Array.from({ length: 18 }, (_, index) => quarter(index, 'eq_A', 'DONE'));
    await database.db
      .insert(equipmentReservations)
      .values([...used, quarter(18, 'eq_A', 'CONFIRMED'), quarter(19, 'eq_A', 'NO_SHOW'), quarter(20, 'eq_B', 'DONE')]);
    const day = '2024-06-17';
    expect(await utilisation(['eq_A', 'eq_B', 'eq_C'], day, day)).toEqual({
      data: { _entities: [{ utilisation: '56.25' }, { utilisation: '3.13' }, { utilisation: null }] },
    });
    expect([
      await utilisation(['eq_A'], '2024-06-11', '2024-06-24'),
      await utilisation(['eq_A'], '2024-06-18', '2024-06-23'),
    ]).toEqual([{ data: { _entities: [{ utilisation: '28.13' }] } }, { data: { _entities: [{ utilisation: null }] } }]);
  });

  test('is asked for days in their order, at most 366, and counts none that is still to come', async () => {
    const answers = await Promise.all([
      utilisation(['eq_CT'], '2024-06-12', '2024-06-11'),
      utilisation(['eq_CT'], '2023-01-01', '2024-01-02'),
      utilisation(['eq_CT'], '2025-01-06', '2025-01-06'),
    ]);
    expect(answers.map(({ errors, data }) => errors?.[0]?.extensions?.['code'] ?? data)).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
      { _entities: [{ utilisation: null }] },
    ]);
  });
});
