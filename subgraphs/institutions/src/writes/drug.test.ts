import { createTestDatabase, type Database, type Subgraph } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
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

const county: Partial<Caller> = { id: 'county', role: 'HEALTH_COMMISSION', regionCodes: ['320322'] };
const city: Partial<Caller> = { id: 'city', role: 'HEALTH_COMMISSION', regionCodes: ['3203'] };
const alliance: Partial<Caller> = { id: 'alliance', role: 'ALLIANCE_ADMIN', allianceId: 'al_ONE' };
const town: Partial<Caller> = { id: 'town', role: 'INST_ADMIN', institutionId: 'in_TOWN' };

const faults = (...errors: readonly (readonly [code: string, path: string])[]) => ({
  ok: false,
  errors: errors.map(([code, path]) => ({ code, path: ['input', ...path.split('.')] })),
});

const upsert = `mutation ($input: UpsertDrugCatalogueItemInput!) { upsertDrugCatalogueItem(input: $input) {
  ok errors { code path } drugItem { id nhsaDrugCode genericName essential pack version } } }`;
const upserted = async (input: object, caller = county): Promise<unknown> =>
  (await ask(subgraph, upsert, { input }, { caller })).data?.['upsertDrugCatalogueItem'];
const drug = {
  regionCode: '320322',
  nhsaDrugCode: 'XC09CAA067A001010100009',
  genericName: '缬沙坦胶囊',
  pack: '28粒',
  essential: true,
  catalogueVersion: '2024',
};

test('the county puts a drug into its catalogue, changes it by its national code, and takes it off the list', async () => {
  const listed = async () => {
    const query = '{ drugCatalogue(regionCode: "320322") { nodes { genericName } } }';
    return (await ask(subgraph, query)).data;
  };
  expect(await upserted({ ...drug, idempotencyKey: 'drug' })).toMatchObject({
    ok: true,
    errors: [],
    drugItem: {
      nhsaDrugCode: 'XC09CAA067A001010100009',
      genericName: '缬沙坦胶囊',
      essential: true,
      pack: '28粒',
      version: 1,
    },
  });
  expect(await listed()).toEqual({
    drugCatalogue: { nodes: expect.arrayContaining([{ genericName: '缬沙坦胶囊' }]) },
  });
  expect(await upserted({ ...drug, essential: false, version: 1 })).toMatchObject({
    ok: true,
    drugItem: { essential: false, version: 2 },
  });
  expect(await upserted({ ...drug, version: 1 })).toMatchObject(faults(['VERSION_CONFLICT', 'version']));
  expect(await upserted({ ...drug, essential: false, listed: false })).toMatchObject({ ok: true });
  expect(await listed()).toEqual({ drugCatalogue: { nodes: [{ genericName: '苯磺酸氨氯地平片' }] } });
});

test('nobody changes the catalogue of another division, nor a drug on which another one relies', async () => {
  expect(await upserted(drug, town)).toMatchObject(faults(['FORBIDDEN', 'regionCode']));
  const other = { ...drug, regionCode: '3203', nhsaDrugCode: 'XC09CAA067A001010100010' };
  expect(await upserted(other, city)).toMatchObject({ ok: true });
  expect(await upserted({ ...other, regionCode: '320322' })).toMatchObject({ ok: true });
  expect(await upserted({ ...other, regionCode: '320322', genericName: '另一种药' })).toMatchObject(
    faults(['FORBIDDEN', 'id']),
  );
  expect(await upserted({ ...drug, nhsaDrugCode: 'A1', genericName: ' ', regionCode: '99' })).toMatchObject(
    faults(
      ['NOT_FOUND', 'regionCode'],
      ['FORBIDDEN', 'regionCode'],
      ['VALIDATION_FAILED', 'nhsaDrugCode'],
      ['VALIDATION_FAILED', 'genericName'],
    ),
  );
});

test('two who add the same national code at one moment: one drug', async () => {
  const input = { ...drug, nhsaDrugCode: 'XC09CAA067A001010100011' };
  await Promise.all([upserted(input), upserted(input)]);
  const [row] = await database.sql<{ count: number }[]>`
    select count(*)::int as count from drug_items where nhsa_drug_code = ${input.nhsaDrugCode}`;
  expect(row?.count).toBe(1);
});

const procure = `mutation ($input: RecordProcurementBatchInput!) { recordProcurementBatch(input: $input) {
  ok errors { code path } procurementBatch { alliance { id } region { code } drug { id } volume oldPrice newPrice validFrom validTo } } }`;
const procured = async (input: object, caller = alliance): Promise<unknown> =>
  (await ask(subgraph, procure, { input }, { caller })).data?.['recordProcurementBatch'];
const batch = {
  allianceId: 'al_ONE',
  regionCode: '320322',
  drugId: 'dg_MET',
  volume: 3000,
  oldPrice: '24.60',
  newPrice: '5.90',
  validFrom: '2025-01-01',
  validTo: '2026-12-31',
};

