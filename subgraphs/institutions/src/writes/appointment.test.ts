import { createTestDatabase, type Database, openDatabase, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';
import { institutions } from '../tables/place.ts';
import { contractProjections, practiceProjections } from '../tables/projection.ts';
import { referrals } from '../tables/referral.ts';

let database: Database;
let second: Database;
let subgraph: Subgraph;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 25 });
  second = await openDatabase({ url: database.url }, { max: 25, applicationName: 'hutong-test-second' });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(async () => {
  await second.close();
  await database.close();
});
beforeEach(async () => {
  await database.sql`delete from appointments where resident_id <> 'rs_0000000000WA'`;
  await database.sql`delete from appointment_slots where id not in ('sl_ONE', 'sl_TWO')`;
  await database.sql`delete from slot_release_policies where id <> 'sr_ONE'`;
  await database.sql`delete from contract_projections`;
  await database.sql`delete from changes`;
  await database.sql`delete from status_history`;
});

const lead: Partial<Caller> = { id: 'lead', role: 'INST_STAFF', institutionId: 'in_LEAD' };
const town: Partial<Caller> = { id: 'town', role: 'FAMILY_DOCTOR', institutionId: 'in_TOWN' };
const city: Partial<Caller> = { id: 'city', role: 'INST_STAFF', institutionId: 'in_CITY' };
const resident = residentOf(1);
const self: Partial<Caller> = { id: 'self', role: 'RESIDENT', residentId: resident };

function residentOf(serial: number): string {
  return `rs_${String(serial).padStart(12, '0')}`;
}

interface Told {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly [object: string]: unknown;
}

/** Fields of what a mutation writes, by mutation. */
const objects: Readonly<Record<string, string>> = {
  setSlotReleasePolicy: 'policy { id department { id } effectiveFrom ratio leadWindowDays publicReleaseAt version }',
  recordEncounter: 'encounter { id }',
  closeSlot: 'slot { id status bookedCount version }',
  publishSlots: 'slots { id channel capacity bookedCount status currentChannel }',
};
const appointment = 'appointment { id channel priority status version }';

