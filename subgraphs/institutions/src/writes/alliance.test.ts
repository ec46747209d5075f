import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { allianceMemberships } from '../tables/alliance.ts';
import { institutions, regions } from '../tables/place.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations, max: 12 });
  await insertSampleRows(database.db);
  await insertMorePlaces();
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

/** Each test begins with the community of the sample alone. */
beforeEach(async () => {
  await database.sql`delete from alliance_memberships where id not in ('am_LEAD', 'am_TOWN', 'am_CLINIC')`;
  await database.sql`update alliance_memberships set left_on = null where id = 'am_CLINIC'`;
  await database.sql`delete from alliances where id <> 'al_ONE'`;
  await database.sql`truncate changes, status_history, idempotency_keys`;
});

/** Hospitals that would all lead a community. */
const hospitals = Array.from({ length: 12 }, (_, index) => `in_HOSPITAL${index}`);

type Columns = Partial<typeof institutions.$inferInsert>;

/** More hospitals of the county, one of another, a township hospital that is in no community, and a closed one. */
async function insertMorePlaces(): Promise<void> {
  const row = { version: 1, updatedAt: '2024-05-01T00:00:00+08:00' };
  await database.db
    .insert(regions)
    .values({ code: '320382', name: '邳州市', level: 'COUNTY', parentCode: '3203', ...row });
  const common = {
    ownership: 'PUBLIC',
    nonProfit: true,
    duties: [],
    integratedManagement: false,
    ...row,
  } satisfies Columns;
  const hospital = { ...common, class: 'A100', level: 'L2', tier: 'COUNTY', status: 'ACTIVE' } satisfies Columns;
  const town = { ...common, class: 'C220', level: 'L1', tier: 'TOWNSHIP', regionCode: '320322101' } satisfies Columns;
  await database.db
    .insert(institutions)
    .values([
      ...['in_SECOND', ...hospitals].map((id) => ({ ...hospital, id, name: id, regionCode: '320322101' })),
      { ...hospital, id: 'in_OTHER', name: 'in_OTHER', regionCode: '320382' },
      { ...town, id: 'in_FREE', name: 'in_FREE', status: 'ACTIVE' },
      { ...town, id: 'in_SHUT', name: 'in_SHUT', status: 'CLOSED' },
    ]);
}

const businessTime = '2024-05-20T10:00:00+08:00';
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const cityCommission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['3203'] }, businessTime };
const administrator: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: 'al_ONE' }, businessTime };
const stranger: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: 'al_TWO' }, businessTime };

const create = {
  name: 'createAlliance',
  field: 'alliance',
  select: `{ id name kind tightness region { code } lead { id } internetPlus establishedOn governance { charter unifiedHr }
    memberships { institution { id } role joinedOn leftOn tier integratedFinance } }`,
};
const community = {
  name: '沛县中医院医共体（示例）',
  kind: 'COUNTY_COMMUNITY',
  tightness: 'TIGHT',
  regionCode: '320322',
  leadId: 'in_SECOND',
  memberIds: ['in_FREE'],
  governance: { charter: true },
};
const found = (leadId: string, memberIds: readonly string[] = []) =>
  write(subgraph, create, { ...community, leadId, memberIds }, commission);

test('the commission founds a county community with its lead and its first members', async () => {
  const member = { joinedOn: '2024-05-20', leftOn: null, integratedFinance: false };
  expect(await write(subgraph, create, community, commission)).toEqual({
    ok: true,
    errors: [],
    alliance: {
      id: expect.stringMatching(/^al_[0-9A-Z]{12}$/),
      name: '沛县中医院医共体（示例）',
      kind: 'COUNTY_COMMUNITY',
      tightness: 'TIGHT',
      region: { code: '320322' },
      lead: { id: 'in_SECOND' },
      internetPlus: false,
      establishedOn: '2024-05-20',
      governance: { charter: true, unifiedHr: false },
      memberships: [
        { institution: { id: 'in_SECOND' }, role: 'LEAD', tier: 'COUNTY', ...member },
        { institution: { id: 'in_FREE' }, role: 'MEMBER', tier: 'TOWNSHIP', ...member },
      ],
    },
  });
  const changes = await database.sql`select type, kind, payload - 'allianceId' as payload from changes order by seq`;
  const joined = { joinedOn: '2024-05-20', leftOn: null };
  expect([...changes]).toEqual([
    {
      type: 'Alliance',
      kind: 'CREATED',
      payload: { kind: 'COUNTY_COMMUNITY', regionCode: '320322', leadId: 'in_SECOND', version: 1 },
    },
    { type: 'AllianceMembership', kind: 'CREATED', payload: { institutionId: 'in_SECOND', role: 'LEAD', ...joined } },
    { type: 'AllianceMembership', kind: 'CREATED', payload: { institutionId: 'in_FREE', role: 'MEMBER', ...joined } },
  ]);
});

