import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type Database, importFile, type ImportSummary, type Subgraph } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importTargets } from './import-targets.ts';
import { ask, migrations } from './sample-caller.ts';
import { insertSampleRows, sampleKeys } from './sample-rows.ts';
import { createInsurance } from './subgraph.ts';

const coverages = importTargets().find(({ type }) => type === 'Coverage');
const folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
const rejects = join(folder, 'rejects.csv');
let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await insertSampleRows(database.db);
  subgraph = createInsurance({ sql: database.sql, keys: sampleKeys });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function load(...lines: readonly string[]): Promise<ImportSummary> {
  if (coverages === undefined) throw new TypeError('no such target');
  const file = join(folder, 'coverages.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const at = '2025-01-01T08:00:00+08:00';
  return importFile({ url: database.url, target: coverages, file, rejects, at, keys: sampleKeys });
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