async function mutate(
  name: string,
  input: object,
  caller: Partial<Caller>,
  at = '2024-06-12T09:00:00+08:00',
  by = subgraph,
): Promise<Told> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } ${objects[name] ?? appointment} } }`;
  const { data, errors } = await ask(by, query, { input }, { caller, businessTime: at });
  expect(errors).toBeUndefined();
  // What the query above asks for.
  return data?.[name] as Told;
}

/** Codes and places of the faults. */
const faults = ({ errors }: Told): string[] => errors.map(({ code, path }) => `${code} ${path.join('.')}`);

const slot = {
  institutionId: 'in_LEAD',
  departmentId: 'de_LEAD03',
  practitionerId: null,
  resource: 'CLINIC' as const,
  start: '2024-06-20T08:00:00+08:00',
  end: '2024-06-20T12:00:00+08:00',
  capacity: 2,
  channel: 'PUBLIC' as const,
  bookedCount: 0,
  price: null,
  status: 'OPEN' as const,
  updatedAt: '2024-06-01T08:00:00+08:00',
};

const addSlots = (...slots: readonly Partial<typeof appointmentSlots.$inferInsert>[]) =>
  database.db.insert(appointmentSlots).values(slots.map((one, index) => ({ ...slot, id: `sl_NEW${index}`, ...one })));

const slotNow = async (id = 'sl_NEW0') => {
  const [row] = await database.db.select().from(appointmentSlots).where(eq(appointmentSlots.id, id));
  return row === undefined ? undefined : { bookedCount: row.bookedCount, status: row.status, version: row.version };
};

const book = (more: object = {}, caller = town, at?: string, by?: Subgraph) =>
  mutate('bookAppointment', { slotId: 'sl_NEW0', residentId: resident, ...more }, caller, at, by);

const bookingId = async (told: Promise<Told>): Promise<string> => {
  const { appointment: booked } = await told;
  return String(Object(booked).id);
};

/** What was told to the change log, in the order told; readChanges waits for every transaction of the server, other tests' too. */
const logged = () =>
  database.sql<
    { type: string; id: string; kind: string; residentId: string | null; payload: Record<string, unknown> }[]
  >`select type, id, kind, resident_id as "residentId", payload from changes order by seq`;

const historyOf = (id: string) => database.sql`
  select "from", "to", reason, by_id from status_history where id = ${id} order by seq`;

describe('a release policy', () => {
  const policy = { institutionId: 'in_LEAD', effectiveFrom: '2024-07-01' };

  test('takes the figures of the product where it names none, and is replaced when set again for the day', async () => {
    const made = await mutate('setSlotReleasePolicy', policy, lead);
    const again = await mutate('setSlotReleasePolicy', { ...policy, ratio: '0.35', version: 1 }, lead);
    const late = await mutate('setSlotReleasePolicy', { ...policy, ratio: '0.40', version: 1 }, lead);
    const figures = { effectiveFrom: '2024-07-01', leadWindowDays: 4, publicReleaseAt: 'T-2d 12:00', department: null };
    expect([made, again, late]).toEqual([
      { ok: true, errors: [], policy: { id: expect.stringMatching(/^sr_/), ratio: '0.2000', version: 1, ...figures } },
      { ok: true, errors: [], policy: { id: Object(made['policy']).id, ratio: '0.3500', version: 2, ...figures } },
      { ok: false, errors: [{ code: 'VERSION_CONFLICT', path: ['input', 'version'] }], policy: null },
    ]);
    const changes = await logged();
    expect(changes.map(({ type, kind, payload }) => [type, kind, payload['version']])).toEqual([
      ['SlotReleasePolicy', 'CREATED', 1],
      ['SlotReleasePolicy', 'UPDATED', 2],
    ]);
  });

  test('is one, when two set it at the same moment', async () => {
    const told = await Promise.all([1, 2, 3, 4].map(() => mutate('setSlotReleasePolicy', policy, lead)));
    const stored = await database.db
      .select()
      .from(slotReleasePolicies)
      .where(eq(slotReleasePolicies.effectiveFrom, '2024-07-01'));
    expect([
      stored.length,
      told.flatMap(faults).filter((fault) => fault !== 'VERSION_CONFLICT input.effectiveFrom'),
    ]).toEqual([1, []]);
  });

  test('is set by the institution and by the health commission over it', async () => {
    const commission = (code: string): Partial<Caller> => ({ role: 'HEALTH_COMMISSION', regionCodes: [code] });
    const told = await Promise.all([
      mutate('setSlotReleasePolicy', policy, commission('320322')),
      mutate('setSlotReleasePolicy', policy, commission('320324')),
      mutate('setSlotReleasePolicy', policy, town),
    ]);
    expect(told.map(faults)).toEqual([[], ['FORBIDDEN input.institutionId'], ['FORBIDDEN input.institutionId']]);
  });

  test('is refused with all its faults at once', async () => {
    const wrong = {
      institutionId: 'in_LEAD',
      departmentId: 'de_TOWN02',
      effectiveFrom: '2024-06-11',
      ratio: '0.60',
      leadShare: '1.2',
      leadWindowDays: -1,
      allianceWindowDays: 61,
      yearlyStep: '0.005',
    };
    expect(faults(await mutate('setSlotReleasePolicy', wrong, lead))).toEqual([
      'NOT_FOUND input.departmentId',
      'VALIDATION_FAILED input.leadShare',
      'VALIDATION_FAILED input.yearlyStep',
      'VALIDATION_FAILED input.maxRatio',
      'VALIDATION_FAILED input.leadWindowDays',
      'VALIDATION_FAILED input.allianceWindowDays',
      'VALIDATION_FAILED input.effectiveFrom',
    ]);
    expect(faults(await mutate('setSlotReleasePolicy', { ...policy, institutionId: 'in_NONE' }, lead))).toEqual([
      'NOT_FOUND input.institutionId',
      'FORBIDDEN input.institutionId',
    ]);
  });
});

describe('a session', () => {
  const session = {
    institutionId: 'in_LEAD',
    departmentId: 'de_LEAD03',
    practitionerId: 'pr_0123456789AB',
    start: '2024-06-20T08:00:00+08:00',
    end: '2024-06-20T12:00:00+08:00',
    places: 41,
    price: '12.00',
  };
  const publish = (more: object = {}, caller = lead) => mutate('publishSlots', { ...session, ...more }, caller);
  const split = ({ slots }: Told) =>
    (slots as readonly { channel: string; capacity: number }[] | null)?.map(
      ({ channel, capacity }) => `${capacity} ${channel}`,
    );

  test('TV-42 of 41 places at 0.30, 13 are released: 8 to the lead hospital, 5 to the alliance, 28 public', async () => {
    const told = await publish();
    const fresh = { id: expect.stringMatching(/^sl_/), bookedCount: 0, status: 'OPEN' };
    expect(told).toEqual({
      ok: true,
      errors: [],
      slots: [
        // On 12 June the window of the lead hospital for 20 June has ended.
        { ...fresh, channel: 'LEAD_HOSPITAL', capacity: 8, currentChannel: 'ALLIANCE' },
        { ...fresh, channel: 'ALLIANCE', capacity: 5, currentChannel: 'ALLIANCE' },
        { ...fresh, channel: 'PUBLIC', capacity: 28, currentChannel: 'PUBLIC' },
      ],
    });
    const changes = await logged();
    expect(changes.map(({ type, kind, payload }) => [type, kind, payload['channel'], payload['capacity']])).toEqual([
      ['AppointmentSlot', 'CREATED', 'LEAD_HOSPITAL', 8],
      ['AppointmentSlot', 'CREATED', 'ALLIANCE', 5],
      ['AppointmentSlot', 'CREATED', 'PUBLIC', 28],
    ]);
  });

  test('TV-43, TV-44 of 20 places at 0.20, 4 are released, of 3 one', async () => {
    const policy = { institutionId: 'in_LEAD', departmentId: 'de_LEAD04', effectiveFrom: '2024-06-12', ratio: '0.20' };
    await mutate('setSlotReleasePolicy', policy, lead);
    const twenty = await publish({ departmentId: 'de_LEAD04', places: 20, practitionerId: 'pr_000000000001' });
    const three = await publish({ departmentId: 'de_LEAD04', places: 3, practitionerId: 'pr_000000000002' });
    expect([split(twenty), split(three)]).toEqual([
      ['3 LEAD_HOSPITAL', '1 ALLIANCE', '16 PUBLIC'],
      ['1 LEAD_HOSPITAL', '2 PUBLIC'],
    ]);
  });

  test('TV-45 is split by the ratio of its year', async () => {
    await database.sql`update slot_release_policies set effective_from = '2022-01-01', ratio = 0.20 where id = 'sr_ONE'`;
    const in2025 = { start: '2025-06-20T08:00:00+08:00', end: '2025-06-20T12:00:00+08:00', places: 20 };
    const in2030 = { start: '2030-06-20T08:00:00+08:00', end: '2030-06-20T12:00:00+08:00', places: 20 };
    const told = [split(await publish(in2025)), split(await publish(in2030))];
    await database.sql`update slot_release_policies set effective_from = '2024-01-01', ratio = 0.30 where id = 'sr_ONE'`;
    expect(told).toEqual([
      ['5 LEAD_HOSPITAL', '2 ALLIANCE', '13 PUBLIC'],
      ['6 LEAD_HOSPITAL', '4 ALLIANCE', '10 PUBLIC'],
    ]);
  });

  test('without a policy is public, but for the places kept for residents with a contract', async () => {
    const told = await publish({ departmentId: 'de_LEAD04', places: 20, signedPlaces: 5 });
    const tooMany = await publish({ departmentId: 'de_LEAD03', places: 10, signedPlaces: 8, practitionerId: null });
    expect([split(told), faults(tooMany)]).toEqual([
      ['5 SIGNED', '15 PUBLIC'],
      ['VALIDATION_FAILED input.signedPlaces'],
    ]);
  });

  test('is given by who is registered to practise there on its day', async () => {
    const held = { kind: 'PRIMARY', status: 'ACTIVE', validFrom: '2020-01-01', seq: 1 };
    const here = { ...held, institutionId: 'in_LEAD' };
    await database.db.insert(practiceProjections).values([
      { ...held, id: 'pg_1', practitionerId: 'pr_0000000000A1', institutionId: 'in_TOWN' },
      { ...here, id: 'pg_2', practitionerId: 'pr_0000000000A2', validTo: '2024-06-19' },
      { ...here, id: 'pg_3', practitionerId: 'pr_0000000000A3', status: 'ENDED' },
      { ...here, id: 'pg_4', practitionerId: 'pr_0000000000A4', validTo: '2024-06-20' },
    ]);
    for (const practitionerId of ['pr_0000000000A1', 'pr_0000000000A2', 'pr_0000000000A3'])
      expect(faults(await publish({ practitionerId }))).toEqual(['VALIDATION_FAILED input.practitionerId']);
    expect(await publish({ practitionerId: 'pr_0000000000A4' })).toMatchObject({ ok: true });
    await database.sql`truncate practice_projections`;
  });

  test('is published once: by key it is told again, without one it overlaps itself, two at once give one', async () => {
    const first = await publish({ idempotencyKey: 'session-1' });
    expect(await publish({ idempotencyKey: 'session-1' })).toEqual(first);
    expect(faults(await publish({ idempotencyKey: 'session-1', places: 40 }))).toEqual([
      'VALIDATION_FAILED input.idempotencyKey',
    ]);
    expect(faults(await publish({ departmentId: 'de_LEAD04', start: '2024-06-20T11:59:00+08:00' }))).toEqual([
      'SCHEDULE_CONFLICT input.start',
    ]);
    const nobodys = { practitionerId: null, departmentId: 'de_LEAD04' };
    const told = await Promise.all([publish(nobodys), publish(nobodys), publish(nobodys)]);
    expect(told.flatMap(faults)).toEqual(['SCHEDULE_CONFLICT input.start', 'SCHEDULE_CONFLICT input.start']);
    expect(faults(await publish({ start: '2024-06-20T12:00:00+08:00', end: '2024-06-20T17:00:00+08:00' }))).toEqual([]);
  });

  test('is refused with all its faults at once', async () => {
    const wrong = {
      departmentId: 'de_NONE',
      practitionerId: 'pr_?',
      start: '2024-06-12T08:59:00+08:00',
      end: '2024-06-12T08:00:00+08:00',
      places: 0,
      signedPlaces: -1,
      price: '1.234',
    };
    expect(faults(await publish(wrong, town))).toEqual([
      'FORBIDDEN input.institutionId',
      'NOT_FOUND input.departmentId',
      'VALIDATION_FAILED input.start',
      'VALIDATION_FAILED input.end',
      'VALIDATION_FAILED input.places',
      'VALIDATION_FAILED input.signedPlaces',
      'VALIDATION_FAILED input.price',
      'NOT_FOUND input.practitionerId',
    ]);
    expect(faults(await publish({ end: '2024-06-21T08:01:00+08:00' }))).toEqual(['VALIDATION_FAILED input.end']);
  });

  test('is not published by an institution that is closed or whose licence has expired', async () => {
    const publishWith = async (values: Partial<typeof institutions.$inferInsert>) => {
      const [before] = await database.db.select().from(institutions).where(eq(institutions.id, 'in_LEAD'));
      await database.db.update(institutions).set(values).where(eq(institutions.id, 'in_LEAD'));
      const told = await publish();
      await database.db
        .update(institutions)
        .set({ status: before?.status ?? 'ACTIVE', licenceValidTo: before?.licenceValidTo ?? null })
        .where(eq(institutions.id, 'in_LEAD'));
      return faults(told);
    };
    expect([await publishWith({ status: 'CLOSED' }), await publishWith({ licenceValidTo: '2024-06-11' })]).toEqual([
      ['VALIDATION_FAILED input.institutionId'],
      ['VALIDATION_FAILED input.institutionId'],
    ]);
  });
});

describe('a booking', () => {
  test('takes a place and tells row, slot, history and change log of it', async () => {
    await addSlots({ capacity: 1 });
    expect(await book()).toEqual({
      ok: true,
      errors: [],
      appointment: { id: 'ap_000000000001_1', channel: 'PUBLIC', priority: 4, status: 'BOOKED', version: 1 },
    });
    expect(await slotNow()).toEqual({ bookedCount: 1, status: 'FULL', version: 2 });
    const changes = await logged();
    expect(changes.map(({ type, id, kind, residentId, payload }) => ({ type, id, kind, residentId, payload }))).toEqual(
      [
        {
          type: 'AppointmentSlot',
          id: 'sl_NEW0',
          kind: 'UPDATED',
          residentId: null,
          payload: { status: 'FULL', bookedCount: 1, version: 2 },
        },
        {
          type: 'Appointment',
          id: 'ap_000000000001_1',
          kind: 'CREATED',
          residentId: resident,
          payload: { status: 'BOOKED', slotId: 'sl_NEW0', channel: 'PUBLIC', version: 1 },
        },
      ],
    );
    expect(faults(await book({ residentId: residentOf(2) }))).toEqual(['SLOT_FULL input.slotId']);
  });

  test('200 at once for the last 10 places, over two processes: exactly 10 win', async () => {
    await addSlots({ capacity: 60, bookedCount: 50 });
    const other = createInstitutions({ database: second, keys: sampleKeys });
    const told = await Promise.all(
      Array.from({ length: 200 }, (_, serial) =>
        book({ residentId: residentOf(serial + 1) }, town, undefined, serial % 2 === 0 ? subgraph : other),
      ),
    );
    const stored = await database.db.select().from(appointments).where(eq(appointments.slotId, 'sl_NEW0'));
    const [inLog] = await database.sql`select count(*)::integer as n from changes where type = 'Appointment'`;
    expect({
      won: told.filter(({ ok }) => ok).length,
      lost: told.flatMap(faults).filter((fault) => fault === 'SLOT_FULL input.slotId').length,
      stored: stored.length,
      logged: inLog?.['n'],
      slot: await slotNow(),
    }).toEqual({ won: 10, lost: 190, stored: 10, logged: 10, slot: { bookedCount: 60, status: 'FULL', version: 11 } });
  }, 120_000);

  test('TV-46 a township hospital books a lead-hospital slot of 20 June not on 8 June, but on 11 June', async () => {
    await addSlots({ channel: 'LEAD_HOSPITAL' });
    const early = await book({}, town, '2024-06-08T09:00:00+08:00');
    const byLead = await book({ residentId: residentOf(2) }, lead, '2024-06-08T09:00:00+08:00');
    const later = await book({}, town, '2024-06-11T09:00:00+08:00');
    expect([faults(early), byLead['appointment'], later['appointment']]).toEqual([
      ['CHANNEL_CLOSED input.slotId'],
      expect.objectContaining({ channel: 'LEAD_HOSPITAL', status: 'BOOKED' }),
      expect.objectContaining({ channel: 'ALLIANCE', status: 'BOOKED' }),
    ]);
  });

  test('of a channel waits for its window: members before the public, everybody from noon two days before', async () => {
    await addSlots({ id: 'sl_A', channel: 'ALLIANCE', capacity: 9 });
    const at = (who: Partial<Caller>, serial: number, time: string) => {
      const whose = who.role === 'RESIDENT' ? { ...who, residentId: residentOf(serial) } : who;
      return book({ slotId: 'sl_A', residentId: residentOf(serial) }, whose, time).then(faults);
    };
    expect([
      await at(town, 1, '2024-06-06T07:59:59+08:00'),
      await at(town, 1, '2024-06-06T08:00:00+08:00'),
      await at(self, 2, '2024-06-18T11:59:59+08:00'),
      await at(city, 3, '2024-06-18T11:59:59+08:00'),
      await at(self, 2, '2024-06-18T12:00:00+08:00'),
      await at(city, 3, '2024-06-18T12:00:00+08:00'),
    ]).toEqual([
      ['CHANNEL_CLOSED input.slotId'],
      [],
      ['CHANNEL_CLOSED input.slotId'],
      ['CHANNEL_CLOSED input.slotId'],
      [],
      [],
    ]);
  });

  test('goes by the windows of the policy in force on the day of the visit', async () => {
    await database.db.insert(slotReleasePolicies).values({
      id: 'sr_LATE',
      institutionId: 'in_LEAD',
      departmentId: 'de_LEAD03',
      effectiveFrom: '2024-06-20',
      ratio: '0.20',
      leadShare: '0.60',
      leadWindowDays: 1,
      allianceWindowDays: 11,
      publicReleaseAt: 'T-2d 12:00',
      yearlyStep: '0.05',
      maxRatio: '0.50',
      updatedAt: slot.updatedAt,
    });
    await addSlots({ channel: 'LEAD_HOSPITAL' });
    expect(faults(await book({}, town, '2024-06-08T09:00:00+08:00'))).toEqual([]);
  });

  test('by a village clinic counts as one by its township hospital, by a paired hospital as by the lead', async () => {
    await database.sql`update alliance_memberships set left_on = '2024-01-01' where id = 'am_CLINIC'`;
    await addSlots(
      { id: 'sl_A', channel: 'ALLIANCE' },
      { id: 'sl_C', channel: 'LEAD_HOSPITAL', institutionId: 'in_CITY' },
    );
    const clinic: Partial<Caller> = { role: 'FAMILY_DOCTOR', institutionId: 'in_CLINIC' };
    const byClinic = await book({ slotId: 'sl_A' }, clinic);
    const byLead = await book({ slotId: 'sl_C', residentId: residentOf(2) }, lead, '2024-06-08T09:00:00+08:00');
    const byTown = await book({ slotId: 'sl_C', residentId: residentOf(3) }, town, '2024-06-08T09:00:00+08:00');
    await database.sql`update alliance_memberships set left_on = null where id = 'am_CLINIC'`;
    expect([byClinic, byLead, byTown].map(faults)).toEqual([[], [], ['CHANNEL_CLOSED input.slotId']]);
  });

  test('of a resident with a contract opens the places kept for them, and has its priority', async () => {
    await addSlots({ channel: 'SIGNED' });
    const without = await book({}, self);
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
    const other = await book({ contractId: 'ct_000000000001_8' }, self);
    const having = await book({ contractId: 'ct_000000000001_7' }, self);
    const [row] = await database.db.select().from(appointments).where(eq(appointments.residentId, resident));
    expect([
      faults(without),
      faults(other),
      having['appointment'],
      row?.contractNo,
      row?.bookedByInstitutionId,
    ]).toEqual([
      ['CHANNEL_CLOSED input.slotId'],
      ['VALIDATION_FAILED input.contractId'],
      { id: 'ap_000000000001_1', channel: 'SIGNED', priority: 3, status: 'BOOKED', version: 1 },
      7,
      null,
    ]);
  });

  test('is one a resident, department and day, however many ask at once', async () => {
    await addSlots(
      {},
      { start: '2024-06-20T13:00:00+08:00' },
      { start: '2024-06-21T08:00:00+08:00' },
      { departmentId: 'de_LEAD04' },
    );
    const other = createInstitutions({ database: second, keys: sampleKeys });
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        book({ slotId: `sl_NEW${turn % 2}` }, town, undefined, turn < 4 ? subgraph : other),
      ),
    );
    expect(told.flatMap(faults)).toEqual(Array.from({ length: 7 }, () => 'SCHEDULE_CONFLICT input.residentId'));
    const nextDay = await book({ slotId: 'sl_NEW2' });
    const otherDepartment = await book({ slotId: 'sl_NEW3' });
    const counts = await Promise.all(['sl_NEW0', 'sl_NEW1'].map(slotNow));
    expect([
      faults(nextDay),
      faults(otherDepartment),
      counts.reduce((sum, one) => sum + (one?.bookedCount ?? 0), 0),
    ]).toEqual([[], [], 1]);
  });

  test('is done once by its key', async () => {
    await addSlots({});
    const told = await Promise.all([1, 2, 3].map(() => book({ idempotencyKey: 'booking-1' })));
    expect([new Set(told.map((one) => JSON.stringify(one))).size, told[0]?.ok, await slotNow()]).toEqual([
      1,
      true,
      { bookedCount: 1, status: 'OPEN', version: 2 },
    ]);
  });

  test('for a referral needs one that the institution of the slot has accepted, and goes before others', async () => {
    const [sample] = await database.db.select().from(referrals).where(eq(referrals.residentId, 'rs_0000000000WA'));
    if (sample === undefined) throw new Error('the sample has no referral');
    const whose = { residentId: 'rs_0000000000WA', referralId: 'rf_0000000000WA_9' };
    const open = {
      acceptedAt: '2024-06-12T08:00:00+08:00',
      arrivedAt: null,
      completedAt: null,
      toId: 'in_LEAD',
      fromId: 'in_TOWN',
    };
    const referral = {
      ...sample,
      ...open,
      no: 9,
      formNo: '320322202406120009',
      greenChannel: false,
      toEncounterNo: null,
    };
    await addSlots({}, { institutionId: 'in_CITY' });
    const at = async (status: 'SUBMITTED' | 'ACCEPTED' | 'COMPLETED', more: object = {}) => {
      await database.db.delete(referrals).where(eq(referrals.no, 9));
      await database.db.insert(referrals).values({ ...referral, status });
      return book({ ...whose, ...more });
    };
    const told = [
      faults(await at('SUBMITTED')),
      faults(await at('COMPLETED')),
      faults(await at('ACCEPTED', { slotId: 'sl_NEW1' })),
      faults(await at('ACCEPTED', { referralId: 'rf_0000000000WA_8' })),
      faults(await at('ACCEPTED', { referralId: 'rf_000000000001_1' })),
    ];
    const booked = await at('ACCEPTED');
    await database.sql`delete from appointments where referral_no = 9`;
    await database.db.delete(referrals).where(eq(referrals.no, 9));
    expect([told, booked['appointment']]).toEqual([
      [
        ['INVALID_TRANSITION input.referralId'],
        ['INVALID_TRANSITION input.referralId'],
        ['VALIDATION_FAILED input.referralId'],
        ['NOT_FOUND input.referralId'],
        ['NOT_FOUND input.referralId'],
      ],
      expect.objectContaining({ priority: 2, status: 'BOOKED' }),
    ]);
  });

  test('is refused to strangers, for unknown ids, and for sessions that are cancelled or have begun', async () => {
    await addSlots({}, { status: 'CLOSED' });
    expect([
      faults(await book({ slotId: 'sl_NONE', residentId: 'rs_?' })),
      faults(await book({ bookedByInstitutionId: 'in_LEAD' })),
      faults(await book({ residentId: residentOf(2) }, self)),
      faults(await book({ bookedByInstitutionId: 'in_TOWN' }, self)),
      faults(await book({}, { role: 'PARTNER' })),
      faults(await book({ slotId: 'sl_NEW1' })),
      faults(await book({}, town, '2024-06-20T08:00:00+08:00')),
    ]).toEqual([
      ['NOT_FOUND input.slotId', 'NOT_FOUND input.residentId'],
      ['FORBIDDEN input.bookedByInstitutionId'],
      ['FORBIDDEN input.residentId'],
      ['FORBIDDEN input.bookedByInstitutionId'],
      ['FORBIDDEN input.bookedByInstitutionId'],
      ['VALIDATION_FAILED input.slotId'],
      ['VALIDATION_FAILED input.slotId'],
    ]);
    await database.sql`update institutions set status = 'CLOSED' where id = 'in_LEAD'`;
    const closed = await book();
    await database.sql`update institutions set status = 'ACTIVE' where id = 'in_LEAD'`;
    expect([faults(closed), await slotNow()]).toEqual([
      ['VALIDATION_FAILED input.slotId'],
      { bookedCount: 0, status: 'OPEN', version: 1 },
    ]);
  });
});

describe('an appointment', () => {
  const visit = '2024-06-20T08:10:00+08:00';

  test('is cancelled by whom it concerns, and its place is free again', async () => {
    await addSlots({ capacity: 1 });
    const id = await bookingId(book());
    const cancel = (caller: Partial<Caller>, more: object = {}) =>
      mutate('cancelAppointment', { id, reason: '行程有变', ...more }, caller);
    expect([faults(await cancel(city)), faults(await cancel(town, { version: 2 }))]).toEqual([
      ['FORBIDDEN input.id'],
      ['VERSION_CONFLICT input.version'],
    ]);
    expect(await cancel(self, { version: 1 })).toEqual({
      ok: true,
      errors: [],
      appointment: { id, channel: 'PUBLIC', priority: 4, status: 'CANCELLED', version: 2 },
    });
    expect([await slotNow(), await historyOf(id), await historyOf('sl_NEW0')]).toEqual([
      { bookedCount: 0, status: 'OPEN', version: 3 },
      [
        { from: null, to: 'BOOKED', reason: null, by_id: null },
        { from: 'BOOKED', to: 'CANCELLED', reason: '行程有变', by_id: null },
      ],
      [
        { from: 'OPEN', to: 'FULL', reason: null, by_id: null },
        { from: 'FULL', to: 'OPEN', reason: null, by_id: null },
      ],
    ]);
    expect([faults(await cancel(self)), faults(await book())]).toEqual([['INVALID_TRANSITION input.id'], []]);
  });

  test('is not cancelled once the session has ended, nor without a reason that says something', async () => {
    await addSlots({});
    const id = await bookingId(book());
    const cancel = (at: string, reason?: string) => mutate('cancelAppointment', { id, reason }, town, at);
    expect([
      faults(await cancel('2024-06-12T09:00:00+08:00', ' ')),
      faults(await cancel('2024-06-20T12:00:00+08:00')),
      faults(await cancel('2024-06-20T11:59:59+08:00')),
    ]).toEqual([['VALIDATION_FAILED input.reason'], ['INVALID_TRANSITION input.id'], []]);
  });

  test('two who cancel it at once free one place', async () => {
    await addSlots({});
    await book({ residentId: residentOf(2) });
    const id = await bookingId(book());
    const told = await Promise.all([1, 2, 3].map(() => mutate('cancelAppointment', { id }, town)));
    expect([told.flatMap(faults), (await slotNow())?.bookedCount]).toEqual([
      ['INVALID_TRANSITION input.id', 'INVALID_TRANSITION input.id'],
      1,
    ]);
  });

  test('is checked in on its day and served, each once, by the institution of the slot', async () => {
    await addSlots({});
    const id = await bookingId(book());
    const told = [
      faults(await mutate('checkInAppointment', { id }, lead, '2024-06-19T08:10:00+08:00')),
      faults(await mutate('checkInAppointment', { id }, town, visit)),
      faults(await mutate('completeAppointment', { id }, lead, visit)),
      faults(await mutate('checkInAppointment', { id }, lead, visit)),
      faults(await mutate('checkInAppointment', { id }, lead, visit)),
      faults(await mutate('cancelAppointment', { id }, town, visit)),
      faults(await mutate('completeAppointment', { id }, town, visit)),
      faults(await mutate('completeAppointment', { id, version: 1 }, lead, visit)),
      faults(await mutate('completeAppointment', { id, version: 2 }, lead, visit)),
      faults(await mutate('completeAppointment', { id: 'ap_000000000001_9' }, lead, visit)),
      faults(await mutate('completeAppointment', { id: 'ap_1' }, lead, visit)),
    ];
    const { data } = await ask(subgraph, `{ appointment(id: "${id}") { status checkedInAt } }`);
    expect([told, data]).toEqual([
      [
        ['VALIDATION_FAILED input.id'],
        ['FORBIDDEN input.id'],
        ['INVALID_TRANSITION input.id'],
        [],
        ['INVALID_TRANSITION input.id'],
        ['INVALID_TRANSITION input.id'],
        ['FORBIDDEN input.id'],
        ['VERSION_CONFLICT input.version'],
        [],
        ['NOT_FOUND input.id'],
        ['NOT_FOUND input.id'],
      ],
      { appointment: { status: 'SERVED', checkedInAt: visit } },
    ]);
  });

  test('is served when its visit is recorded, checked in before or not', async () => {
    await addSlots({});
    const ids = await Promise.all([1, 2].map((serial) => bookingId(book({ residentId: residentOf(serial) }))));
    await mutate('checkInAppointment', { id: ids[0] }, lead, visit);
    const record = (appointmentId: string | undefined, residentId: string) =>
      mutate(
        'recordEncounter',
        { residentId, class: 'OUTPATIENT', institutionId: 'in_LEAD', startedAt: visit, outpatient: { appointmentId } },
        lead,
        '2024-06-20T09:00:00+08:00',
      ).then(faults);
    const told = [await record(ids[0], residentOf(1)), await record(ids[1], residentOf(2))];
    await database.sql`delete from encounters where resident_id in (${residentOf(1)}, ${residentOf(2)})`;
    const states = await database.sql`
      select status, version from appointments where slot_id = 'sl_NEW0' order by resident_id`;
    expect([told, states, (await historyOf(ids[1] ?? '')).map(({ to }) => to)]).toEqual([
      [[], []],
      [
        { status: 'SERVED', version: 3 },
        { status: 'SERVED', version: 3 },
      ],
      ['BOOKED', 'CHECKED_IN', 'SERVED'],
    ]);
  });

  test('is not served by a visit of another day, nor by two visits, also at one moment', async () => {
    await addSlots({});
    const id = await bookingId(book({ residentId: residentOf(1) }));
    const record = (startedAt: string) =>
      mutate(
        'recordEncounter',
        {
          residentId: residentOf(1),
          class: 'OUTPATIENT',
          institutionId: 'in_LEAD',
          startedAt,
          outpatient: { appointmentId: id },
        },
        lead,
        '2024-06-20T12:00:00+08:00',
      ).then(faults);
    const dayBefore = await record('2024-06-19T23:59:00+08:00');
    const times = ['2024-06-20T08:10:00+08:00', '2024-06-20T08:20:00+08:00'];
    const both = await Promise.all(times.map(record));
    const later = await record('2024-06-20T09:00:00+08:00');
    const [visits] = await database.sql`
      select count(*)::int as count from encounters where resident_id = ${residentOf(1)}`;
    await database.sql`delete from encounters where resident_id = ${residentOf(1)}`;
    const path = 'input.outpatient.appointmentId';
    expect([dayBefore, both.toSorted((a, b) => a.length - b.length), later, visits]).toEqual([
      [`VALIDATION_FAILED ${path}`],
      [[], [`INVALID_TRANSITION ${path}`]],
      [`INVALID_TRANSITION ${path}`],
      { count: 1 },
    ]);
  });

  test('whose resident did not come is marked when the session has ended, once with two processes', async () => {
    await addSlots({ capacity: 9 });
    const ids = await Promise.all([1, 2, 3].map((serial) => bookingId(book({ residentId: residentOf(serial) }))));
    await mutate('checkInAppointment', { id: ids[0] }, lead, visit);
    await subgraph.runJob('markNoShows', '2024-06-20T11:59:59+08:00');
    const before = await historyOf(ids[1] ?? '');
    const other = createInstitutions({ database: second, keys: sampleKeys });
    await Promise.all([subgraph, other].map((each) => each.runJob('markNoShows', '2024-06-20T12:00:00+08:00')));
    const rows = await database.sql`
      select status, version from appointments where slot_id = 'sl_NEW0' order by resident_id`;
    expect([before.length, rows, (await slotNow())?.bookedCount]).toEqual([
      1,
      [
        { status: 'CHECKED_IN', version: 2 },
        { status: 'NO_SHOW', version: 2 },
        { status: 'NO_SHOW', version: 2 },
      ],
      3,
    ]);
  });
});

describe('a slot', () => {
  test('is closed once, by its institution, before it has ended; what is booked is cancelled, who has come is served', async () => {
    await addSlots({ capacity: 3 });
    const [come, away] = await Promise.all([1, 2].map((serial) => bookingId(book({ residentId: residentOf(serial) }))));
    const visit = '2024-06-20T08:10:00+08:00';
    await mutate('checkInAppointment', { id: come }, lead, visit);
    const close = (caller: Partial<Caller>, at = visit, more: object = {}) =>
      mutate('closeSlot', { id: 'sl_NEW0', reason: '医师急诊手术', ...more }, caller, at);
    const refusals = [
      faults(await close(town)),
      faults(await close(lead, visit, { reason: ' ' })),
      faults(await close(lead, visit, { version: 1 })),
      faults(await close(lead, visit, { id: 'sl_NONE' })),
      faults(await close(lead, '2024-06-20T12:00:00+08:00')),
    ];
    const closed = await close(lead, visit, { version: 3 });
    const after = [
      faults(await close(lead)),
      faults(await book({ residentId: residentOf(3) }, town, '2024-06-19T08:00:00+08:00')),
      faults(await mutate('completeAppointment', { id: come }, lead, visit)),
    ];
    expect([refusals, closed['slot'], after, await historyOf(away ?? ''), await historyOf('sl_NEW0')]).toEqual([
      [
        ['FORBIDDEN input.id'],
        ['VALIDATION_FAILED input.reason'],
        ['VERSION_CONFLICT input.version'],
        ['NOT_FOUND input.id'],
        ['INVALID_TRANSITION input.id'],
      ],
      { id: 'sl_NEW0', status: 'CLOSED', bookedCount: 1, version: 4 },
      [['INVALID_TRANSITION input.id'], ['VALIDATION_FAILED input.slotId'], []],
      [
        { from: null, to: 'BOOKED', reason: null, by_id: null },
        { from: 'BOOKED', to: 'CANCELLED', reason: 'SLOT_CLOSED', by_id: null },
      ],
      [{ from: 'OPEN', to: 'CLOSED', reason: '医师急诊手术', by_id: null }],
    ]);
  });

  test('closed while many book it keeps no booking', async () => {
    await addSlots({ capacity: 50 });
    const other = createInstitutions({ database: second, keys: sampleKeys });
    const bookings = Array.from({ length: 30 }, (_, serial) =>
      book({ residentId: residentOf(serial + 1) }, town, undefined, serial % 2 === 0 ? subgraph : other),
    );
    const closing = mutate('closeSlot', { id: 'sl_NEW0', reason: '停诊' }, lead);
    await Promise.all([...bookings, closing]);
    const [left] = await database.sql`
      select count(*)::integer as n from appointments where slot_id = 'sl_NEW0' and status = 'BOOKED'`;
    expect([(await closing).ok, left?.['n'], await slotNow()]).toEqual([
      true,
      0,
      { bookedCount: 0, status: 'CLOSED', version: expect.any(Number) },
    ]);
  });
});

describe('the admission queue', () => {
  test('is green channel, up-referrals, contracts, bookings and walk-ins, each by the time of its request', async () => {
    const day = '2024-06-20';
    const [sample] = await database.db.select().from(referrals).where(eq(referrals.residentId, 'rs_0000000000WA'));
    if (sample === undefined) throw new Error('the sample has no referral');
    const waiting = { ...sample, toId: 'in_LEAD', fromId: 'in_TOWN', status: 'ACCEPTED' as const, toEncounterNo: null };
    await database.db.insert(referrals).values([
      { ...waiting, no: 21, formNo: 'q1', greenChannel: false, direction: 'UP', submittedAt: `${day}T07:00:00+08:00` },
      { ...waiting, no: 22, formNo: 'q2', greenChannel: true, direction: 'UP', submittedAt: `${day}T08:30:00+08:00` },
      { ...waiting, no: 23, formNo: 'q3', greenChannel: false, direction: 'UP', submittedAt: `${day}T06:00:00+08:00` },
    ]);
    await addSlots({ capacity: 9 });
    await database.db.insert(contractProjections).values({
      residentId: residentOf(3),
      no: 1,
      institutionId: 'in_TOWN',
      teamId: 'tm_ONE',
      status: 'ACTIVE',
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
      seq: 1,
    });
    await book({ residentId: residentOf(2) }, town, '2024-06-12T09:00:00+08:00');
    await book({ residentId: residentOf(3) }, town, '2024-06-13T09:00:00+08:00');
    await database.sql`
      insert into encounters (resident_id, no, class, visit_no, institution_id, started_at, diagnoses, procedures, is_first_contact, updated_at)
      select ${residentOf(4)}, 1, class, visit_no, 'in_LEAD', ${`${day}T07:30:00+08:00`}::text::timestamptz, diagnoses, procedures, true, updated_at
      from encounters where resident_id = 'rs_0000000000WA' and no = 2`;
    const { data, errors } = await ask(
      subgraph,
      `{ admissionQueue(institutionId: "in_LEAD") { position priority requestedAt resident { id } referral { id } appointment { id } encounter { id } } }`,
      {},
      { businessTime: `${day}T09:00:00+08:00` },
    );
    await database.sql`delete from referrals where no > 20`;
    await database.sql`delete from encounters where resident_id = ${residentOf(4)}`;
    const none = { referral: null, appointment: null, encounter: null };
    const wang = { id: 'rs_0000000000WA' };
    expect([errors, data?.['admissionQueue']]).toEqual([
      undefined,
      [
        {
          ...none,
          position: 1,
          priority: 1,
          requestedAt: `${day}T08:30:00.000+08:00`,
          resident: wang,
          referral: { id: 'rf_0000000000WA_P' },
        },
        {
          ...none,
          position: 2,
          priority: 2,
          requestedAt: `${day}T06:00:00.000+08:00`,
          resident: wang,
          referral: { id: 'rf_0000000000WA_Q' },
        },
        {
          ...none,
          position: 3,
          priority: 2,
          requestedAt: `${day}T07:00:00.000+08:00`,
          resident: wang,
          referral: { id: 'rf_0000000000WA_N' },
        },
        {
          ...none,
          position: 4,
          priority: 3,
          requestedAt: '2024-06-13T09:00:00.000+08:00',
          resident: { id: residentOf(3) },
          appointment: { id: 'ap_000000000003_1' },
        },
        {
          ...none,
          position: 5,
          priority: 4,
          requestedAt: '2024-06-12T09:00:00.000+08:00',
          resident: { id: residentOf(2) },
          appointment: { id: 'ap_000000000002_1' },
        },
        {
          ...none,
          position: 6,
          priority: 5,
          requestedAt: `${day}T07:30:00.000+08:00`,
          resident: { id: residentOf(4) },
          encounter: { id: 'en_000000000004_1' },
        },
      ],
    ]);
  });
});
