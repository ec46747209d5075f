import { createTestDatabase, type Database, openDatabase, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, changesOf, sampleKeys } from '../sample-caller.ts';
import { write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { appointments, appointmentSlots } from '../tables/appointment.ts';
import { contractProjections } from '../tables/projection.ts';
import { referralEpisodes, referrals } from '../tables/referral.ts';
import { waitingListEntries } from '../tables/waiting.ts';

let database: Database;
let second: Database;
let subgraph: Subgraph;
let other: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 25 });
  second = await openDatabase({ url: database.url }, { max: 25, applicationName: 'hutong-test-second' });
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
  await database.sql`delete from appointments where resident_id <> 'rs_0000000000WA'`;
  await database.sql`delete from appointment_slots where id not in ('sl_ONE', 'sl_TWO')`;
  await database.sql`delete from referrals where resident_id <> 'rs_0000000000WA'`;
  await database.sql`delete from referral_episodes where resident_id <> 'rs_0000000000WA'`;
  await database.sql`delete from contract_projections`;
  await database.sql`delete from changes`;
  await database.sql`delete from status_history`;
});

const lead: Partial<Caller> = { id: 'lead', role: 'INST_STAFF', institutionId: 'in_LEAD' };
const town: Partial<Caller> = { id: 'town', role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN' };
const city: Partial<Caller> = { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY' };
const residentOf = (serial: number): string => `rs_${String(serial).padStart(12, '0')}`;
const self = (serial: number): Partial<Caller> => ({ id: 'self', role: 'RESIDENT', residentId: residentOf(serial) });

const now = '2024-06-12T09:00:00+08:00';
const after = (minutes: number) => `2024-06-12T09:${String(minutes).padStart(2, '0')}:00+08:00`;

interface Told {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly [object: string]: unknown;
}

/** Codes and places of the faults. */
const faults = ({ errors }: Told): string[] => errors.map(({ code, path }) => `${code} ${path.join('.')}`);

const selections: Readonly<Record<string, readonly [string, string]>> = {
  publishSlots: ['slots', '{ id channel bookedCount }'],
  bookAppointment: ['appointment', '{ id }'],
  cancelAppointment: ['appointment', '{ id }'],
};

async function mutate(name: string, input: object, caller: Partial<Caller>, at = now, by = subgraph): Promise<Told> {
  const [field, select] = selections[name] ?? ['entry', '{ id status priority position version }'];
  // What every payload has.
  return (await write(by, { name, field, select }, { ...input }, { caller, businessTime: at })) as Told;
}

const slot = {
  institutionId: 'in_LEAD',
  departmentId: 'de_LEAD03',
  practitionerId: null,
  resource: 'CLINIC' as const,
  start: '2024-06-20T08:00:00+08:00',
  end: '2024-06-20T12:00:00+08:00',
  capacity: 1,
  channel: 'PUBLIC' as const,
  bookedCount: 0,
  price: null,
  status: 'OPEN' as const,
  updatedAt: '2024-06-01T08:00:00+08:00',
};

const addSlots = (...slots: readonly Partial<typeof appointmentSlots.$inferInsert>[]) =>
  database.db.insert(appointmentSlots).values(slots.map((one, index) => ({ ...slot, id: `sl_NEW${index}`, ...one })));

const slotId = 'sl_NEW0';
const book = (serial: number, more: object = {}, at = now, by = subgraph) =>
  mutate('bookAppointment', { slotId, residentId: residentOf(serial), ...more }, town, at, by);
const wait = (serial: number, more: object = {}, caller = town, at = now, by = subgraph) =>
  mutate('waitForSlot', { slotId, residentId: residentOf(serial), ...more }, caller, at, by);
const cancel = (serial: number, at = now, by = subgraph) =>
  mutate('cancelAppointment', { id: `ap_${residentOf(serial).slice(3)}_1` }, town, at, by);
const leave = (serial: number, more: object = {}, caller = town) =>
  mutate('leaveWaitingList', { id: `wl_${residentOf(serial).slice(3)}_1`, ...more }, caller);

async function addReferral(serial: number, greenChannel: boolean): Promise<string> {
  const [sample] = await database.db.select().from(referrals).where(eq(referrals.residentId, 'rs_0000000000WA'));
  if (sample === undefined) throw new Error('the sample has no referral');
  const residentId = residentOf(serial);
  const openedAt = '2024-06-12T08:00:00+08:00';
  const episode = { residentId, no: 1, openedAt, stages: [], closed: false, updatedAt: openedAt };
  await database.db.insert(referralEpisodes).values(episode);
  await database.db.insert(referrals).values({
    ...sample,
    residentId,
    no: 1,
    episodeNo: 1,
    formNo: `32032220240612000${serial}`,
    greenChannel,
    status: 'ACCEPTED' as const,
    fromId: 'in_TOWN',
    toId: 'in_LEAD',
    acceptedAt: openedAt,
    arrivedAt: null,
    completedAt: null,
    appointmentNo: null,
    dischargeSummaryNo: null,
    fromEncounterNo: null,
    toEncounterNo: null,
  });
  return `rf_${residentOf(serial).slice(3)}_1`;
}

const addContract = (serial: number, validTo = '2024-12-31') =>
  database.db.insert(contractProjections).values({
    residentId: residentOf(serial),
    no: 7,
    institutionId: 'in_TOWN',
    teamId: 'tm_ONE',
    status: 'ACTIVE',
    seq: 1,
    validFrom: '2024-01-01',
    validTo,
  });

/** Who waits, who got a place and who does no longer, by serial of the resident, in the order of service. */
async function list(status?: string): Promise<string[]> {
  const where = `where: { departmentId: { eq: "de_LEAD03" }, day: { eq: "2024-06-20" }${status ? `, status: { eq: ${status} }` : ''} }`;
  const { data, errors } = await ask(
    subgraph,
    `{ waitingList(${where}, first: 200) { nodes { resident { id } priority status position } } }`,
  );
  expect(errors).toBeUndefined();
  const nodes: readonly { resident: { id: string }; priority: number; status: string; position: number | null }[] =
    Object(data?.['waitingList']).nodes;
  return nodes.map((each) => `${Number(each.resident.id.slice(3))} p${each.priority} ${each.status} ${each.position}`);
}

const slotNow = async (id = slotId) => {
  const [row] = await database.db.select().from(appointmentSlots).where(eq(appointmentSlots.id, id));
  return row && { bookedCount: row.bookedCount, status: row.status };
};

const booked = async (): Promise<string[]> => {
  const rows = await database.db
    .select({ residentId: appointments.residentId, slotId: appointments.slotId, channel: appointments.channel })
    .from(appointments)
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
    .where(and(eq(appointments.status, 'BOOKED'), eq(appointmentSlots.departmentId, 'de_LEAD03')));
  return rows.map((row) => `${Number(row.residentId.slice(3))} ${row.slotId} ${row.channel}`).toSorted();
};

const historyOf = (id: string) => database.sql`
  select "from", "to", reason from status_history where id = ${id} order by seq`;

describe('the waiting list of a department and day', () => {
  test('serves green channel, referrals, contracts and others in this order, each by the time of the request', async () => {
    await addSlots({});
    await book(1);
    await addContract(6);
    const told = [
      await wait(8),
      await wait(7, {}, town, after(1)),
      await wait(6, {}, town, after(2)),
      await wait(5, { referralId: await addReferral(5, false) }, town, after(3)),
      await wait(4, { referralId: await addReferral(4, true) }, town, after(4)),
    ];
    expect(told.map(({ entry }) => Object(entry).position)).toEqual([1, 2, 1, 1, 1]);
    expect(await list('WAITING')).toEqual([
      '4 p1 WAITING 1',
      '5 p2 WAITING 2',
      '6 p3 WAITING 3',
      '8 p4 WAITING 4',
      '7 p4 WAITING 5',
    ]);
    const served: string[][] = [];
    for (const serial of [1, 4, 5, 6, 8, 7]) {
      await cancel(serial, after(10));
      served.push(await booked());
    }
    expect(served).toEqual([
      ['4 sl_NEW0 PUBLIC'],
      ['5 sl_NEW0 PUBLIC'],
      ['6 sl_NEW0 PUBLIC'],
      ['8 sl_NEW0 PUBLIC'],
      ['7 sl_NEW0 PUBLIC'],
      [],
    ]);
    const [of5] = await database.db
      .select()
      .from(appointments)
      .where(eq(appointments.residentId, residentOf(5)));
    expect([of5?.referralNo, of5?.priority, of5?.bookedByInstitutionId]).toEqual([1, 2, 'in_TOWN']);
  });

  test('gives a place that is given back in the same write, and tells row, slot, history and change log of it', async () => {
    await addSlots({});
    await book(1);
    await wait(2, { idempotencyKey: 'wait-2' }, town, after(1));
    await database.sql`delete from changes`;
    await cancel(1, after(2));
    const [entry] = await database.db.select().from(waitingListEntries);
    expect([await slotNow(), entry?.status, entry?.appointmentNo, await historyOf('wl_000000000002_1')]).toEqual([
      { bookedCount: 1, status: 'FULL' },
      'PROMOTED',
      1,
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'PROMOTED', reason: null },
      ],
    ]);
    expect((await changesOf(database)).map(({ type, kind, payload }) => [type, kind, payload['status']])).toEqual([
      ['Appointment', 'UPDATED', 'CANCELLED'],
      ['AppointmentSlot', 'UPDATED', 'OPEN'],
      ['AppointmentSlot', 'UPDATED', 'FULL'],
      ['Appointment', 'CREATED', 'BOOKED'],
      ['WaitingListEntry', 'UPDATED', 'PROMOTED'],
    ]);
    const again = await wait(2, { idempotencyKey: 'wait-2' }, town, after(3));
    expect(again['entry']).toEqual({
      id: 'wl_000000000002_1',
      status: 'PROMOTED',
      priority: 4,
      position: null,
      version: 2,
    });
    const { data } = await ask(
      subgraph,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { waitingList { nodes {
        department { id } day resource equipment { id } bookedByInstitution { id } appointment { id } history { to } } } } } }`,
      { of: [{ __typename: 'Resident', id: residentOf(2) }] },
    );
    expect(Object(data?.['_entities'])[0].waitingList.nodes).toEqual([
      {
        department: { id: 'de_LEAD03' },
        day: '2024-06-20',
        resource: 'CLINIC',
        equipment: null,
        bookedByInstitution: { id: 'in_TOWN' },
        appointment: { id: 'ap_000000000002_1' },
        history: [{ to: 'WAITING' }, { to: 'PROMOTED' }],
      },
    ]);
  });

  test('two places given back at one moment go to two people, on whichever slots they are', async () => {
    await addSlots({ capacity: 2 }, { start: '2024-06-20T14:00:00+08:00', end: '2024-06-20T17:00:00+08:00' });
    for (const serial of [1, 2]) await book(serial);
    await book(3, { slotId: 'sl_NEW1' });
    for (const serial of [4, 5, 6, 7]) await wait(serial, {}, town, after(serial));
    const told = await Promise.all([cancel(1, now, other), cancel(2), cancel(3, now, other)]);
    expect([told.flatMap(faults), await booked(), await list('WAITING')]).toEqual([
      [],
      [expect.stringMatching(/^4 /), expect.stringMatching(/^5 /), expect.stringMatching(/^6 /)],
      ['7 p4 WAITING 1'],
    ]);
  });

  test('many who book, cancel and wait at one moment get no more places than there are, and none is left while somebody waits', async () => {
    await addSlots(
      { capacity: 6 },
      { capacity: 4, start: '2024-06-20T14:00:00+08:00', end: '2024-06-20T17:00:00+08:00' },
    );
    const first = Array.from({ length: 10 }, (_, index) => index + 1);
    for (const serial of first) await book(serial, { slotId: serial <= 6 ? slotId : 'sl_NEW1' });
    const by = (serial: number) => (serial % 2 === 0 ? subgraph : other);
    for (let serial = 11; serial <= 20; serial += 1) await wait(serial);
    const told = await Promise.all([
      ...first.map((serial) => cancel(serial, now, by(serial))),
      ...Array.from({ length: 12 }, (_, index) => book(30 + index, {}, now, by(index))),
      ...Array.from({ length: 12 }, (_, index) => book(30 + index, { slotId: 'sl_NEW1' }, now, by(index))),
      ...Array.from({ length: 10 }, (_, index) => wait(21 + index, {}, town, now, by(index))),
    ]);
    await Promise.all([subgraph, other].map((each) => each.runJob('moveUpWaiting', after(30))));
    const waiting = await list('WAITING');
    const promoted = await database.db
      .select()
      .from(waitingListEntries)
      .where(eq(waitingListEntries.status, 'PROMOTED'));
    const places = await booked();
    const expected = new Set(['SCHEDULE_CONFLICT input.residentId', 'SLOT_FULL input.slotId']);
    expect(told.flatMap(faults).filter((fault) => !expected.has(fault))).toEqual([]);
    expect([await slotNow(), await slotNow('sl_NEW1'), places.length]).toEqual([
      { bookedCount: 6, status: 'FULL' },
      { bookedCount: 4, status: 'FULL' },
      10,
    ]);
    // Ten places for ten residents; who waited before the cancellations is served before who came with them.
    const waited = Array.from({ length: 10 }, (_, index) => String(11 + index));
    expect(places.map((place) => place.split(' ')[0])).toEqual(waited);
    expect([promoted.length, waiting.length]).toEqual([10, 10]);
  });
});

describe('the job', () => {
  test('gives places when the window of a channel opens: to members first, to the public from noon two days before', async () => {
    await addSlots({ capacity: 2, channel: 'LEAD_HOSPITAL' });
    expect(faults(await wait(1, {}, self(1), '2024-06-08T09:00:00+08:00'))).toEqual([]);
    expect(faults(await wait(2, {}, town, '2024-06-08T09:01:00+08:00'))).toEqual([]);
    const states: string[][] = [];
    for (const at of [
      '2024-06-09T23:59:00+08:00',
      '2024-06-10T00:00:00+08:00',
      '2024-06-18T11:59:00+08:00',
      '2024-06-18T12:00:00+08:00',
    ]) {
      await subgraph.runJob('moveUpWaiting', at);
      states.push(await booked());
    }
    expect(states).toEqual([
      [],
      ['2 sl_NEW0 ALLIANCE'],
      ['2 sl_NEW0 ALLIANCE'],
      ['1 sl_NEW0 PUBLIC', '2 sl_NEW0 ALLIANCE'],
    ]);
  });

  test('is not run in time for who books when a window opens: the places are given to who waits before', async () => {
    await addSlots({ channel: 'LEAD_HOSPITAL' }, { capacity: 2, departmentId: 'de_LEAD04', channel: 'LEAD_HOSPITAL' });
    const early = '2024-06-08T09:00:00+08:00';
    await wait(1, {}, self(1), early);
    for (const serial of [2, 3, 4]) await wait(serial, { slotId: 'sl_NEW1' }, self(serial), early);
    const noon = '2024-06-18T12:00:00+08:00';
    const overtaking = await book(9, {}, noon);
    // The third of those who wait books: the second is served before, the fourth is not.
    await leave(2, {}, self(2));
    expect([faults(overtaking), faults(await book(4, { slotId: 'sl_NEW1' }, noon))]).toEqual([
      ['SLOT_FULL input.slotId'],
      [],
    ]);
    const [slots, first] = [await slotNow('sl_NEW1'), await booked()];
    await subgraph.runJob('moveUpWaiting', noon);
    const rows = await database.sql`select resident_id, status from waiting_list_entries order by resident_id`;
    expect([slots, first, await booked(), rows.map(({ status }) => status)]).toEqual([
      { bookedCount: 2, status: 'FULL' },
      [],
      ['1 sl_NEW0 PUBLIC'],
      ['PROMOTED', 'LEFT', 'PROMOTED', 'LAPSED'],
    ]);
  });

  test('ends the waiting when the day is over, once', async () => {
    await addSlots({});
    await book(1);
    await wait(2);
    await subgraph.runJob('moveUpWaiting', '2024-06-20T23:59:00+08:00');
    const before = await list();
    await Promise.all([subgraph, other].map((each) => each.runJob('moveUpWaiting', '2024-06-21T00:00:00+08:00')));
    expect([before, await list(), await historyOf('wl_000000000002_1')]).toEqual([
      ['2 p4 WAITING 1'],
      ['2 p4 LAPSED null'],
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'LAPSED', reason: 'OVER' },
      ],
    ]);
  });
});

describe('who waits', () => {
  test('gets a place of a session that is published', async () => {
    await addSlots({});
    await book(1);
    await wait(2);
    const session = {
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      practitionerId: 'pr_0123456789AB',
      places: 10,
      start: '2024-06-20T14:00:00+08:00',
      end: '2024-06-20T17:00:00+08:00',
    };
    const { slots } = await mutate('publishSlots', session, lead);
    expect([await booked(), slots]).toEqual([
      ['1 sl_NEW0 PUBLIC', expect.stringMatching(/^2 sl_\w+ ALLIANCE$/)],
      [
        { id: expect.any(String), channel: 'LEAD_HOSPITAL', bookedCount: 1 },
        { id: expect.any(String), channel: 'ALLIANCE', bookedCount: 0 },
        { id: expect.any(String), channel: 'PUBLIC', bookedCount: 0 },
      ],
    ]);
  });

  test('waits no longer after booking a place of the department and day', async () => {
    await addSlots({}, { start: '2024-06-20T14:00:00+08:00', end: '2024-06-20T17:00:00+08:00', channel: 'SIGNED' });
    await book(1);
    await wait(2);
    await addContract(2);
    expect(faults(await book(2, { slotId: 'sl_NEW1' }))).toEqual([]);
    const [entry] = await database.db.select().from(waitingListEntries);
    expect([await list(), entry?.appointmentNo]).toEqual([['2 p3 LAPSED null'], 1]);
    await cancel(1);
    expect(await booked()).toEqual(['2 sl_NEW1 SIGNED']);
  });

  test('and cannot be served blocks nobody behind: deceased, without the contract, busy with another booking', async () => {
    await addSlots({ channel: 'SIGNED' });
    for (const serial of [1, 2, 3, 4, 5]) await addContract(serial, serial === 3 ? '2024-06-12' : undefined);
    await book(1);
    for (const serial of [2, 3, 4, 5]) await wait(serial, {}, town, after(serial));
    await database.sql`update resident_projections set status = 'DECEASED' where resident_id = ${residentOf(2)}`;
    const numbering = `appointments ${residentOf(4)}`;
    await database.sql.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${numbering}, 0))`;
      await cancel(1, '2024-06-13T09:00:00+08:00', other);
    });
    await database.sql`update resident_projections set status = 'ACTIVE' where resident_id = ${residentOf(2)}`;
    expect([await booked(), await list('WAITING')]).toEqual([
      ['5 sl_NEW0 SIGNED'],
      ['2 p3 WAITING 1', '4 p3 WAITING 2', '3 p4 WAITING 3'],
    ]);
  });

  test('is judged anew when a place is given: what ended counts no more, what came counts', async () => {
    await addSlots({});
    await book(1);
    const referralId = await addReferral(2, true);
    await wait(2, { referralId });
    await wait(3, {}, town, after(1));
    await wait(4, {}, town, after(2));
    await addContract(4);
    await database.sql`update referrals set status = 'CANCELLED' where resident_id = ${residentOf(2)}`;
    await cancel(1, after(3));
    expect([await booked(), await list('WAITING')]).toEqual([
      ['4 sl_NEW0 PUBLIC'],
      ['2 p4 WAITING 1', '3 p4 WAITING 2'],
    ]);
  });

  test('gets no place of the next hour without having asked within the last one; the place is free to be booked', async () => {
    await addSlots({});
    await book(1);
    await wait(2);
    await wait(3, {}, town, '2024-06-20T06:30:00+08:00');
    await cancel(1, '2024-06-20T07:30:00+08:00');
    const left = await booked();
    expect(faults(await book(2, {}, '2024-06-20T07:31:00+08:00'))).toEqual([]);
    await wait(4, {}, town, '2024-06-20T07:32:00+08:00');
    await cancel(2, '2024-06-20T07:40:00+08:00');
    expect([left, await booked(), await list()]).toEqual([
      [],
      ['4 sl_NEW0 PUBLIC'],
      ['2 p4 LAPSED null', '3 p4 WAITING 1', '4 p4 PROMOTED null'],
    ]);
  });

  test('leaves the list once, when it concerns who says so, and the next one moves up', async () => {
    await addSlots({});
    await book(1);
    await wait(2);
    await wait(3, {}, self(3), after(1));
    const told = [
      await leave(2, {}, city),
      await leave(2, {}, self(3)),
      await leave(3, {}, town),
      await leave(2, { reason: ' ' }),
      await leave(2, { version: 2 }),
      await leave(9),
      await leave(2, { version: 1, reason: '已就诊' }),
      await leave(2),
    ];
    await cancel(1, after(2));
    expect([told.map(faults), await historyOf('wl_000000000002_1'), await booked()]).toEqual([
      [
        ['FORBIDDEN input.id'],
        ['FORBIDDEN input.id'],
        ['FORBIDDEN input.id'],
        ['VALIDATION_FAILED input.reason'],
        ['VERSION_CONFLICT input.version'],
        ['NOT_FOUND input.id'],
        [],
        ['INVALID_TRANSITION input.id'],
      ],
      [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'LEFT', reason: '已就诊' },
      ],
      ['3 sl_NEW0 PUBLIC'],
    ]);
  });

  test('waits once, where no place can be had now, for a session that is still to come, in an open institution', async () => {
    const afternoon = { start: '2024-06-20T14:00:00+08:00', end: '2024-06-20T17:00:00+08:00' };
    await addSlots({}, { ...afternoon, status: 'CLOSED' }, { departmentId: 'de_LEAD04', channel: 'LEAD_HOSPITAL' });
    const free = await wait(2);
    await book(1);
    const told = [
      await wait(1),
      await wait(2, { slotId: 'sl_NEW1' }),
      await wait(2, {}, town, '2024-06-20T08:00:00+08:00'),
      await wait(2, { slotId: 'sl_NONE', residentId: 'rs_?', bookedByInstitutionId: 'in_CITY' }),
      await wait(2, {}, self(3)),
      await wait(2, { referralId: 'rf_000000000002_9' }),
      await wait(2, { contractId: 'ct_000000000002_9' }),
      await wait(2, { slotId: 'sl_NEW2' }, town),
    ];
    const twice = await Promise.all([wait(2), wait(2, {}, town, now, other), wait(2)]);
    await database.sql`update institutions set status = 'CLOSED' where id = 'in_LEAD'`;
    const closed = await wait(3);
    await database.sql`update institutions set status = 'ACTIVE' where id = 'in_LEAD'`;
    expect([free, ...told].map(faults)).toEqual([
      ['VALIDATION_FAILED input.slotId'],
      ['SCHEDULE_CONFLICT input.residentId'],
      ['VALIDATION_FAILED input.slotId'],
      ['VALIDATION_FAILED input.slotId'],
      ['NOT_FOUND input.slotId', 'NOT_FOUND input.residentId', 'FORBIDDEN input.bookedByInstitutionId'],
      ['FORBIDDEN input.residentId'],
      ['NOT_FOUND input.referralId'],
      ['VALIDATION_FAILED input.contractId'],
      ['VALIDATION_FAILED input.slotId'],
    ]);
    expect([twice.flatMap(faults), faults(closed), await list()]).toEqual([
      ['SCHEDULE_CONFLICT input.residentId', 'SCHEDULE_CONFLICT input.residentId'],
      ['VALIDATION_FAILED input.slotId'],
      ['2 p4 WAITING 1'],
    ]);
  });

  test('is told of the list where a place is not to be had', async () => {
    await addSlots({});
    await book(1);
    const { data } = await ask(
      subgraph,
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { errors { code message messageZh } } }',
      { input: { slotId, residentId: residentOf(2) } },
      { caller: town, businessTime: now },
    );
    expect(data).toEqual({
      bookAppointment: {
        errors: [
          {
            code: 'SLOT_FULL',
            message: 'No place is free. Wait for one with waitForSlot, or choose another slot.',
            messageZh: '号源已满，可申请候补（waitForSlot），或选择其他号源。',
          },
        ],
      },
    });
  });
});
