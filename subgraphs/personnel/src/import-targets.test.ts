import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { importTargets } from './import-targets.ts';
import { ask, migrations } from './sample-caller.ts';
import { sampleKeys } from './sample-rows.ts';
import { createPersonnel } from './subgraph.ts';

const [practitioners] = importTargets({ allowSynthetic: true });
const folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
const rejects = join(folder, 'rejects.csv');
let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
  subgraph = createPersonnel({ database, keys: sampleKeys });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function load(...lines: readonly string[]): Promise<ImportSummary> {
  return loadInto(practitioners, lines);
}

function loadInto(target: ImportTarget | undefined, lines: readonly string[]): Promise<ImportSummary> {
  if (target === undefined) throw new TypeError('no such target');
  const file = join(folder, 'rows.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const at = '2025-01-01T08:00:00+08:00';
  return importFile({ url: database.url, target, file, rejects, at, keys: sampleKeys });
}

const header =
  '医保医师代码,姓名,性别,出生日期,身份证号,专业类别,职称级别,主要执业机构,区划代码,用人方式,聘用单位,使用单位,聘用日期,聘用截止';
const work = 'in_ASXKTGWSGWV4,320322104,ESTABLISHED,in_ASXKTGWSGWV4,in_ASXKTGWSGWV4,2005-08-01';

test('a practitioner goes in under a new id, is known again by the physician code, and the number is sealed', async () => {
  const line = `D320322000777,钱医生,1,1980-05-17,,11,3,${work},`;
  const first = await load(header, line);
  const again = await load(header, line);
  const changed = await load(header, line.replace('钱医生', '钱大夫'));
  expect([first.created, again.unchanged, changed.updated]).toEqual([1, 1, 1]);
  const query =
    '{ practitioners(where: { physicianCode: { eq: "D320322000777" } }) { nodes { id name category titleLevel status version } } }';
  expect((await ask(subgraph, query)).data).toEqual({
    practitioners: {
      nodes: [
        {
          id: expect.stringMatching(/^pr_[0-9A-Z]{12}$/),
          name: '钱大夫',
          category: 'PHYSICIAN',
          titleLevel: 'MID',
          status: 'ACTIVE',
          version: 2,
        },
      ],
    },
  });
});

test('a licence that a file renews or withdraws is told to the others, with what follows from it', async () => {
  const licences = ['VALID,2024-12-31', 'VALID,2026-12-31', 'CANCELLED,2026-12-31'];
  for (const licence of licences)
    await load(`${header},证书状态,考核有效期`, `D320322000770,李医生,1,1980-05-17,,11,3,${work},,${licence}`);
  const rows = await database.sql`
    select c.kind, c.payload from changes c join practitioners p on p.id = c.id
    where p.physician_code = 'D320322000770' order by c.seq`;
  const told = {
    source: 'IMPORT',
    primaryInstitutionId: 'in_ASXKTGWSGWV4',
    category: 'PHYSICIAN',
    titleLevel: 'MID',
    prescriber: true,
    physician: true,
    licensed: true,
    licensedUntil: '2026-12-31',
  };
  expect(rows.map(({ kind, payload }) => [kind, payload])).toEqual([
    ['CREATED', { ...told, licensedUntil: '2024-12-31' }],
    ['UPDATED', told],
    ['UPDATED', { ...told, licensed: false }],
  ]);
});

test('a wrong code, category or citizen number, and an end before the beginning, are refused one by one', async () => {
  const { created, rejected } = await load(
    header,
    `X32,甲,1,1980-05-17,,11,3,${work},`,
    `D320322000778,乙,1,1980-05-17,,99,3,${work},`,
    `D320322000779,丙,1,1980-05-17,990322198005170010,11,3,${work},`,
    `D320322000780,丁,1,1980-05-17,,11,3,${work},2001-01-01`,
    `D320322000781,戊,2,1980-05-17,,21,4,${work},`,
  );
  const reasons = readFileSync(rejects, 'utf8');
  expect([created, rejected]).toEqual([1, 4]);
  expect(['医保医师代码', '专业类别', '身份证号', '聘用截止'].filter((column) => !reasons.includes(column))).toEqual(
    [],
  );
});

test('a team, its guidance group and its members go in from files that name one another; what names nobody does not', async () => {
  const [doctors, groups, teams, members] = importTargets({ allowSynthetic: true });
  const files = [
    [doctors, `标识,${header}`, `pr_000000000001,D320322000790,赵医生,1,1980-05-17,,11,3,${work},`],
    [
      groups,
      'id,name,institutionId,regionCode,departmentIds,contractOffice,assignedTownCodes,principle',
      'gg_000000000001,指导组,in_ASXKTGWSGWV4,320322,de_000000000001;de_000000000002,签约办,320322104,NEARBY',
      'gg_000000000002,指导组,in_ASXKTGWSGWV4,320322,de_1,签约办,320322104,NEARBY',
    ],
    [
      teams,
      '标识,团队名称,所在机构,区划代码,团队长,技术指导小组,服务区划,服务容量',
      'tm_000000000001,一队,in_ASXKTGWSGWV4,320322104,pr_000000000001,gg_000000000001,320322104001;320322104002,2000',
      'tm_000000000002,二队,in_ASXKTGWSGWV4,320322104,pr_000000000009,gg_000000000002,320322104001,2000',
    ],
    [
      members,
      'teamId,no,practitionerId,duty,from',
      'tm_000000000001,1,pr_000000000001,FAMILY_DOCTOR,2024-01-01',
      'tm_000000000003,1,pr_000000000001,FAMILY_DOCTOR,2024-01-01',
    ],
  ] as const;
  const outcomes: unknown[] = [];
  for (const round of ['first', 'again']) {
    for (const [target, ...lines] of files) {
      const { table, created, unchanged, faults } = await loadInto(target, lines);
      outcomes.push([round, table, created, unchanged, faults]);
    }
  }
  expect(outcomes).toEqual([
    ['first', 'practitioners', 1, 0, {}],
    ['first', 'technical_guidance_groups', 1, 0, { CHECK_FAILED: 1 }],
    ['first', 'family_doctor_teams', 1, 0, { REFERENCE_NOT_FOUND: 2 }],
    ['first', 'team_memberships', 1, 0, { REFERENCE_NOT_FOUND: 1 }],
    ['again', 'practitioners', 0, 1, {}],
    ['again', 'technical_guidance_groups', 0, 1, { CHECK_FAILED: 1 }],
    ['again', 'family_doctor_teams', 0, 1, { REFERENCE_NOT_FOUND: 2 }],
    ['again', 'team_memberships', 0, 1, { REFERENCE_NOT_FOUND: 1 }],
  ]);
});