test('a fourth community of a county is refused, also when twelve are founded at one moment', async () => {
  await found('in_SECOND');
  const answers = await Promise.all(hospitals.map((id) => found(id)));
  expect(answers.filter((answer) => Object(answer).ok === true)).toHaveLength(1);
  expect(
    await faultsOf(write(subgraph, create, { ...community, leadId: 'in_LEAD', memberIds: [] }, commission)),
  ).toEqual(['VALIDATION_FAILED kind', 'VALIDATION_FAILED leadId']);
  const standing = await database.sql`select count(*)::integer as count from alliances where kind = 'COUNTY_COMMUNITY'`;
  expect([...standing]).toEqual([{ count: 3 }]);
});

test('an alliance of another kind may stand beside three communities', async () => {
  await found('in_SECOND');
  await found('in_HOSPITAL0');
  const specialty = { ...community, kind: 'SPECIALTY', regionCode: '320322', memberIds: ['in_CITY', 'in_OTHER'] };
  expect(Object(await write(subgraph, create, specialty, cityCommission)).ok).toBe(true);
});

test('a community is refused to others, in the past, under no name, with closed, foreign or taken members', async () => {
  const wrong = {
    ...community,
    name: ' ',
    leadId: 'in_TOWN',
    establishedOn: '2024-05-19',
    memberIds: ['in_SHUT', 'in_OTHER', 'in_CLINIC', 'in_NONE'],
  };
  expect(await faultsOf(write(subgraph, create, wrong, administrator))).toEqual([
    'FORBIDDEN regionCode',
    'VALIDATION_FAILED name',
    'VALIDATION_FAILED establishedOn',
    'VALIDATION_FAILED memberIds.0',
    'NOT_FOUND memberIds.3',
    'VALIDATION_FAILED leadId',
    'VALIDATION_FAILED memberIds.1',
    'VALIDATION_FAILED memberIds.2',
  ]);
  const township = { ...community, regionCode: '320322100' };
  expect(await faultsOf(write(subgraph, create, township, commission))).toEqual([
    'VALIDATION_FAILED regionCode',
    'VALIDATION_FAILED leadId',
    'VALIDATION_FAILED memberIds.0',
  ]);
  const unknown = { ...community, regionCode: '320399', leadId: 'in_NONE', memberIds: [] };
  expect(await faultsOf(write(subgraph, create, unknown, commission))).toEqual([
    'NOT_FOUND regionCode',
    'FORBIDDEN regionCode',
    'NOT_FOUND leadId',
  ]);
});

const join = {
  name: 'joinAlliance',
  field: 'allianceMembership',
  select: '{ alliance { id } institution { id } role tier joinedOn leftOn integratedFinance }',
};
const leave = { name: 'leaveAlliance', field: 'allianceMembership', select: '{ institution { id } joinedOn leftOn }' };

test('an institution joins once; who asks again under the same key gets the same answer, under another one a refusal', async () => {
  const joining = { allianceId: 'al_ONE', institutionId: 'in_FREE', integratedFinance: true };
  const joined = {
    ok: true,
    errors: [],
    allianceMembership: {
      alliance: { id: 'al_ONE' },
      institution: { id: 'in_FREE' },
      role: 'MEMBER',
      tier: 'TOWNSHIP',
      joinedOn: '2024-05-20',
      leftOn: null,
      integratedFinance: true,
    },
  };
  expect(await write(subgraph, join, { ...joining, idempotencyKey: 'j' }, administrator)).toEqual(joined);
  expect(await write(subgraph, join, { ...joining, idempotencyKey: 'j' }, administrator)).toEqual(joined);
  expect(await faultsOf(write(subgraph, join, joining, commission))).toEqual(['VALIDATION_FAILED institutionId']);
});

