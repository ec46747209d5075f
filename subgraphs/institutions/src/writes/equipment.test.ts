import { createTestDatabase, type Database, openDatabase, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { contractProjections } from '../tables/projection.ts';

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
  await database.sql`
    update equipment set status = 'IN_USE', shared_quota = 0.2, operator_count = 2, version = 1,
      open_hours = '[{"weekday": 1, "opens": "08:00", "closes": "16:00"}]', maintenance = '[]' where id = 'eq_CT'`;
  await database.sql`delete from changes`;
  await database.sql`delete from status_history`;
});

const lead: Partial<Caller> = { id: 'lead', role: 'INST_STAFF', institutionId: 'in_LEAD' };
const town: Partial<Caller> = { id: 'town', role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN' };
const city: Partial<Caller> = { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY' };
const residentOf = (serial: number): string => `rs_${String(serial).padStart(12, '0')}`;
const resident = residentOf(1);

/** Monday 17 June 2024; the unit is open from 08:00 to 16:00. */
const on = (time: string) => `2024-06-17T${time}:00+08:00`;
const before = '2024-06-12T09:00:00+08:00';
const after = (minutes: number) => `2024-06-12T09:${String(minutes).padStart(2, '0')}:00+08:00`;

interface Told {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly [object: string]: unknown;
}

const unit = 'equipment { id status shared version }';
const reservation = 'reservation { id start end blockedUntil priority status version }';
const objects: Readonly<Record<string, string>> = {
  registerEquipment: unit,
  changeEquipmentStatus: unit,
  recordEquipmentMaintenance: unit,
};

async function mutate(name: string, input: object, caller: Partial<Caller>, at = before, by = subgraph): Promise<Told> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } ${objects[name] ?? reservation} } }`;
  const { data, errors } = await ask(by, query, { input }, { caller, businessTime: at });
  expect(errors).toBeUndefined();
  // What the query above asks for.
  return data?.[name] as Told;
}

/** Codes and places of the faults. */
const faults = ({ errors }: Told): string[] => errors.map(({ code, path }) => `${code} ${path.join('.')}`);

const asked = {
  equipmentId: 'eq_CT',
  residentId: resident,
  requesterId: 'in_TOWN',
  examItem: 'CT_CHEST',
  start: on('09:00'),
  end: on('09:15'),
};

const reserve = (more: object = {}, caller = town, at?: string, by?: Subgraph) =>
  mutate('reserveEquipment', { ...asked, ...more }, caller, at, by);

const idOf = async (told: Promise<Told>): Promise<string> => String(Object((await told)['reservation']).id);

const step = (name: string, id: string, caller: Partial<Caller> = town, at: string = before, more: object = {}) =>
  mutate(name, { id, ...more }, caller, at);

const statusOf = async (id: string) => {
  const { data } = await ask(
    subgraph,
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on EquipmentReservation { status } } }',
    { refs: [{ __typename: 'EquipmentReservation', id }] },
  );
  return Object(data?.['_entities'])[0]?.status;
};

const freeOn = async (at = before, day = '2024-06-17') => {
  const { data, errors } = await ask(
    subgraph,
    `{ equipmentAvailability(id: "eq_CT", from: "${day}", to: "${day}") { start end minutes } }`,
    {},
    { businessTime: at },
  );
  expect(errors).toBeUndefined();
  // What the query above asks for.
  const free = data?.['equipmentAvailability'] as { start: string; end: string; minutes: number }[] | undefined;
  return free?.map(({ start, end, minutes }) => `${start.slice(11, 16)}-${end.slice(11, 16)} ${minutes}`);
};

/** What was told to the change log, in the order told; readChanges waits for every transaction of the server, other tests' too. */
const logged = () =>
  database.sql<
    { type: string; id: string; kind: string; residentId: string | null; payload: Record<string, unknown> }[]
  >`select type, id, kind, resident_id as "residentId", payload from changes order by seq`;

const historyOf = (id: string) => database.sql`
  select "from", "to", reason from status_history where id = ${id} order by seq`;

describe('a unit', () => {
  const form = {
    institutionId: 'in_LEAD',
    name: '磁共振',
    class: 'MRI',
    large: true,
    licenceNo: '乙0001',
    serialNo: 'MR-1',
    acquisition: 'PURCHASE',
    purchasePrice: '8000000.00',
    sharingMode: 'COOPERATION',
    sharedWithIds: ['al_ONE'],
    sharedQuota: '0.25',
    slotMinutes: 30,
    bufferMinutes: 5,
    openHours: [{ weekday: 1, opens: '08:00', closes: '16:00' }],
    operatorCount: 1,
  };
  const register = (more: object = {}, caller = lead) => mutate('registerEquipment', { ...form, ...more }, caller);

  test('is registered once, and can be reserved', async () => {
    const told = await register();
    expect(told).toEqual({
      ok: true,
      errors: [],
      equipment: { id: expect.stringMatching(/^eq_/), status: 'IN_USE', shared: true, version: 1 },
    });
    expect(faults(await register())).toEqual(['VALIDATION_FAILED input.serialNo']);
    const { id } = Object(told['equipment']);
    expect(faults(await reserve({ equipmentId: id, end: null }))).toEqual([]);
    const changes = await logged();
    expect(changes.slice(0, 1).map(({ type, kind, payload }) => ({ type, kind, payload }))).toEqual([
      {
        type: 'Equipment',
        kind: 'CREATED',
        payload: { institutionId: 'in_LEAD', class: 'MRI', status: 'IN_USE', shared: true, version: 1 },
      },
    ]);
  });

  test('of one serial number is one, however many register it at once', async () => {
    const told = await Promise.all([1, 2, 3].map(() => register()));
    expect(told.flatMap(faults)).toEqual(['VALIDATION_FAILED input.serialNo', 'VALIDATION_FAILED input.serialNo']);
  });

  test('that comes into service later is idle until then', async () => {
    const told = await register({ inServiceOn: '2024-06-13', serialNo: 'MR-2' });
    expect(told['equipment']).toEqual(expect.objectContaining({ status: 'IDLE' }));
  });

  test('is refused with all its faults at once', async () => {
    const wrong = {
      name: ' ',
      licenceNo: null,
      purchasePrice: '-1',
      sharedWithIds: ['al_NONE'],
      sharedQuota: '2',
      slotMinutes: 0,
      bufferMinutes: 241,
      operatorCount: -1,
      openHours: [
        { weekday: 8, opens: '8:00', closes: '25:00' },
        { weekday: 1, opens: '08:00', closes: '12:00' },
        { weekday: 1, opens: '08:00', closes: '13:00' },
      ],
    };
    expect(faults(await register(wrong, town))).toEqual([
      'FORBIDDEN input.institutionId',
      'VALIDATION_FAILED input.name',
      'VALIDATION_FAILED input.licenceNo',
      'VALIDATION_FAILED input.purchasePrice',
      'VALIDATION_FAILED input.slotMinutes',
      'VALIDATION_FAILED input.bufferMinutes',
      'VALIDATION_FAILED input.operatorCount',
      'VALIDATION_FAILED input.openHours.0.weekday',
      'VALIDATION_FAILED input.openHours.0.opens',
      'VALIDATION_FAILED input.openHours.0.closes',
      'VALIDATION_FAILED input.openHours.2.opens',
      'NOT_FOUND input.sharedWithIds.0',
      'VALIDATION_FAILED input.sharedQuota',
    ]);
    expect([
      faults(await register({ sharedWithIds: [] })),
      faults(await register({ sharingMode: 'NONE' })),
      faults(await register({ openHours: [] })),
    ]).toEqual([
      ['VALIDATION_FAILED input.sharedWithIds'],
      ['VALIDATION_FAILED input.sharedWithIds'],
      ['VALIDATION_FAILED input.openHours'],
    ]);
  });

  test('that is retired takes no reservations, and those it had need another time', async () => {
    const id = await idOf(reserve());
    const change = (status: string, caller = lead, more: object = {}) =>
      mutate('changeEquipmentStatus', { id: 'eq_CT', status, reason: '报废', ...more }, caller);
    expect([
      faults(await change('RETIRED', town)),
      faults(await change('IN_USE')),
      faults(await change('RETIRED', lead, { version: 9 })),
      faults(await change('RETIRED', lead, { version: 1 })),
      faults(await change('IN_USE')),
      faults(await reserve({ start: on('10:00'), end: on('10:15') })),
      await statusOf(id),
      await historyOf('eq_CT'),
      await historyOf(id),
    ]).toEqual([
      ['FORBIDDEN input.id'],
      ['INVALID_TRANSITION input.status'],
      ['VERSION_CONFLICT input.version'],
      [],
      ['INVALID_TRANSITION input.status'],
      ['VALIDATION_FAILED input.equipmentId'],
      'RESCHEDULE_NEEDED',
      [{ from: 'IN_USE', to: 'RETIRED', reason: '报废' }],
      [
        { from: null, to: 'HELD', reason: null },
        { from: 'HELD', to: 'RESCHEDULE_NEEDED', reason: 'RETIRED' },
      ],
    ]);
  });

  test('in maintenance takes no reservations in its time; a repair displaces them, a calibration waits', async () => {
    const id = await idOf(reserve());
    const maintain = (kind: string, more: object = {}, caller = lead) =>
      mutate(
        'recordEquipmentMaintenance',
        { equipmentId: 'eq_CT', kind, from: on('09:10'), to: on('10:00'), ...more },
        caller,
      );
    expect([
      faults(await maintain('REPAIR', {}, town)),
      faults(await maintain('REPAIR', { to: on('09:10') })),
      faults(await maintain('CALIBRATION')),
      faults(await maintain('CALIBRATION', { from: on('12:00'), to: on('13:00') })),
      await statusOf(id),
      faults(await maintain('REPAIR')),
      await statusOf(id),
      faults(await reserve({ residentId: residentOf(2), start: on('09:50'), end: on('10:05') })),
      faults(await reserve({ residentId: residentOf(2), start: on('10:20'), end: on('10:35') })),
      await freeOn(),
    ]).toEqual([
      ['FORBIDDEN input.equipmentId'],
      ['VALIDATION_FAILED input.to'],
      ['SCHEDULE_CONFLICT input.from'],
      [],
      'HELD',
      [],
      'RESCHEDULE_NEEDED',
      ['VALIDATION_FAILED input.start'],
      [],
      // Who was displaced has the first time after the repair.
      ['08:00-09:10 70', '10:40-12:00 80', '13:00-16:00 180'],
    ]);
  });

  test('broken down without a known end is in maintenance until it is put in use again', async () => {
    const input = { equipmentId: 'eq_CT', kind: 'REPAIR', from: before };
    const broken = await mutate('recordEquipmentMaintenance', input, lead);
    const refused = await reserve();
    const back = await mutate('changeEquipmentStatus', { id: 'eq_CT', status: 'IN_USE' }, lead, after(30));
    const [row] = await database.db.select().from(equipment).where(eq(equipment.id, 'eq_CT'));
    expect([
      broken['equipment'],
      faults(refused),
      back['equipment'],
      row?.maintenance,
      faults(await reserve()),
    ]).toEqual([
      { id: 'eq_CT', status: 'MAINTENANCE', shared: true, version: 2 },
      ['VALIDATION_FAILED input.start'],
      { id: 'eq_CT', status: 'IN_USE', shared: true, version: 3 },
      [{ kind: 'REPAIR', from: before, to: after(30), note: null }],
      [],
    ]);
  });
});

describe('a reservation', () => {
  test('holds the unit, and tells row, history and change log of it', async () => {
    expect(await reserve({ end: null })).toEqual({
      ok: true,
      errors: [],
      reservation: {
        id: 'er_000000000001_1',
        start: on('09:00'),
        end: on('09:15'),
        blockedUntil: on('09:20'),
        priority: 4,
        status: 'HELD',
        version: 1,
      },
    });
    const changes = await logged();
    expect([
      changes.map(({ type, id, kind, residentId, payload }) => ({ type, id, kind, residentId, payload })),
      await historyOf('er_000000000001_1'),
    ]).toEqual([
      [
        {
          type: 'EquipmentReservation',
          id: 'er_000000000001_1',
          kind: 'CREATED',
          residentId: resident,
          payload: { status: 'HELD', equipmentId: 'eq_CT', start: on('09:00'), end: on('09:15'), version: 1 },
        },
      ],
      [{ from: null, to: 'HELD', reason: null }],
    ]);
  });

  test('TV-47, TV-48, TV-49 keeps its time and the pause after it, and nothing when cancelled', async () => {
    const id = await idOf(reserve());
    const quarter = (start: string, end: string) =>
      reserve({ residentId: residentOf(2), start: on(start), end: on(end) }).then(faults);
    expect(await quarter('09:15', '09:30')).toEqual(['SLOT_TAKEN input.start']);
    expect(await quarter('09:20', '09:35')).toEqual([]);
    expect(await quarter('09:00', '09:15')).toEqual(['SLOT_TAKEN input.start']);
    await step('cancelEquipmentReservation', id);
    expect(await quarter('09:00', '09:15')).toEqual([]);
  });

  test('TV-50 of 40 parallel requests for one interval, over two processes, exactly one wins', async () => {
    const told = await Promise.all(
      Array.from({ length: 40 }, (_, serial) =>
        reserve({ residentId: residentOf(serial + 1) }, town, before, serial % 2 === 0 ? subgraph : other),
      ),
    );
    const stored = await database.sql`select status from equipment_reservations where status = 'HELD'`;
    expect([told.filter(({ ok }) => ok).length, new Set(told.flatMap(faults)), stored.length]).toEqual([
      1,
      new Set(['SLOT_TAKEN input.start']),
      1,
    ]);
  });

  test('TV-50 cannot overlap another in the database either, whoever writes it', async () => {
    await reserve();
    const write = database.db.insert(equipmentReservations).values({
      residentId: residentOf(2),
      no: 1,
      equipmentId: 'eq_CT',
      requesterId: 'in_TOWN',
      examItem: 'CT_CHEST',
      start: on('09:15'),
      end: on('09:30'),
      blockedUntil: on('09:35'),
      priority: 4,
      urgency: 'ROUTINE',
      status: 'CONFIRMED',
      heldAt: before,
      updatedAt: before,
    });
    await expect(write).rejects.toMatchObject({ cause: { constraint_name: 'equipment_reservations_no_overlap' } });
  });

  test('is one place at a time for a resident, on whichever unit, however many ask at once', async () => {
    await database.sql`insert into equipment select 'eq_TWO', institution_id, name, class, large, licence_no, model, serial_no,
      acquisition, lease_terms, purchase_price, in_service_on, status, shared, sharing_mode, shared_with_ids, shared_quota, slot_minutes,
      buffer_minutes, open_hours, operator_count, maintenance, version, updated_at from equipment where id = 'eq_CT'`;
    const told = await Promise.all(
      ['eq_CT', 'eq_TWO', 'eq_CT', 'eq_TWO'].map((equipmentId, turn) =>
        reserve({ equipmentId }, town, before, turn < 2 ? subgraph : other),
      ),
    );
    const next = await reserve({ equipmentId: 'eq_TWO', start: on('09:20'), end: on('09:35') });
    expect([told.filter(({ ok }) => ok).length, faults(next)]).toEqual([1, []]);
  });

  test('is done once by its key', async () => {
    const told = await Promise.all([1, 2, 3].map(() => reserve({ idempotencyKey: 'hold-1' })));
    const [first] = told;
    expect([first?.ok, told]).toEqual([true, [first, first, first]]);
    expect(faults(await reserve({ residentId: residentOf(2) }))).toEqual(['SLOT_TAKEN input.start']);
  });

  test('lapses after fifteen minutes and blocks nothing then, before the timer ran and after', async () => {
    const first = await idOf(reserve());
    const late = await idOf(reserve({ residentId: residentOf(3), start: on('11:00'), end: on('11:15') }));
    expect(faults(await reserve({ residentId: residentOf(2) }, town, after(14)))).toEqual(['SLOT_TAKEN input.start']);
    expect(await freeOn(after(14))).toEqual(['08:00-08:55 55', '09:20-10:55 95', '11:20-16:00 280']);
    expect(await freeOn(after(15))).toEqual(['08:00-16:00 480']);
    expect(faults(await step('confirmEquipmentReservation', first, town, after(15)))).toEqual([
      'INVALID_TRANSITION input.id',
    ]);
    expect(faults(await step('cancelEquipmentReservation', first, town, after(15)))).toEqual([
      'INVALID_TRANSITION input.id',
    ]);
    const taken = await idOf(reserve({ residentId: residentOf(2) }, town, after(15)));
    expect([await statusOf(first), await statusOf(late), await statusOf(taken)]).toEqual([
      'EXPIRED',
      'EXPIRED',
      'HELD',
    ]);
  });

  test('that lapsed is let go by the timer, once with two processes', async () => {
    const held = await Promise.all(
      ['09:00', '10:00', '11:00'].map((time, serial) =>
        idOf(reserve({ residentId: residentOf(serial + 1), start: on(time), end: null })),
      ),
    );
    await step('confirmEquipmentReservation', held[0] ?? '', town, after(1));
    await subgraph.runJob('expireHolds', after(14));
    const early = await Promise.all(held.map(statusOf));
    await Promise.all([subgraph, other].map((each) => each.runJob('expireHolds', after(15))));
    expect([early, await Promise.all(held.map(statusOf)), await historyOf(held[2] ?? '')]).toEqual([
      ['CONFIRMED', 'HELD', 'HELD'],
      ['CONFIRMED', 'EXPIRED', 'EXPIRED'],
      [
        { from: null, to: 'HELD', reason: null },
        { from: 'HELD', to: 'EXPIRED', reason: null },
      ],
    ]);
  });

  test('of an emergency displaces a routine one that has not begun, and no other', async () => {
    const routine = await idOf(reserve({ requesterId: 'in_LEAD' }, lead));
    await step('confirmEquipmentReservation', routine, lead);
    const urgent = await idOf(
      reserve({ residentId: residentOf(2), start: on('09:30'), end: on('09:45'), urgency: 'URGENT' }),
    );
    const emergency = (start: string, end: string, at: string = before) =>
      reserve({ residentId: residentOf(3), start: on(start), end: on(end), urgency: 'EMERGENCY' }, town, at);
    expect(faults(await emergency('09:05', '09:35'))).toEqual(['SLOT_TAKEN input.start']);
    const won = await idOf(emergency('09:05', '09:20'));
    expect([await statusOf(routine), await statusOf(urgent), await statusOf(won), await historyOf(routine)]).toEqual([
      'RESCHEDULE_NEEDED',
      'HELD',
      'HELD',
      [
        { from: null, to: 'HELD', reason: null },
        { from: 'HELD', to: 'CONFIRMED', reason: null },
        { from: 'CONFIRMED', to: 'RESCHEDULE_NEEDED', reason: 'EMERGENCY' },
      ],
    ]);
    expect(faults(await step('cancelEquipmentReservation', routine, lead))).toEqual([]);
  });

  test('that has begun is not displaced', async () => {
    const id = await idOf(reserve());
    await step('confirmEquipmentReservation', id);
    const told = await reserve(
      { residentId: residentOf(3), start: on('09:10'), end: on('09:20'), urgency: 'EMERGENCY' },
      town,
      on('09:05'),
    );
    expect([faults(told), await statusOf(id)]).toEqual([['SLOT_TAKEN input.start'], 'CONFIRMED']);
  });

  test('by others than primary care leaves it its share of the day until noon two days before', async () => {
    const long = { requesterId: 'in_LEAD', start: on('08:00'), end: on('14:25') };
    const own = (more: object, at: string = before) => reserve({ ...long, ...more }, lead, at).then(faults);
    expect([
      await own({}),
      await own({ end: on('14:24') }),
      await own({ residentId: residentOf(2), start: on('14:30'), end: on('14:45') }),
      await reserve({ residentId: residentOf(3), start: on('14:30'), end: on('14:45') }).then(faults),
      await own({ residentId: residentOf(2), start: on('15:00'), end: on('15:15') }, '2024-06-15T12:00:00+08:00'),
    ]).toEqual([['CHANNEL_CLOSED input.start'], [], ['CHANNEL_CLOSED input.start'], [], []]);
  });

  test('cannot eat the share of primary care by being asked for twice at the same moment', async () => {
    const half = (residentId: string, start: string, end: string, by: Subgraph) =>
      reserve({ requesterId: 'in_LEAD', residentId, start: on(start), end: on(end) }, lead, before, by);
    const told = await Promise.all([
      half(residentOf(1), '08:00', '11:20', subgraph),
      half(residentOf(2), '12:00', '15:20', other),
    ]);
    expect(told.flatMap(faults)).toEqual(['CHANNEL_CLOSED input.start']);
  });

  test('rests on a referral or a contract for its priority', async () => {
    await database.db.insert(contractProjections).values({
      residentId: resident,
      no: 7,
      institutionId: 'in_TOWN',
      teamId: 'tm_ONE',
      status: 'ACTIVE',
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
      seq: 1,
    });
    const contracted = await reserve();
    const completed = await reserve({ residentId: 'rs_0000000000WA', referralId: 'rf_0000000000WA_1' });
    const unknown = await reserve({ referralId: 'rf_0000000000WA_1', contractId: 'ct_000000000001_8' });
    await database.sql`delete from contract_projections`;
    expect([contracted['reservation'], faults(completed), faults(unknown)]).toEqual([
      expect.objectContaining({ priority: 3 }),
      ['INVALID_TRANSITION input.referralId'],
      ['NOT_FOUND input.referralId', 'VALIDATION_FAILED input.contractId'],
    ]);
  });

  test('is refused outside the open hours, in the past, on a unit that is not shared or not in use, and for unknown ids', async () => {
    const cases = [
      await reserve({ start: on('07:59'), end: on('08:14') }),
      await reserve({ start: on('15:50'), end: on('16:05') }),
      await reserve({ start: '2024-06-18T09:00:00+08:00', end: '2024-06-18T09:15:00+08:00' }),
      await reserve({ start: '2024-06-10T09:00:00+08:00', end: '2024-06-10T09:15:00+08:00' }),
      await reserve({ end: on('09:00') }),
      await reserve({ requesterId: 'in_CITY' }, city),
      await reserve({ requesterId: 'in_LEAD' }),
      await reserve({ equipmentId: 'eq_NONE', residentId: 'rs_?', requesterId: 'in_NONE', examItem: 'CT' }),
      await reserve({}, { role: 'RESIDENT', residentId: resident }),
    ];
    await database.sql`update equipment set operator_count = 0 where id = 'eq_CT'`;
    const unmanned = await reserve();
    await database.sql`update institutions set status = 'CLOSED' where id = 'in_LEAD'`;
    const closed = await reserve();
    await database.sql`update institutions set status = 'ACTIVE' where id = 'in_LEAD'`;
    expect([...cases, unmanned, closed].map(faults)).toEqual([
      ['VALIDATION_FAILED input.start'],
      ['VALIDATION_FAILED input.end'],
      ['VALIDATION_FAILED input.start'],
      ['VALIDATION_FAILED input.start'],
      ['VALIDATION_FAILED input.end'],
      ['MODE_MISMATCH input.requesterId'],
      ['FORBIDDEN input.requesterId'],
      [
        'NOT_FOUND input.equipmentId',
        'NOT_FOUND input.requesterId',
        'FORBIDDEN input.requesterId',
        'NOT_FOUND input.residentId',
        'VALIDATION_FAILED input.examItem',
      ],
      ['FORBIDDEN input.requesterId'],
      ['VALIDATION_FAILED input.equipmentId'],
      ['VALIDATION_FAILED input.equipmentId'],
    ]);
  });

  test('goes through its states, each step by whom it concerns', async () => {
    const id = await idOf(reserve());
    const told = [
      await step('completeEquipmentUse', id, lead, on('09:15')),
      await step('confirmEquipmentReservation', id, city),
      await step('confirmEquipmentReservation', id, town, before, { version: 2 }),
      await step('confirmEquipmentReservation', id, town, before, { version: 1 }),
      await step('confirmEquipmentReservation', id, town),
      await step('completeEquipmentUse', id, lead, on('08:59')),
      await step('completeEquipmentUse', id, town, on('09:15')),
      await step('completeEquipmentUse', id, lead, on('09:15'), { reportId: 'dr_0000000000WA_1' }),
      await step('completeEquipmentUse', id, lead, on('09:15')),
      await step('completeEquipmentUse', id, lead, on('09:15')),
      await step('cancelEquipmentReservation', id, town, on('09:15')),
      await step('recordEquipmentNoShow', id, lead, on('09:15')),
      await step('cancelEquipmentReservation', 'er_000000000001_9', town),
    ];
    expect([told.map(faults), await statusOf(id)]).toEqual([
      [
        ['INVALID_TRANSITION input.id'],
        ['FORBIDDEN input.id'],
        ['VERSION_CONFLICT input.version'],
        [],
        ['INVALID_TRANSITION input.id'],
        ['VALIDATION_FAILED input.id'],
        ['FORBIDDEN input.id'],
        ['NOT_FOUND input.reportId'],
        [],
        ['INVALID_TRANSITION input.id'],
        ['INVALID_TRANSITION input.id'],
        ['INVALID_TRANSITION input.id'],
        ['NOT_FOUND input.id'],
      ],
      'DONE',
    ]);
  });

  test('whose resident did not come is noted by the unit, and its time is free again', async () => {
    const id = await idOf(reserve());
    await step('confirmEquipmentReservation', id);
    const told = [
      await step('recordEquipmentNoShow', id, lead, on('08:59')),
      await step('recordEquipmentNoShow', id, town, on('09:05')),
      await step('recordEquipmentNoShow', id, lead, on('09:05')),
    ];
    expect([told.map(faults), await statusOf(id), await freeOn(on('09:05'))]).toEqual([
      [['VALIDATION_FAILED input.id'], ['FORBIDDEN input.id'], []],
      'NO_SHOW',
      ['09:05-16:00 415'],
    ]);
  });

  test('used ends with the report that came of it, of the same item', async () => {
    const whose = { residentId: 'rs_0000000000WA' };
    const chest = await idOf(reserve(whose));
    const head = await idOf(reserve({ ...whose, start: on('09:30'), end: on('09:45'), examItem: 'CT_HEAD' }));
    await step('confirmEquipmentReservation', chest);
    await step('confirmEquipmentReservation', head);
    const report = { reportId: 'dr_0000000000WA_1' };
    const wrong = await step('completeEquipmentUse', head, lead, on('10:00'), report);
    const right = await step('completeEquipmentUse', chest, lead, on('10:00'), report);
    const { data } = await ask(
      subgraph,
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on EquipmentReservation { report { id } } } }',
      { refs: [{ __typename: 'EquipmentReservation', id: chest }] },
    );
    expect([faults(wrong), faults(right), data]).toEqual([
      ['VALIDATION_FAILED input.reportId'],
      [],
      { _entities: [{ report: { id: 'dr_0000000000WA_1' } }] },
    ]);
  });
});

describe('the free times of a unit', () => {
  const query = (id: string, from: string, to: string) =>
    ask(
      subgraph,
      `{ equipmentAvailability(id: "${id}", from: "${from}", to: "${to}") { start end minutes } }`,
      {},
      { businessTime: before },
    );

  test('lie in its open hours, on the days asked for, at most 31', async () => {
    expect(await query('eq_CT', '2024-06-12', '2024-06-24')).toEqual({
      data: {
        equipmentAvailability: ['17', '24'].map((day) => ({
          start: `2024-06-${day}T08:00:00+08:00`,
          end: `2024-06-${day}T16:00:00+08:00`,
          minutes: 480,
        })),
      },
    });
    const refused = await Promise.all([
      query('eq_CT', '2024-06-12', '2024-06-11'),
      query('eq_CT', '2024-06-01', '2024-07-02'),
    ]);
    expect(refused.map(({ errors }) => errors?.[0]?.extensions?.['code'])).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
  });

  test('are none of a unit that is not in use, and unknown of one that is not there', async () => {
    await database.sql`update equipment set status = 'IDLE' where id = 'eq_CT'`;
    expect([
      await query('eq_CT', '2024-06-17', '2024-06-17'),
      await query('eq_NONE', '2024-06-17', '2024-06-17'),
    ]).toEqual([{ data: { equipmentAvailability: [] } }, { data: { equipmentAvailability: null } }]);
  });
});
