import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, sampleKeys, type Asking } from '../sample-caller.ts';
import { faultsOf, write } from '../sample-mutation.ts';
import { insertSampleRows } from '../sample-rows.ts';
import { createInstitutions, migrations } from '../subgraph.ts';
import { institutions } from '../tables/place.ts';

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  await database.db.update(institutions).set({ status: 'CLOSED' }).where(eq(institutions.id, 'in_CLINIC'));
  subgraph = createInstitutions({ database, keys: sampleKeys });
});
afterAll(() => database.close());

const businessTime = '2024-05-20T10:00:00+08:00';
const at = (institutionId: string): Asking => ({ caller: { role: 'INST_ADMIN', institutionId }, businessTime });
const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320322'] }, businessTime };
const elsewhere: Asking = { caller: { role: 'HEALTH_COMMISSION', regionCodes: ['320382'] }, businessTime };
const administrator: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: 'al_ONE' }, businessTime };
const stranger: Asking = { caller: { role: 'ALLIANCE_ADMIN', allianceId: 'al_TWO' }, businessTime };

const upsertItem = {
  name: 'upsertCapabilityItem',
  field: 'capabilityItem',
  select: '{ institution { id } area itemCode name surgeryLevel { code } available yearVolume version }',
};
const item = {
  institutionId: 'in_TOWN',
  area: 'BASIC_CARE',
  itemCode: 'T03',
  name: '阑尾切除',
  surgeryLevel: '2',
  available: true,
  yearVolume: 12,
};

test('an institution adds an item to its capability list, once for a key, and changes it under its version', async () => {
  const added = {
    ok: true,
    errors: [],
    capabilityItem: {
      institution: { id: 'in_TOWN' },
      area: 'BASIC_CARE',
      itemCode: 'T03',
      name: '阑尾切除',
      surgeryLevel: { code: '2' },
      available: true,
      yearVolume: 12,
      version: 1,
    },
  };
  const first = { ...item, idempotencyKey: 'item-1' };
  expect(await write(subgraph, upsertItem, first, at('in_TOWN'))).toEqual(added);
  expect(await write(subgraph, upsertItem, first, at('in_TOWN'))).toEqual(added);
  expect(await write(subgraph, upsertItem, { ...item, available: false, version: 1 }, at('in_TOWN'))).toEqual({
    ...added,
    capabilityItem: { ...added.capabilityItem, available: false, version: 2 },
  });
  expect(await faultsOf(write(subgraph, upsertItem, { ...item, version: 1 }, at('in_TOWN')))).toEqual([
    'VERSION_CONFLICT version',
  ]);
  const changes = await database.sql`select type, kind, payload from changes order by seq`;
  expect(changes.filter(({ type }) => type === 'CapabilityItem').map(({ kind, payload }) => [kind, payload])).toEqual([
    ['CREATED', { institutionId: 'in_TOWN', itemCode: 'T03', available: true, version: 1 }],
    ['UPDATED', { institutionId: 'in_TOWN', itemCode: 'T03', available: false, version: 2 }],
  ]);
});

test('a capability item is refused to strangers, closed institutions and unknown codes, all faults at once', async () => {
  const wrong = { ...item, itemCode: ' ', name: '', surgeryLevel: '9', yearVolume: -1 };
  expect(await faultsOf(write(subgraph, upsertItem, wrong, at('in_LEAD')))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED itemCode',
    'VALIDATION_FAILED name',
    'VALIDATION_FAILED yearVolume',
    'VALIDATION_FAILED surgeryLevel',
  ]);
  const closed = { ...item, institutionId: 'in_CLINIC' };
  expect(await faultsOf(write(subgraph, upsertItem, closed, at('in_CLINIC')))).toEqual([
    'VALIDATION_FAILED institutionId',
  ]);
  const unknown = { ...item, institutionId: 'in_NONE' };
  expect(await faultsOf(write(subgraph, upsertItem, unknown, at('in_NONE')))).toEqual(['NOT_FOUND institutionId']);
});

const assess = {
  name: 'assessCapability',
  field: 'capabilityAssessment',
  select: '{ kind result score assessedOn institution { capabilityGrade { code } strongCountyHospital } }',
};
const assessment = {
  institutionId: 'in_LEAD',
  kind: 'STRONG_COUNTY',
  standardVersion: '2024',
  score: '58.50',
  result: 'BELOW',
  assessedOn: '2024-05-10',
};