test('a primary public institution changes its community in one step, and is never in two or none', async () => {
  const { alliance } = Object(await found('in_SECOND'));
  const moving = { allianceId: alliance.id, institutionId: 'in_CLINIC', joinedOn: '2024-06-01' };
  expect(await faultsOf(write(subgraph, join, moving, commission))).toEqual(['VALIDATION_FAILED fromAllianceId']);
  const leaving = { allianceId: 'al_ONE', institutionId: 'in_CLINIC' };
  expect(await faultsOf(write(subgraph, leave, leaving, administrator))).toEqual(['VALIDATION_FAILED institutionId']);
  expect(await write(subgraph, join, { ...moving, fromAllianceId: 'al_ONE' }, commission)).toMatchObject({ ok: true });
  const rows = await database.db
    .select({
      alliance: allianceMemberships.allianceId,
      on: allianceMemberships.joinedOn,
      off: allianceMemberships.leftOn,
    })
    .from(allianceMemberships)
    .where(eq(allianceMemberships.institutionId, 'in_CLINIC'))
    .orderBy(allianceMemberships.joinedOn);
  expect(rows).toEqual([
    { alliance: 'al_ONE', on: '2019-01-01', off: '2024-06-01' },
    { alliance: alliance.id, on: '2024-06-01', off: null },
  ]);
});

test('nobody leaves for a community that takes them only later', async () => {
  const { alliance } = Object(await found('in_SECOND'));
  const later = { id: 'am_LATER', allianceId: alliance.id, institutionId: 'in_CLINIC', joinedOn: '2024-06-01' };
  await database.db
    .insert(allianceMemberships)
    .values({ ...later, tier: 'VILLAGE', role: 'MEMBER', integratedFinance: false });
  const leaving = { allianceId: 'al_ONE', institutionId: 'in_CLINIC', leftOn: '2024-05-31' };
  expect(await faultsOf(write(subgraph, leave, leaving, administrator))).toEqual(['VALIDATION_FAILED institutionId']);
  const next = { ...leaving, leftOn: '2024-06-01' };
  expect(await write(subgraph, leave, next, administrator)).toMatchObject({ ok: true });
});

test('two communities that take the same institution at one moment: one gets it', async () => {
  const { alliance } = Object(await found('in_SECOND'));
  const into = (allianceId: string) => write(subgraph, join, { allianceId, institutionId: 'in_FREE' }, commission);
  const answers = await Promise.all([into('al_ONE'), into(alliance.id)]);
  expect(answers.filter((answer) => Object(answer).ok === true)).toHaveLength(1);
});

test('joining is refused to strangers, as a lead, for a past day, to closed and foreign institutions', async () => {
  const wrong = { allianceId: 'al_ONE', institutionId: 'in_SHUT', role: 'LEAD', joinedOn: '2024-05-19' };
  expect(await faultsOf(write(subgraph, join, wrong, stranger))).toEqual([
    'FORBIDDEN allianceId',
    'VALIDATION_FAILED institutionId',
    'VALIDATION_FAILED role',
    'VALIDATION_FAILED joinedOn',
  ]);
  const foreign = { allianceId: 'al_ONE', institutionId: 'in_OTHER', fromAllianceId: 'al_NONE' };
  expect(await faultsOf(write(subgraph, join, foreign, administrator))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED fromAllianceId',
    'VALIDATION_FAILED institutionId',
  ]);
  const unknown = { allianceId: 'al_NONE', institutionId: 'in_FREE' };
  expect(await faultsOf(write(subgraph, join, unknown, commission))).toEqual(['NOT_FOUND allianceId']);
});

test('no alliance takes a member out of another one, nor an institution of elsewhere, by its own word', async () => {
  const { alliance } = Object(await found('in_SECOND'));
  const moving = { allianceId: alliance.id, institutionId: 'in_CLINIC', fromAllianceId: 'al_ONE' };
  const second: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: alliance.id }, businessTime };
  expect(await faultsOf(write(subgraph, join, moving, second))).toEqual(['FORBIDDEN fromAllianceId']);
  const specialty = { ...community, kind: 'SPECIALTY', memberIds: ['in_FREE', 'in_OTHER'] };
  expect(await faultsOf(write(subgraph, create, specialty, commission))).toEqual(['FORBIDDEN memberIds.1']);
  const led = { ...specialty, leadId: 'in_CITY', memberIds: [] };
  expect(await faultsOf(write(subgraph, create, led, commission))).toEqual(['FORBIDDEN leadId']);
  const { alliance: own } = Object(await write(subgraph, create, { ...specialty, memberIds: [] }, commission));
  const taking = { allianceId: own.id, institutionId: 'in_CITY' };
  const manager: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: own.id }, businessTime };
  for (const asking of [commission, manager])
    expect(await faultsOf(write(subgraph, join, taking, asking))).toEqual(['FORBIDDEN institutionId']);
  expect(await write(subgraph, join, taking, cityCommission)).toMatchObject({ ok: true });
});

