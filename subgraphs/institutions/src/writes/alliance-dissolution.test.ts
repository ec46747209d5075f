import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { institutions } from '../tables/place.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 12 });
  await insertSampleRows(database.db);
  const hospital = { class: 'A100', level: 'L2', tier: 'COUNTY', status: 'ACTIVE', ownership: 'PUBLIC' } as const;
  const row = { nonProfit: true, duties: [], integratedManagement: false, updatedAt: '2024-05-01T00:00:00+08:00' };
  await database.db
    .insert(institutions)
    .values(['in_A', 'in_B'].map((id) => ({ ...hospital, ...row, id, name: id, regionCode: '320322101' })));
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const businessTime = '2024-05-20T10:00:00+08:00';
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const administrator: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: 'al_ONE' }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };

const join = { name: 'joinAlliance', field: 'allianceMembership', select: '{ institution { id } }' };
const dissolve = {
  name: 'dissolveAlliance',
  field: 'alliance',
  select: `{ id dissolvedOn version memberships { institution { id } leftOn history { from to reason } }
    sharedCentres { id status version history { from to reason } } }`,
};
const ending = { id: 'al_ONE', reason: '合并重组' };

async function found(leadId: string): Promise<string> {
  const made = { name: 'createAlliance', field: 'alliance', select: '{ id }' };
  const community = { name: leadId, kind: 'COUNTY_COMMUNITY', tightness: 'TIGHT', regionCode: '320322', leadId };
  const { alliance } = Object(await write(subgraph, made, { ...community, memberIds: [] }, commission));
  return alliance.id;
}

test('the last community of a county stands, and so does one whose primary institutions have no other', async () => {
  const both = ['INVALID_TRANSITION id', 'INVALID_TRANSITION id'];
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(both);
  await found('in_A');
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(['INVALID_TRANSITION id']);
});

test('a community that does not stand yet, and one that takes the members later, are none to end another for', async () => {
  const { sql } = database;
  await sql`update alliances set established_on = '2024-06-01' where lead_id = 'in_A'`;
  const both = ['INVALID_TRANSITION id', 'INVALID_TRANSITION id'];
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(both);
  await sql`update alliances set dissolved_on = '2024-06-01' where lead_id = 'in_A'`;
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(both);
  await sql`update alliances set established_on = '2024-05-20', dissolved_on = null where lead_id = 'in_A'`;

  const [other] = await sql`select id from alliances where lead_id = 'in_A'`;
  for (const institutionId of ['in_TOWN', 'in_CLINIC']) {
    const moving = { allianceId: other?.['id'], institutionId, fromAllianceId: 'al_ONE', joinedOn: '2024-06-01' };
    expect(await write(subgraph, join, moving, commission)).toMatchObject({ ok: true });
  }
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(['INVALID_TRANSITION id']);
  await sql`update alliance_memberships set joined_on = '2024-05-20', left_on = '2024-05-21' where alliance_id = ${other?.['id']}`;
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(['INVALID_TRANSITION id']);
  await sql`delete from alliance_memberships where alliance_id = ${other?.['id']} and role <> 'LEAD'`;
  await sql`update alliance_memberships set left_on = null`;
  await sql`truncate status_history`;
});

test('only the health commission over it dissolves an alliance, with a reason, on the version it has read', async () => {
  const faults = (input: Readonly<Record<string, unknown>>, asking = commission) =>
    faultsOf(write(subgraph, dissolve, input, asking));
  expect(await faults({ ...ending, reason: ' ' }, administrator)).toEqual([
    'FORBIDDEN id',
    'VALIDATION_FAILED reason',
    'INVALID_TRANSITION id',
  ]);
  expect(await faults(ending, elsewhere)).toEqual(['FORBIDDEN id', 'INVALID_TRANSITION id']);
  expect(await faults({ ...ending, version: 9 })).toEqual(['VERSION_CONFLICT version']);
  expect(await faults({ ...ending, id: 'al_NONE' })).toEqual(['NOT_FOUND id']);
});