test('an alliance records a batch; one that overlaps it, is over, or is bought by another is refused', async () => {
  const { allianceId, regionCode, drugId, ...told } = batch;
  expect(await procured(batch)).toEqual({
    ok: true,
    errors: [],
    procurementBatch: { ...told, alliance: { id: allianceId }, region: { code: regionCode }, drug: { id: drugId } },
  });
  expect(await procured({ ...batch, validFrom: '2026-12-31', validTo: null })).toMatchObject(
    faults(['SCHEDULE_CONFLICT', 'validFrom']),
  );
  expect(await procured({ ...batch, allianceId: null }, county)).toMatchObject({ ok: true });
  expect(await procured(batch, county)).toMatchObject({
    ok: false,
    errors: [
      { code: 'FORBIDDEN', path: ['input', 'allianceId'] },
      { code: 'SCHEDULE_CONFLICT', path: ['input', 'validFrom'] },
    ],
  });
  const wrong = {
    regionCode: '3203',
    drugId: 'dg_NONE',
    volume: 0,
    oldPrice: '-1',
    validFrom: '2024-02-01',
    validTo: '2024-01-01',
  };
  expect(await procured({ ...batch, ...wrong })).toMatchObject(
    faults(
      ['VALIDATION_FAILED', 'regionCode'],
      ['NOT_FOUND', 'drugId'],
      ['VALIDATION_FAILED', 'volume'],
      ['VALIDATION_FAILED', 'oldPrice'],
      ['VALIDATION_FAILED', 'validTo'],
      ['VALIDATION_FAILED', 'validTo'],
    ),
  );
});

const count = `mutation ($input: SetDrugStockInput!) { setDrugStock(input: $input) {
  ok errors { code path } drugStock { id institution { id } drug { id } quantity unit expiresOn sharedPharmacy version } } }`;
const counted = async (input: object, caller = town): Promise<unknown> =>
  (await ask(subgraph, count, { input }, { caller })).data?.['setDrugStock'];

test('an institution states its stock by lot, and where the alliance has a drug is found by it', async () => {
  const input = { institutionId: 'in_TOWN', drugId: 'dg_AML', quantity: '42', expiresOn: '2025-06-01' };
  expect(await counted({ ...input, version: 1 })).toEqual({
    ok: true,
    errors: [],
    drugStock: {
      id: 'ds_TOWN',
      institution: { id: 'in_TOWN' },
      drug: { id: 'dg_AML' },
      quantity: '42.00',
      unit: '盒',
      expiresOn: '2025-06-01',
      sharedPharmacy: false,
      version: 2,
    },
  });
  expect(await counted({ ...input, quantity: '9', version: 1 })).toMatchObject(faults(['VERSION_CONFLICT', 'version']));
  const clinic: Partial<Caller> = { ...town, institutionId: 'in_CLINIC' };
  const inClinic = { ...input, institutionId: 'in_CLINIC', quantity: '2.5', unit: '片', expiresOn: null };
  expect(await counted(inClinic, clinic)).toMatchObject({
    ok: true,
    drugStock: { quantity: '2.50', unit: '片', version: 1 },
  });
  const query = '{ drugAvailability(allianceId: "al_ONE", drugId: "dg_AML") { institution { id } quantity unit } }';
  expect((await ask(subgraph, query)).data).toEqual({
    drugAvailability: [
      { institution: { id: 'in_CLINIC' }, quantity: '2.50', unit: '片' },
      { institution: { id: 'in_LEAD' }, quantity: '1200.00', unit: '盒' },
    ],
  });
  expect(await counted({ ...inClinic, quantity: '1' }, clinic)).toMatchObject({ ok: true, drugStock: { version: 2 } });
});

test('a stock of another institution, expired, below nothing or of an unknown drug is refused', async () => {
  const input = { institutionId: 'in_TOWN', drugId: 'dg_AML', quantity: '1', expiresOn: '2024-12-30' };
  expect(await counted({ ...input, institutionId: 'in_LEAD' })).toMatchObject(
    faults(['FORBIDDEN', 'institutionId'], ['VALIDATION_FAILED', 'expiresOn']),
  );
  expect(await counted({ ...input, drugId: 'dg_NONE', quantity: '-1', expiresOn: null })).toMatchObject(
    faults(['NOT_FOUND', 'drugId'], ['VALIDATION_FAILED', 'quantity']),
  );
  expect(await counted({ ...input, id: 'ds_LEAD' })).toMatchObject(faults(['FORBIDDEN', 'institutionId']));
  expect(await counted({ ...input, id: 'ds_NONE' })).toMatchObject(faults(['NOT_FOUND', 'id']));
});

test('a drug whose strength, form or pack is longer than 200 characters is refused', async () => {
  const text = '片'.repeat(201);
  const long = { ...drug, strength: text, dosageForm: text, pack: text };
  expect(await upserted(long)).toMatchObject({
    ok: false,
    errors: ['strength', 'dosageForm', 'pack'].map((part) => ({ code: 'VALIDATION_FAILED', path: ['input', part] })),
  });
});
