import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type Database, importFile, type ImportSummary, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importTargets } from './import-targets.ts';
import { ask, migrations } from './sample-caller.ts';
import { insertSampleRows, sampleKeys } from './sample-rows.ts';
import { createInsurance } from './subgraph.ts';

const folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
const rejects = join(folder, 'rejects.csv');
let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInsurance({ database, keys: sampleKeys });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function load(...lines: readonly string[]): Promise<ImportSummary> {
  return loadInto('Coverage', lines);
}

function loadInto(type: string, lines: readonly string[], name = 'rows.csv'): Promise<ImportSummary> {
  const target = importTargets().find((known) => known.type === type);
  if (target === undefined) throw new TypeError('no such target');
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const at = '2025-01-01T08:00:00+08:00';
  return importFile({ url: database.url, target, file, rejects, at, keys: sampleKeys });
}

const header = '居民主索引,参保序号,医保人员编号,险种,人员类别,统筹区,居住乡镇,救助身份,生效日期,截止日期,待遇政策';

test('a coverage goes in once, its number sealed and found by hash', async () => {
  const line = 'rs_000000000NEW,1,32032200000000000099,390,15,3203,320322104,DIBAO,2024-01-01,,390-3203/2024';
  const first = await load(header, line);
  const again = await load(header, line);
  expect([first.created, again.unchanged]).toEqual([1, 1]);
  const of = [{ __typename: 'Resident', id: 'rs_000000000NEW' }];
  const query =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { coverage { id psnNo scheme assistance } } } }';
  expect((await ask(subgraph, query, { of })).data).toEqual({
    _entities: [
      {
        coverage: {
          id: 'cv_000000000NEW_1',
          psnNo: '32032200000000000099',
          scheme: 'RESIDENT',
          assistance: ['DIBAO'],
        },
      },
    ],
  });
  const hash = sampleKeys.keyedHash('32032200000000000099');
  const [stored] = await database.sql`select resident_id from coverages where psn_no_hash = ${hash}`;
  expect(stored).toEqual({ resident_id: 'rs_000000000NEW' });
});

test('an unknown plan or scheme, and an end before the beginning, are refused one by one', async () => {
  const { created, rejected } = await load(
    header,
    'rs_00000000000A,1,,390,15,3203,320322104,,2024-01-01,,390-9999/2024',
    'rs_00000000000B,1,,399,15,3203,320322104,,2024-01-01,,390-3203/2024',
    'rs_00000000000C,1,,390,15,3203,320322104,,2024-01-01,2023-01-01,390-3203/2024',
    'rs_00000000000D,1,,390,15,3203,320322104,,2024-01-01,2024-12-31,390-3203/2024',
  );
  expect([created, rejected]).toEqual([1, 3]);
});

test('a plan, its rules and its coverages go in; amounts that are no exact text, and a number that a spreadsheet spoilt, do not', async () => {
  const plan = {
    key: '390-5303/2024',
    code: '390-5303',
    year: 2024,
    name: '曲靖居民医保',
    scheme: 'RESIDENT',
    regionCode: '5303',
    caps: { inpatient: '60000.00', outpatient: '400.00', contractIncrease: '100.00' },
    outpatientYearlyDeductible: 0,
    catastrophic: {
      start: '10000',
      startAssisted: '5000',
      band: '50000',
      ratio: '0.6',
      ratioBeyond: '0.7',
      assistedPlus: '0.05',
    },
    assistanceRatio: 0.7,
  };
  const lines = [plan, { ...plan, key: '390-5303/2025', caps: { inpatient: 60_000 } }].map((row) =>
    JSON.stringify(row),
  );
  const plans = await loadInto('BenefitPlan', lines, 'plans.ndjson');
  const rules = await loadInto('BenefitRule', [
    'id,planKey,medicalCategory,level,deductible,ratio',
    'br_000000000001,390-5303/2024,INPATIENT,C,500,0.75',
    'br_000000000002,390-5303/2025,INPATIENT,C,500,0.75',
  ]);
  const covered = await load(
    header,
    'rs_00000000000E,1,3.30212E+17,390,15,5303,530302,,2024-01-01,,390-5303/2024',
    'rs_00000000000F,1,330212000000000123,390,15,5303,530302,,2024-01-01,,390-5303/2024',
    'rs_00000000000G,1,33 0212,390,15,5303,530302,,2024-01-01,,390-5303/2024',
  );
  expect([plans, rules, covered].map(({ created, faults }) => [created, faults])).toEqual([
    [1, { INCONSISTENT: 2 }],
    [1, { REFERENCE_NOT_FOUND: 1 }],
    [1, { SPREADSHEET_NUMBER: 1, CHECK_FAILED: 1 }],
  ]);
});
