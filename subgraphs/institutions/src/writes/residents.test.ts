import { createTestDatabase, startOfChanges, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys } from '../sample-caller.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const at = '2024-05-06T09:00:00+08:00';
const newcomer = 'rs_NEWC0MER0001';
const digest = 'ab'.repeat(32);
const examination = { item: 'CT_CHEST', performedAtId: 'in_LEAD', performedTime: at, qualityGrade: 'CITY' };
const diagnosis = { rank: 1, code: 'I10', kind: 'MAIN' };

/** Every mutation that is sent for a resident by identifier, with what it needs besides. */
const mutations = {
  createReferral: { fromId: 'in_TOWN', toId: 'in_LEAD', direction: 'UP', reason: 'CAPABILITY', diagnosis },
  bookAppointment: { slotId: 'sl_ONE' },
  reserveEquipment: { equipmentId: 'eq_ONE', requesterId: 'in_TOWN', examItem: 'CT_CHEST', start: at },
  requestRemoteConsultation: { requesterId: 'in_TOWN', providerId: 'in_LEAD', kind: 'CONSULTATION', question: '头晕' },
  recordEncounter: { class: 'OUTPATIENT', institutionId: 'in_TOWN', startedAt: at },
  recordReport: examination,
  recordDocument: { institutionId: 'in_TOWN', type: '01', sha256: digest, storageUri: 's3://papers/1' },
  giveMedicationAdvice: { institutionId: 'in_TOWN', text: '早晨服用' },
} as const;
/** What looks forward: nobody plans care for the dead. */
const planned = ['createReferral', 'bookAppointment', 'reserveEquipment', 'requestRemoteConsultation'];

/** What each mutation says of the resident, by name; empty when it has nothing against the resident. */
async function saidOf(residentId: string): Promise<Readonly<Record<string, unknown>>> {
  const said: Record<string, unknown> = {};
  for (const [name, rest] of Object.entries(mutations)) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { told: ${name}(input: $input) { errors { code path message messageZh } } }`;
    const { data, errors } = await ask(subgraph, query, { input: { residentId, ...rest } }, { businessTime: at });
    expect(errors).toBeUndefined();
    const faults: readonly { readonly path: readonly string[] }[] = Object(data?.['told']).errors;
    said[name] = faults.filter(({ path }) => path.join('.') === 'input.residentId');
  }
  return said;
}

async function takeIn(seq: number, status: string, regionCode = '320322100001'): Promise<void> {
  const [reached] = await database.sql`select position from inbox_positions where source = 'public-health'`;
  const position = `${seq}-${seq}`;
  const change = { position, at, type: 'Resident', id: newcomer, kind: 'UPDATED', residentId: newcomer } as const;
  const changes = [{ ...change, payload: { source: 'IMPORT', regionCode, status } }];
  const after = String(reached?.['position'] ?? startOfChanges);
  await subgraph.takeIn({ source: 'public-health', after, changes, position, businessTime: at });
}

const all = (names: readonly string[], fault: object) =>
  Object.fromEntries(Object.keys(mutations).map((name) => [name, names.includes(name) ? [fault] : []]));

test('nothing is done for a resident whom public health has not told of, and the answer says what to do', async () => {
  expect(await saidOf(newcomer)).toEqual(
    all(Object.keys(mutations), {
      code: 'NOT_FOUND',
      path: ['input', 'residentId'],
      message: expect.stringContaining('Register the resident first, or try again in a moment'),
      messageZh: expect.stringContaining('请先办理居民登记'),
    }),
  );
});

test('a resident is known once public health tells of the registration; nothing is planned for one who has died, but papers are kept', async () => {
  await takeIn(1, 'ACTIVE');
  expect(await saidOf(newcomer)).toEqual(all([], {}));
  await takeIn(2, 'DECEASED');
  const fault = { code: 'VALIDATION_FAILED', path: ['input', 'residentId'] };
  expect(await saidOf(newcomer)).toMatchObject(all(planned, fault));
});

/** Takes in that the newcomer's record was merged into another one, or that the merger has ended. */
async function takeInLink(seq: number, holds: boolean): Promise<void> {
  const [reached] = await database.sql`select position from inbox_positions where source = 'public-health'`;
  const position = `${seq}-${seq}`;
  const id = 'rl_NEWC0MER0001_1';
  const change = { position, at, type: 'ResidentLink', id, kind: 'UPDATED', residentId: newcomer } as const;
  const payload = { residentId: newcomer, survivingId: 'rs_SVRV1V0R0001', holds };
  const after = String(reached?.['position'] ?? startOfChanges);
  await subgraph.takeIn({
    source: 'public-health',
    after,
    changes: [{ ...change, payload }],
    position,
    businessTime: at,
  });
}

test('a record that was merged is refused with the one that stands for it, and works again when the merger has ended', async () => {
  await takeIn(3, 'ACTIVE');
  await takeInLink(4, true);
  const text = {
    message: expect.stringContaining('rs_SVRV1V0R0001'),
    messageZh: expect.stringContaining('rs_SVRV1V0R0001'),
  };
  const fault = { code: 'INVALID_TRANSITION', path: ['input', 'residentId'], ...text };
  expect(await saidOf(newcomer)).toEqual(all(Object.keys(mutations), fault));
  await takeInLink(5, false);
  expect(await saidOf(newcomer)).toEqual(all([], {}));
});

test('an older change does not bring back an old home', async () => {
  await database.sql`delete from resident_projections where resident_id = ${newcomer}`;
  await takeIn(9, 'ACTIVE', '320322100002');
  await database.sql`update inbox_positions set position = ${startOfChanges} where source = 'public-health'`;
  await takeIn(8, 'ACTIVE', '320322100001');
  const rows = await database.sql`
    select region_code, status, seq from resident_projections where resident_id = ${newcomer}`;
  expect([...rows]).toEqual([{ region_code: '320322100002', status: 'ACTIVE', seq: 9 }]);
});