test('the newest assessment says whether a county hospital is strong; an older one that is told later does not', async () => {
  const stored = (result: string, assessedOn: string, strong: boolean) => ({
    ok: true,
    errors: [],
    capabilityAssessment: {
      kind: 'STRONG_COUNTY',
      result,
      score: '58.50',
      assessedOn,
      institution: { capabilityGrade: { code: 'LEVEL2B' }, strongCountyHospital: strong },
    },
  });
  expect(await write(subgraph, assess, assessment, commission)).toEqual(stored('BELOW', '2024-05-10', false));
  const older = { ...assessment, result: 'RECOMMENDED', assessedOn: '2024-05-09' };
  expect(await write(subgraph, assess, older, commission)).toEqual(stored('RECOMMENDED', '2024-05-09', false));
  expect(await faultsOf(write(subgraph, assess, assessment, commission))).toEqual(['VALIDATION_FAILED assessedOn']);
});

test('a failed level-two assessment takes that grade away and no higher one', async () => {
  const failed = { ...assessment, kind: 'LEVEL2B', institutionId: 'in_TOWN', score: null };
  expect(await write(subgraph, assess, failed, commission)).toEqual({
    ok: true,
    errors: [],
    capabilityAssessment: {
      kind: 'LEVEL2B',
      result: 'BELOW',
      score: null,
      assessedOn: '2024-05-10',
      institution: { capabilityGrade: null, strongCountyHospital: true },
    },
  });
});

test('an assessment is refused to others than the commission, for the wrong kind, a future day, a score above 100', async () => {
  const wrong = { ...assessment, kind: 'QUALITY_PRIMARY', score: '100.01', assessedOn: '2024-05-21' };
  expect(await faultsOf(write(subgraph, assess, wrong, elsewhere))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED kind',
    'VALIDATION_FAILED score',
    'VALIDATION_FAILED assessedOn',
  ]);
  const closed = { ...assessment, kind: 'MODEL_VILLAGE_CLINIC', institutionId: 'in_CLINIC' };
  expect(await faultsOf(write(subgraph, assess, closed, commission))).toEqual(['VALIDATION_FAILED institutionId']);
});

test('a village clinic becomes a model clinic', async () => {
  await database.sql`update institutions set status = 'ACTIVE' where id = 'in_CLINIC'`;
  const model = { ...assessment, kind: 'MODEL_VILLAGE_CLINIC', institutionId: 'in_CLINIC', result: 'RECOMMENDED' };
  expect(await write(subgraph, assess, model, commission)).toMatchObject({
    ok: true,
    capabilityAssessment: { kind: 'MODEL_VILLAGE_CLINIC', result: 'RECOMMENDED' },
  });
  await database.sql`update institutions set status = 'CLOSED' where id = 'in_CLINIC'`;
});

const upsertDisease = {
  name: 'upsertDiseaseCatalogueItem',
  field: 'diseaseCatalogueItem',
  select: '{ level icd10From icd10To severityLimit mandatory version }',
};
const disease = {
  allianceId: 'al_ONE',
  level: 'TOWNSHIP',
  icd10From: 'j00',
  icd10To: 'j06',
  mandatory: false,
  catalogueVersion: '2024',
};

test('the administrators add a range to the disease catalogue and change it by its first code', async () => {
  const stored = { level: 'TOWNSHIP', icd10From: 'J00', icd10To: 'J06', severityLimit: null, mandatory: false };
  expect(await write(subgraph, upsertDisease, disease, administrator)).toEqual({
    ok: true,
    errors: [],
    diseaseCatalogueItem: { ...stored, version: '2024' },
  });
  const longer = { ...disease, icd10To: 'J11', mandatory: true, severityLimit: '无并发症' };
  expect(await write(subgraph, upsertDisease, longer, administrator)).toEqual({
    ok: true,
    errors: [],
    diseaseCatalogueItem: { ...stored, icd10To: 'J11', mandatory: true, severityLimit: '无并发症', version: '2024' },
  });
});

test('a range of diseases is refused when it overlaps another, is empty, has no codes, or comes from another alliance', async () => {
  const refused = (change: object, asking = administrator) =>
    faultsOf(write(subgraph, upsertDisease, { ...disease, ...change }, asking));
  expect(await refused({ icd10From: 'I12.0', icd10To: 'I12.9' })).toEqual(['VALIDATION_FAILED icd10From']);
  expect(await refused({ icd10From: 'I05', icd10To: 'I10' })).toEqual(['VALIDATION_FAILED icd10From']);
  expect(await refused({ icd10From: 'K35', icd10To: 'K34' })).toEqual(['VALIDATION_FAILED icd10To']);
  expect(await refused({ icd10From: '?', icd10To: '35' })).toEqual([
    'VALIDATION_FAILED icd10From',
    'VALIDATION_FAILED icd10To',
  ]);
  expect(await refused({}, stranger)).toEqual(['FORBIDDEN allianceId']);
  expect(await refused({ allianceId: 'al_NONE' })).toEqual(['NOT_FOUND allianceId']);
});