test('a member that is no primary institution leaves, with its reason in the history; twice it cannot', async () => {
  await write(subgraph, join, { allianceId: 'al_ONE', institutionId: 'in_SECOND' }, administrator);
  const leaving = { allianceId: 'al_ONE', institutionId: 'in_SECOND', leftOn: '2024-07-01', reason: '独立运营' };
  expect(await write(subgraph, leave, leaving, administrator)).toEqual({
    ok: true,
    errors: [],
    allianceMembership: { institution: { id: 'in_SECOND' }, joinedOn: '2024-05-20', leftOn: '2024-07-01' },
  });
  expect(await faultsOf(write(subgraph, leave, leaving, administrator))).toEqual(['INVALID_TRANSITION institutionId']);
  const history = await database.sql`select "from", "to", reason from status_history where type = 'AllianceMembership'`;
  expect([...history]).toEqual([{ from: 'MEMBER', to: 'LEFT', reason: '独立运营' }]);
});

test('leaving is refused to the lead, to strangers, for a past day, to who is no member', async () => {
  const lead = { allianceId: 'al_ONE', institutionId: 'in_LEAD', leftOn: '2024-05-19' };
  expect(await faultsOf(write(subgraph, leave, lead, stranger))).toEqual([
    'FORBIDDEN allianceId',
    'VALIDATION_FAILED leftOn',
    'VALIDATION_FAILED institutionId',
  ]);
  const nobody = { allianceId: 'al_ONE', institutionId: 'in_FREE' };
  expect(await faultsOf(write(subgraph, leave, nobody, administrator))).toEqual(['INVALID_TRANSITION institutionId']);
  const unknown = { allianceId: 'al_ONE', institutionId: 'in_NONE' };
  expect(await faultsOf(write(subgraph, leave, unknown, administrator))).toEqual(['NOT_FOUND institutionId']);
});

test('what the structure of a county lacks is told rule by rule', async () => {
  await database.db
    .update(regions)
    .set({ specialTypes: ['REMOTE'] })
    .where(eq(regions.code, '320322101'));
  const query = `{ structureWarnings(regionCode: "3203") {
    rule region { code } alliance { id } institution { id } count missingCentres } }`;
  const told = await ask(subgraph, query, {}, commission);
  const none = { alliance: null, institution: null, count: null, missingCentres: [] };
  const [pei, pizhou] = [{ region: { code: '320322' } }, { region: { code: '320382' } }];
  expect(told).toEqual({
    data: {
      structureWarnings: [
        { ...none, ...pei, rule: 'CITY_FEATURE_SPECIALTIES', count: 0 },
        { ...none, ...pei, rule: 'COUNTY_FEATURE_SPECIALTIES', count: 0 },
        { ...none, ...pei, rule: 'ONE_COMMUNITY', institution: { id: 'in_FREE' }, count: 0 },
        { ...none, ...pei, rule: 'KEY_SPECIALTIES', alliance: { id: 'al_ONE' }, count: 1 },
        {
          ...none,
          ...pei,
          rule: 'SHARED_CENTRES',
          alliance: { id: 'al_ONE' },
          count: 1,
          missingCentres: ['LAB', 'IMAGING', 'PATHOLOGY', 'STERILISATION', 'LOGISTICS'],
        },
        { ...none, ...pei, rule: 'SPECIAL_AREA_PARTNER', institution: { id: 'in_FREE' } },
        { ...none, ...pizhou, rule: 'COMMUNITIES_PER_COUNTY', count: 0 },
        { ...none, ...pizhou, rule: 'CITY_FEATURE_SPECIALTIES', count: 0 },
        { ...none, ...pizhou, rule: 'COUNTY_FEATURE_SPECIALTIES', count: 0 },
      ],
    },
  });
});

test('alliances of the other kinds are founded too, and one of Chinese medicine takes in a body of public health', async () => {
  const kinds = ['CITY_COUNTY', 'COUNTY_TOWNSHIP', 'SPECIALTY', 'TECHNICAL', 'ONE_PLUS_X', 'TELEMEDICINE', 'TCM'];
  const ids: unknown[] = [];
  for (const kind of kinds) {
    const answer = await write(subgraph, create, { ...community, kind, memberIds: [] }, commission);
    expect(answer).toMatchObject({ ok: true, alliance: { kind } });
    ids.push(Object(answer).alliance.id);
  }
  const joining = { allianceId: ids.at(-1), institutionId: 'in_FREE', role: 'PUBLIC_HEALTH' };
  expect(await write(subgraph, join, joining, commission)).toMatchObject({
    ok: true,
    allianceMembership: { institution: { id: 'in_FREE' }, role: 'PUBLIC_HEALTH' },
  });
});
