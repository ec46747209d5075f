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
  await database.sql`truncate residents, changes cascade`;
});

const at = '2024-12-31T08:00:00+08:00';
const header = '证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型,居民健康档案编号,电话,重点人群';
const wang = '99032219550312001x,王某,1,1955-03-12,320322100200,320322100200,1,32032210020000001,19900001234,ELDERLY';

async function importResidents(lines: readonly string[]) {
  const file = join(folder, 'residents.csv');
  const rejects = join(folder, 'rejects.csv');
  rmSync(rejects, { force: true });
  writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
  const options = { url: database.url, target: targetOf('Resident'), file, rejects, keys: sampleKeys };
  return { summary: await importFile({ ...options, at }), rejects };
}

function targetOf(type: string): ImportTarget {
  const found = importTargets({ allowSynthetic: true }).find((target) => target.type === type);
  if (found === undefined) throw new TypeError(type);
  return found;
}

test('a resident goes in sealed, is found by the document number, and a second run changes nothing', async () => {
  const first = await importResidents([wang]);
  const second = await importResidents([wang]);
  expect([first.summary.created, first.summary.rejected, second.summary.unchanged]).toEqual([1, 0, 1]);
  const subgraph = createPublicHealth({ database, keys: sampleKeys });
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

test('a generated number is taken only where the demo runs', async () => {
  const file = join(folder, 'generated.csv');
  writeFileSync(file, `${header}\n${wang}\n`);
  const [target] = importTargets({ allowSynthetic: false }).filter(({ type }) => type === 'Resident');
  if (target === undefined) throw new TypeError('no target');
  const options = { url: database.url, target, file, rejects: join(folder, 'generated.rejects.csv'), keys: sampleKeys };
  const { created, faults } = await importFile({ ...options, at });
  expect({ created, faults }).toEqual({ created: 0, faults: { SYNTHETIC: 1 } });
});

test('a dead resident has a date of death, and one with a date of death is dead', async () => {
  const rows = ['ACTIVE,', 'DECEASED,', 'ACTIVE,2024-01-02', 'DECEASED,2024-01-02', ',2024-01-02'].map(
    (state, index) => `99032219550312${['001X', '0028', '0036', '0044', '0052'][index]},王某,,1955-03-12,${state}`,
  );
  expect(await importStates(rows)).toEqual(['3,死亡日期', '4,状态', '6,状态']);
});

/** Lines and columns of what is inconsistent. */
async function importStates(rows: readonly string[]): Promise<readonly string[]> {
  const file = join(folder, 'states.csv');
  const rejects = join(folder, 'states.rejects.csv');
  const lines = rows.map((row) => {
    const [number = '', name, , born, status, died] = row.split(',');
    const sex = Number(number.charAt(16)) % 2 === 1 ? '1' : '2';
    return [number, name, sex, born, '320322100200', '320322100200', '1', status, died].join(',');
  });
  writeFileSync(file, `证件号码,姓名,性别,出生日期,户籍区划,现住区划,常住类型,状态,死亡日期\n${lines.join('\n')}\n`);
  await importFile({ url: database.url, target: targetOf('Resident'), file, rejects, keys: sampleKeys, at });
  const listed = readFileSync(rejects, 'utf8').trim().split('\r\n').slice(1);
  return listed.map((line) => line.split(',').slice(0, 2).join());
}

test('a household, its resident and the health record go in from files that name one another', async () => {
  await database.sql`truncate households, health_records cascade`;
  const files = {
    Household: '家庭标识,户主,所在区划,饮水\nhh_000000000001,rs_000000000001,320322100200,TAP',
    Resident: `居民主索引,家庭标识,${header}\nrs_000000000001,hh_000000000001,${wang}\nrs_000000000002,hh_000000000002,${wang.replace('99032219550312001x', '990322195503120028').replace(',1,1955', ',2,1955').replace('32032210020000001', '')}`,
    HealthRecord:
      '居民主索引,档案序号,建档日期,建档机构,最近更新时间\nrs_000000000001,1,2020-01-01,in_000000000001,2024-05-01 08:00\nrs_00000000000,1,2020-01-01,in_1,2024-05-01 08:00',
  };
  const outcomes: unknown[] = [];
  for (const [type, text] of [...Object.entries(files), ...Object.entries(files)]) {
    const file = join(folder, `${type}.csv`);
    writeFileSync(file, `${text}\n`);
    const rejects = join(folder, `${type}.rejects.csv`);
    const options = { url: database.url, target: targetOf(type), file, rejects, keys: sampleKeys };
    const { created, unchanged, faults } = await importFile({ ...options, at });
    outcomes.push([type, created, unchanged, faults]);
  }
  const payload = { source: 'IMPORT' };
  const logged = await database.sql`select id, resident_id, payload from changes order by seq`;
  expect([outcomes, [...logged]]).toEqual([
    [
      ['Household', 1, 0, {}],
      ['Resident', 1, 0, { REFERENCE_NOT_FOUND: 1 }],
      ['HealthRecord', 1, 0, { CHECK_FAILED: 2 }],
      ['Household', 0, 1, {}],
      ['Resident', 0, 1, { REFERENCE_NOT_FOUND: 1 }],
      ['HealthRecord', 0, 1, { CHECK_FAILED: 2 }],
    ],
    [
      { id: 'hh_000000000001', resident_id: null, payload },
      {
        id: 'rs_000000000001',
        resident_id: 'rs_000000000001',
        payload: { ...payload, regionCode: '320322100200', status: 'ACTIVE' },
      },
      { id: 'hr_000000000001_1', resident_id: 'rs_000000000001', payload },
    ],
  ]);
});