test('whether an institution can treat a diagnosis follows from its catalogue and its list; a closed one treats nothing', async () => {
  const can = async (institutionId: string, icd10: string) =>
    (
      await ask(
        subgraph,
        'query ($i: ID!, $d: String!) { canTreat(institutionId: $i, icd10: $d) }',
        { i: institutionId, d: icd10 },
        commission,
      )
    ).data?.['canTreat']; //
  const item2 = { ...item, itemCode: 'T01', name: '常见病诊疗', surgeryLevel: null };
  await write(subgraph, upsertItem, item2, at('in_TOWN'));
  expect([
    await can('in_TOWN', 'I10'),
    await can('in_TOWN', 'I15.9'),
    await can('in_TOWN', 'I21.9'),
    await can('in_LEAD', 'I10'),
    await can('in_CLINIC', 'I10'),
    await can('in_CITY', 'I10'),
    await can('in_NONE', 'I10'),
  ]).toEqual([true, true, false, true, false, false, null]);
  expect(await ask(subgraph, '{ canTreat(institutionId: "in_TOWN", icd10: "?") }')).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

const openSpecialty = {
  name: 'openSpecialtyCentre',
  field: 'specialtyCentre',
  select:
    '{ kind institution { id } alliance { id } specialty { code } level year accredited radiates { code } version }',
};
const rehab = {
  kind: 'FEATURE_SPECIALTY',
  institutionId: 'in_TOWN',
  allianceId: 'al_ONE',
  specialty: 'REHAB',
  year: 2024,
  radiatesCodes: ['320322100'],
};

test('a township hospital opens a feature specialty, and the commission accredits it later', async () => {
  const opened = {
    ok: true,
    errors: [],
    specialtyCentre: {
      kind: 'FEATURE_SPECIALTY',
      institution: { id: 'in_TOWN' },
      alliance: { id: 'al_ONE' },
      specialty: { code: 'REHAB' },
      level: null,
      year: 2024,
      accredited: false,
      radiates: [{ code: '320322100' }],
      version: 1,
    },
  };
  expect(await write(subgraph, openSpecialty, rehab, at('in_TOWN'))).toEqual(opened);
  expect(await faultsOf(write(subgraph, openSpecialty, rehab, at('in_TOWN')))).toEqual(['VALIDATION_FAILED kind']);
  const accredited = { ...rehab, level: 'COUNTY', accredited: true };
  expect(await faultsOf(write(subgraph, openSpecialty, accredited, at('in_TOWN')))).toEqual([
    'FORBIDDEN institutionId',
  ]);
  expect(await write(subgraph, openSpecialty, accredited, commission)).toEqual({
    ...opened,
    specialtyCentre: { ...opened.specialtyCentre, level: 'COUNTY', accredited: true, version: 2 },
  });
});

test('a specialty centre is refused with unknown codes, a future year, an alliance without the institution', async () => {
  const wrong = {
    ...rehab,
    institutionId: 'in_CITY',
    specialty: 'MAGIC',
    year: 2025,
    radiatesCodes: ['320322100', '99'],
  };
  expect(await faultsOf(write(subgraph, openSpecialty, wrong, at('in_TOWN')))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED specialty',
    'VALIDATION_FAILED year',
    'VALIDATION_FAILED allianceId',
    'NOT_FOUND radiatesCodes.1',
  ]);
  const closed = { ...rehab, institutionId: 'in_CLINIC', allianceId: 'al_NONE' };
  expect(await faultsOf(write(subgraph, openSpecialty, closed, commission))).toEqual([
    'VALIDATION_FAILED institutionId',
    'NOT_FOUND allianceId',
  ]);
});

const openShared = {
  name: 'openSharedCentre',
  field: 'sharedCentre',
  select: '{ kind host { id } serves { id } openedOn monthlyCapacity status version }',
};
const imaging = { kind: 'IMAGING', allianceId: 'al_ONE', hostId: 'in_LEAD', openedOn: '2024-06-01' };

test('an alliance builds a shared centre for all its members and opens it on its day; a second one of the kind is refused', async () => {
  const built = {
    kind: 'IMAGING',
    host: { id: 'in_LEAD' },
    serves: [{ id: 'in_CLINIC' }, { id: 'in_TOWN' }],
    openedOn: '2024-06-01',
    monthlyCapacity: null,
    status: 'BUILDING',
    version: 1,
  };
  expect(await write(subgraph, openShared, imaging, administrator)).toEqual({
    ok: true,
    errors: [],
    sharedCentre: built,
  });
  const opening = { ...imaging, servesIds: ['in_TOWN'], monthlyCapacity: 4000 };
  const june: Asking = { ...administrator, businessTime: '2024-06-01T08:00:00+08:00' };
  expect(await write(subgraph, openShared, opening, june)).toEqual({
    ok: true,
    errors: [],
    sharedCentre: { ...built, serves: [{ id: 'in_TOWN' }], monthlyCapacity: 4000, status: 'IN_OPERATION', version: 2 },
  });
  expect(await faultsOf(write(subgraph, openShared, opening, june))).toEqual(['VALIDATION_FAILED kind']);
  const steps = await database.sql`select "from", "to" from status_history where type = 'SharedCentre' order by seq`;
  expect([...steps]).toEqual([
    { from: null, to: 'BUILDING' },
    { from: 'BUILDING', to: 'IN_OPERATION' },
  ]);
});

test('a shared centre is refused to other alliances, with hosts and served ones that are no members, and for a past day', async () => {
  const wrong = {
    ...imaging,
    kind: 'LAB',
    hostId: 'in_CITY',
    servesIds: ['in_TOWN', 'in_CITY'],
    openedOn: '2024-05-19',
  };
  expect(await faultsOf(write(subgraph, openShared, wrong, stranger))).toEqual([
    'FORBIDDEN allianceId',
    'VALIDATION_FAILED hostId',
    'VALIDATION_FAILED servesIds.1',
    'VALIDATION_FAILED openedOn',
  ]);
  const twice = { ...imaging, kind: 'ECG' };
  expect(await faultsOf(write(subgraph, openShared, twice, administrator))).toEqual(['VALIDATION_FAILED kind']);
  const closedHost = { ...imaging, kind: 'LAB', hostId: 'in_CLINIC' };
  expect(await faultsOf(write(subgraph, openShared, closedHost, administrator))).toEqual(['VALIDATION_FAILED hostId']);
});

const upsertNode = {
  name: 'upsertEmergencyNode',
  field: 'emergencyNode',
  select: '{ institution { id } region { code } level duty ambulances coverage { code } version }',
};
const node = { institutionId: 'in_TOWN', level: 3, duty: '乡镇急救点', ambulances: 1, coverageCodes: ['320322100'] };

test('the commission puts a township hospital into the emergency network, and changes its node', async () => {
  const stored = {
    institution: { id: 'in_TOWN' },
    region: { code: '320322100' },
    level: 3,
    duty: '乡镇急救点',
    ambulances: 1,
    coverage: [{ code: '320322100' }],
    version: 1,
  };
  expect(await write(subgraph, upsertNode, node, commission)).toEqual({ ok: true, errors: [], emergencyNode: stored });
  expect(await write(subgraph, upsertNode, { ...node, ambulances: 2, version: 1 }, commission)).toEqual({
    ok: true,
    errors: [],
    emergencyNode: { ...stored, ambulances: 2, version: 2 },
  });
  expect(await faultsOf(write(subgraph, upsertNode, { ...node, version: 1 }, commission))).toEqual([
    'VERSION_CONFLICT version',
  ]);
});

test('a node is refused to others, at wrong levels, without coverage, at a closed institution', async () => {
  const wrong = { ...node, level: 5, ambulances: -1, coverageCodes: [] };
  expect(await faultsOf(write(subgraph, upsertNode, wrong, at('in_TOWN')))).toEqual([
    'FORBIDDEN institutionId',
    'VALIDATION_FAILED level',
    'VALIDATION_FAILED ambulances',
    'VALIDATION_FAILED coverageCodes',
  ]);
  const closed = { ...node, institutionId: 'in_CLINIC', coverageCodes: ['99'] };
  expect(await faultsOf(write(subgraph, upsertNode, closed, commission))).toEqual([
    'VALIDATION_FAILED institutionId',
    'NOT_FOUND coverageCodes.0',
  ]);
});

test('the other kinds of the six shared centres and of the six centres of emergency care can be opened too', async () => {
  for (const kind of ['LAB', 'PATHOLOGY', 'STERILISATION', 'LOGISTICS']) {
    expect(await write(subgraph, openShared, { ...imaging, kind }, administrator)).toMatchObject({
      ok: true,
      sharedCentre: { kind },
    });
  }
  for (const kind of ['STROKE', 'TRAUMA', 'CHRONIC', 'MATERNAL_CRITICAL', 'CHILD_CRITICAL']) {
    const centre = { ...rehab, kind, institutionId: 'in_LEAD' };
    expect(await write(subgraph, openSpecialty, centre, commission)).toMatchObject({
      ok: true,
      specialtyCentre: { kind },
    });
  }
});
