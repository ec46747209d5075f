import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type Database, importFile, type ImportTarget } from '@hutong/kit';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { importTargets } from './import-targets.ts';
import { ask, sampleKeys } from './sample-caller.ts';
import { createPublicHealth, migrations } from './subgraph.ts';

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-residents-'));
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  await database.sql`insert into divisions (code, name) values ('320322100200', '龙固村')`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});
beforeEach(async () => {
  await database.sql`truncate residents, changes`;
});

const header = '证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型,居民健康档案编号,电话,重点人群';
const wang = '99032219550312001x,王某,1,1955-03-12,320322100200,320322100200,1,32032210020000001,19900001234,ELDERLY';

async function importResidents(lines: readonly string[]) {
  const file = join(folder, 'residents.csv');
  const rejects = join(folder, 'rejects.csv');
  rmSync(rejects, { force: true });
  writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
  const options = { url: database.url, target: targetOf('Resident'), file, rejects, keys: sampleKeys };
  return { summary: await importFile({ ...options, at: '2024-12-31T08:00:00+08:00' }), rejects };
}

function targetOf(type: string): ImportTarget {
  const found = importTargets.find((target) => target.type === type);
  if (found === undefined) throw new TypeError(type);
  return found;
}

test('a resident goes in sealed, is found by the document number, and a second run changes nothing', async () => {
  const first = await importResidents([wang]);
  const second = await importResidents([wang]);
  expect([first.summary.created, first.summary.rejected, second.summary.unchanged]).toEqual([1, 0, 1]);
  const subgraph = createPublicHealth({ sql: database.sql, keys: sampleKeys });
  const query = `{ searchResident(input: { idNumber: "99032219550312001X" }) { name sex phone focusGroups healthRecordNo status } }`;
  expect(await ask(subgraph, query)).toEqual({
    data: {
      searchResident: {
        name: '王某',
        sex: 'MALE',
        phone: '19900001234',
        focusGroups: ['ELDERLY'],
        healthRecordNo: '32032210020000001',
        status: 'ACTIVE',
      },
    },
  });
  const [stored] = await database.sql`select encode(name, 'escape') as name, id_number_hash from residents`;
  expect(stored?.['name']).not.toContain('王');
  expect(stored?.['id_number_hash']).toBe(sampleKeys.keyedHash('99032219550312001X'));
});

test('wrong check digit, other birth date, unknown division: each named, the good row goes in', async () => {
  const { summary, rejects } = await importResidents([
    wang,
    wang.replace('99032219550312001x', '990322195503120011').replace('王某', '错号'),
    '990322198807060021,李某,2,1988-07-07,320322100200,320322100200,1,,,',
    '990322202301150037,张某,1,2023-01-15,320322100999,320322100200,1,,,',
  ]);
  expect([summary.created, summary.rejected]).toEqual([1, 3]);
  expect(summary.faults).toMatchObject({ INCONSISTENT: 1, REFERENCE_NOT_FOUND: 1 });
  expect(readFileSync(rejects, 'utf8')).toContain('出生日期与公民身份号码不一致');
});
