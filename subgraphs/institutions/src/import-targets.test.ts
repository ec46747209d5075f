import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  type Database,
  importFile,
  type ImportSummary,
  type ImportTarget,
  type Subgraph,
} from '@hutong/kit';
import { repositoryRoot } from '@hutong/schema';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importTargets } from './import-targets.ts';
import { ask } from './sample-caller.ts';
import { createInstitutions, migrations } from './subgraph.ts';

const [regions, institutions] = importTargets();
const folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
const rejects = join(folder, 'rejects.csv');
let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createInstitutions({ database });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function load(target: ImportTarget | undefined, file: string): Promise<ImportSummary> {
  if (target === undefined) throw new TypeError('no such target');
  return importFile({ url: database.url, target, file, rejects, at: '2025-01-01T08:00:00+08:00' });
}

function csv(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

test('the divisions of the three places go in, and going in twice changes nothing', async () => {
  const file = join(repositoryRoot, 'subgraphs/synthetic/data/divisions.csv');
  const first = await load(regions, file);
  const second = await load(regions, file);
  expect([
    [first.created, first.rejected, first.created === first.read],
    [second.created, second.updated, second.unchanged],
  ]).toEqual([
    [first.read, 0, true],
    [0, 0, first.read],
  ]);
});

test('a division whose code contradicts its level or parent is rejected, the others go in', async () => {
  const file = csv(
    'regions.csv',
    'code,name,level,parentCode,特殊类型',
    '320322990,甲镇,TOWNSHIP,320322,CENTRAL_TOWN;REMOTE',
    '320322991,乙镇,VILLAGE,320322,',
    '320322992,丙镇,TOWNSHIP,530302,',
    '320322993,丁镇,4,320322,',
  );
  const { created, rejected, faults } = await load(regions, file);
  const answer = await ask(subgraph, '{ region(code: "320322990") { name specialTypes level } }');
  expect([created, rejected, faults, answer]).toEqual([
    2,
    2,
    { INCONSISTENT: 2 },
    { data: { region: { name: '甲镇', specialTypes: ['CENTRAL_TOWN', 'REMOTE'], level: 'TOWNSHIP' } } },
  ]);
});

test('institutions are known by their provider code, get an id, and are checked against codes, check digits and divisions', async () => {
  const header =
    'providerCode,uscc,name,class,level,tier,ownership,nonProfit,duties,regionCode,integratedManagement,status,longitude,latitude';
  const rest = 'C210,L1,TOWNSHIP,PUBLIC,是,BASIC_CARE;PUBLIC_HEALTH,320322101,true,ACTIVE,116.9312,34.7411';
  const file = csv(
    'institutions.csv',
    header,
    `H32032299001,12320322HX0000001G,甲镇卫生院,${rest}`,
    `H32032299002,12320322HX00000010,乙镇卫生院,${rest}`,
    `H32032299003,,丙镇卫生院,${rest.replace('320322101', '999999')}`,
    `H32032299004,,丁镇卫生院,${rest.replace('C210', 'X999')}`,
  );
  const first = await load(institutions, file);
  const second = await load(institutions, file);
  const query = `{ institutions(where: { providerCode: { startsWith: "H32032299" } }) { nodes { id name region { name } isPrimaryCare duties location { longitude } version } } }`;
  expect([
    [first.created, first.rejected, first.faults],
    [second.created, second.updated, second.unchanged],
    await ask(subgraph, query),
  ]).toEqual([
    [1, 3, { CHECK_FAILED: 1, REFERENCE_NOT_FOUND: 1, NOT_IN_VALUE_SET: 1 }],
    [0, 0, 1],
    {
      data: {
        institutions: {
          nodes: [
            {
              id: expect.stringMatching(/^in_[0-9A-HJKMNP-TV-Z]{12}$/),
              name: '甲镇卫生院',
              region: { name: '龙固镇' },
              isPrimaryCare: true,
              duties: ['BASIC_CARE', 'PUBLIC_HEALTH'],
              location: { longitude: 116.9312 },
              version: 1,
            },
          ],
        },
      },
    },
  ]);
  const [told] = await database.sql<{ payload: object }[]>`
    select payload from changes where type = 'Institution' order by seq limit 1`;
  expect(told?.payload).toMatchObject({
    source: 'IMPORT',
    tier: 'TOWNSHIP',
    status: 'ACTIVE',
    parentInstitutionId: null,
  });
});

test('an alliance, its members and a department go in from files that bring their own identifiers, an institution before the one above it', async () => {
  const [, , departments, alliances, memberships] = importTargets();
  const rest = 'C210,L1,TOWNSHIP,PUBLIC,true,BASIC_CARE,320322101,true,ACTIVE';
  const flags = Array.from({ length: 11 }, () => 'true').join();
  const files = [
    [
      institutions,
      'id,providerCode,parentInstitutionId,name,class,level,tier,ownership,nonProfit,duties,regionCode,integratedManagement,status',
      `in_000000000002,H32032299102,in_000000000001,甲卫生院,${rest}`,
      `in_000000000001,H32032299101,,县医院,${rest}`,
      `in_00000000000I,H32032299103,,误号,${rest}`,
    ],
    [departments, '机构,诊疗科目,科室名称,专业', 'in_000000000001,02,全科,GP', 'in_000000000009,02,全科,GP'],
    [
      alliances,
      'id,name,kind,tightness,regionCode,leadId,internetPlus,peopleFlow,resourceFlow,careFlow,charter,memberInDecision,unifiedHr,unifiedFinance,unifiedBusiness,unifiedDrug,unifiedIt,establishedOn',
      `al_000000000001,医共体,COUNTY_COMMUNITY,TIGHT,320322,in_000000000001,${flags},2020-01-01`,
      `al_000000000002,医共体,COUNTY_COMMUNITY,TIGHT,320322,in_000000000009,${flags},2020-01-01`,
    ],
    [
      memberships,
      'allianceId,institutionId,tier,role,joinedOn,integratedFinance',
      'al_000000000001,in_000000000002,TOWNSHIP,MEMBER,2020-01-01,是',
      'al_000000000002,in_000000000002,TOWNSHIP,MEMBER,2020-01-01,是',
    ],
  ] as const;
  const outcomes: unknown[] = [];
  for (const round of ['first', 'again']) {
    for (const [target, ...lines] of files) {
      const { table, created, unchanged, faults } = await load(target, csv('rows.csv', ...lines));
      outcomes.push([round, table, created, unchanged, faults]);
    }
  }
  expect(outcomes).toEqual([
    ['first', 'institutions', 2, 0, { CHECK_FAILED: 1 }],
    ['first', 'departments', 1, 0, { REFERENCE_NOT_FOUND: 1 }],
    ['first', 'alliances', 1, 0, { REFERENCE_NOT_FOUND: 1 }],
    ['first', 'alliance_memberships', 1, 0, { REFERENCE_NOT_FOUND: 1 }],
    ['again', 'institutions', 0, 2, { CHECK_FAILED: 1 }],
    ['again', 'departments', 0, 1, { REFERENCE_NOT_FOUND: 1 }],
    ['again', 'alliances', 0, 1, { REFERENCE_NOT_FOUND: 1 }],
    ['again', 'alliance_memberships', 0, 1, { REFERENCE_NOT_FOUND: 1 }],
  ]);
});