test('an alliance ends with its memberships and centres, each told and in the history; then nobody joins or dissolves it', async () => {
  const [other] = await database.sql`select id from alliances where lead_id = 'in_A'`;
  for (const institutionId of ['in_TOWN', 'in_CLINIC']) {
    const moving = { allianceId: other?.['id'], institutionId, fromAllianceId: 'al_ONE' };
    expect(await write(subgraph, join, moving, commission)).toMatchObject({ ok: true });
  }
  await database.sql`truncate changes`;
  const left = [{ from: 'MEMBER', to: 'LEFT', reason: ending.reason }];
  const moved = [{ from: 'MEMBER', to: 'LEFT', reason: null }];
  const closed = [{ from: 'IN_OPERATION', to: 'CLOSED', reason: ending.reason }];
  const answer = Object(await write(subgraph, dissolve, ending, commission));
  const { memberships, ...alliance } = answer.alliance;
  expect({ ...answer, alliance }).toEqual({
    ok: true,
    errors: [],
    alliance: {
      id: 'al_ONE',
      dissolvedOn: '2024-05-20',
      version: 2,
      sharedCentres: [{ id: 'sc_ECG', status: 'CLOSED', version: 2, history: closed }],
    },
  });
  expect(memberships).toEqual(
    expect.arrayContaining([
      { institution: { id: 'in_LEAD' }, leftOn: '2024-05-20', history: left },
      { institution: { id: 'in_TOWN' }, leftOn: '2024-05-20', history: moved },
    ]),
  );
  const changes = await database.sql`select type, id, kind, payload from changes order by seq`;
  const membership = { allianceId: 'al_ONE', institutionId: 'in_LEAD', role: 'LEAD', joinedOn: '2019-01-01' };
  const centre = { kind: 'ECG', allianceId: 'al_ONE', hostId: 'in_LEAD', status: 'CLOSED', version: 2 };
  expect([...changes]).toEqual([
    {
      type: 'Alliance',
      id: 'al_ONE',
      kind: 'UPDATED',
      payload: {
        kind: 'COUNTY_COMMUNITY',
        regionCode: '320322',
        leadId: 'in_LEAD',
        dissolvedOn: '2024-05-20',
        version: 2,
      },
    },
    { type: 'AllianceMembership', id: 'am_LEAD', kind: 'UPDATED', payload: { ...membership, leftOn: '2024-05-20' } },
    { type: 'SharedCentre', id: 'sc_ECG', kind: 'UPDATED', payload: centre },
  ]);
  expect(await faultsOf(write(subgraph, dissolve, ending, commission))).toEqual(['INVALID_TRANSITION id']);
  const back = { allianceId: 'al_ONE', institutionId: 'in_LEAD' };
  expect(await faultsOf(write(subgraph, join, back, commission))).toEqual(['VALIDATION_FAILED allianceId']);
});

test('of two communities without primary institutions that are dissolved at one moment, one stays', async () => {
  const ids = [await found('in_B'), await found('in_LEAD')];
  await database.sql`update alliances set dissolved_on = '2024-05-19' where lead_id = 'in_A'`;
  const answers = await Promise.all(ids.map((id) => write(subgraph, dissolve, { ...ending, id }, commission)));
  expect(answers.filter((answer) => Object(answer).ok === true)).toHaveLength(1);
  const refused = answers.find((answer) => Object(answer).ok === false);
  expect(refused).toMatchObject({ errors: [{ code: 'INVALID_TRANSITION', path: ['input', 'id'] }] });
});

test('an alliance of another kind is dissolved without asking for the county, also before it began', async () => {
  const made = { name: 'createAlliance', field: 'alliance', select: '{ id }' };
  const specialty = { name: '卒中专科联盟', kind: 'SPECIALTY', tightness: 'LOOSE', regionCode: '320322' };
  const form = { ...specialty, leadId: 'in_LEAD', memberIds: ['in_TOWN'], establishedOn: '2024-06-01' };
  const { alliance } = Object(await write(subgraph, made, form, commission));
  const leave = { name: 'leaveAlliance', field: 'allianceMembership', select: '{ leftOn }' };
  const leaving = { allianceId: alliance.id, institutionId: 'in_TOWN', leftOn: '2024-07-01', reason: '独立运营' };
  expect(await write(subgraph, leave, leaving, commission)).toMatchObject({ ok: true });
  const answer = Object(await write(subgraph, dissolve, { ...ending, id: alliance.id }, commission));
  expect([answer.ok, answer.alliance.dissolvedOn]).toEqual([true, '2024-06-01']);
  const gone = (id: string, reason: string) => ({
    institution: { id },
    leftOn: '2024-06-01',
    history: [{ from: 'MEMBER', to: 'LEFT', reason }],
  });
  expect(answer.alliance.memberships).toEqual([gone('in_LEAD', ending.reason), gone('in_TOWN', leaving.reason)]);
});

test('who dissolves an alliance takes its institutions before its memberships, as who joins, leaves or closes', async () => {
  const made = { name: 'createAlliance', field: 'alliance', select: '{ id }' };
  const specialty = { name: '胸痛专科联盟', kind: 'SPECIALTY', tightness: 'LOOSE', regionCode: '320322' };
  const { alliance } = Object(
    await write(subgraph, made, { ...specialty, leadId: 'in_LEAD', memberIds: [] }, commission),
  );
  const dissolving = await database.sql.begin(async (sql) => {
    await sql`select from institutions where id = 'in_LEAD' for no key update`;
    const answer = write(subgraph, dissolve, { ...ending, id: alliance.id }, commission);
    let waiting = 0;
    while (waiting === 0) {
      const [row] = await database.sql`
        select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waiting = Number(row?.['waiting']);
    }
    await sql`select from alliance_memberships where alliance_id = ${alliance.id} for update nowait`;
    return { answer };
  });
  expect(await dissolving.answer).toMatchObject({ ok: true });
});
