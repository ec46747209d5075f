import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { readChanges, recordChanges, startOfChanges } from '../changes/changes.ts';
import { backup, restore } from './backup.ts';
import { copyRows } from './copy-rows.ts';
import { samples } from './fixtures/tables.ts';
import type { Database } from './open-database.ts';
import { createTestDatabase } from './test-database.ts';

const migrations = fileURLToPath(new URL('./fixtures/migrations', import.meta.url));
const nasty = 'a\\b\tc\nd\re\\N "q" \'s\' {x,y} 中文';
const at = '2024-12-31T23:59:59+08:00';

let folder: string;
let from: Database;
let to: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-backup-'));
  from = await createTestDatabase(inject('databaseServer'), { migrations });
  to = await createTestDatabase(inject('databaseServer'), { migrations });
  for (const { sql } of [from, to]) {
    await sql`create table parents (id int primary key generated always as identity, next int references parents)`;
    await sql`create table "Odd, ""name""" (id int references parents, "a b" text)`;
  }
  await copyRows(from.sql, samples, [
    { id: nasty, codes: [nasty, ''], details: { nasty }, secret: Buffer.from([0, 255]), amount: '1.10', at },
    { id: 'b', ratio: 0.1 },
  ]);
  await from.sql`insert into parents (next) values (null), (1), (2)`;
  await from.sql`update parents set next = 3 where id = 1`;
  await from.sql`insert into "Odd, ""name""" values (3, ${nasty}), (2, null)`;
  await recordChanges(from.db, at, [{ type: 'Sample', id: 'b', kind: 'CREATED' }]);
});

afterEach(async () => {
  await Promise.all([from.close(), to.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('what is restored is told again from the beginning, under numbers that nobody was given', async () => {
  await from.sql`insert into inbox_positions values ('care', '48210-9120', now())`;
  await backup([{ name: 'one', url: from.url }], folder);
  await restore([{ name: 'one', url: to.url }], folder);
  const [left] = await to.sql`select count(*)::int as positions from inbox_positions`;
  const [next] =
    await to.sql`select nextval(pg_get_serial_sequence('changes', 'seq'))::int as seq, max(seq)::int as last from changes`;
  expect(left).toEqual({ positions: 0 });
  expect(Number(next?.['seq']) - Number(next?.['last'])).toBeGreaterThan(1_000_000);
});

test('a round trip brings every row, and counting goes on where it was', async () => {
  const told: string[] = [];
  const backed = await backup([{ name: 'one', url: from.url }], folder);
  const restored = await restore([{ name: 'one', url: to.url }], folder, {
    onTable: (database, table, rows) => told.push(`${database} ${table} ${rows}`),
  });
  expect(restored).toEqual(backed);
  expect(await contents(to)).toEqual(await contents(from));
  expect(told).toEqual([
    'one public.Odd, "name" 2',
    'one public.changes 1',
    'one public.hutong_meta 0',
    'one public.idempotency_keys 0',
    'one public.inbox_positions 0',
    'one public.parents 3',
    'one public.samples 2',
    'one public.status_history 0',
  ]);
  const [parent] = await to.sql`insert into parents (next) values (1) returning id`;
  await copyRows(to.sql, samples, [{ id: 'c' }]);
  const [sample] = await to.sql`select serial from samples where id = 'c'`;
  expect([parent, sample]).toEqual([{ id: 4 }, { serial: 3 }]);
  await expect(to.sql`insert into parents (next) values (99)`).rejects.toThrow('violates foreign key');
});

test('tables of every size around the buffers of the client come whole', async () => {
  const sizes = [100, 200, 400, 800, 1600, 3200];
  for (const rows of sizes) {
    await from.sql.unsafe(
      `create table sized_${rows} as select n, repeat('x', 90) as text from generate_series(1, ${rows}) n`,
    );
  }
  const { databases } = await backup([{ name: 'one', url: from.url }], folder);
  const counted = databases[0]?.tables.filter(({ name }) => name.includes('sized')).map(({ rows }) => rows);
  expect(counted?.toSorted((a, b) => a - b)).toEqual(sizes);
});

test('a restore that failed midway goes on where it stopped, and a finished one is not repeated', async () => {
  const third = await createTestDatabase(inject('databaseServer'), { migrations });
  await third.sql`create table parents (id int primary key generated always as identity, next int references parents)`;
  await third.sql`create table "Odd, ""name""" (id int references parents, "a b" text)`;
  const source = [
    { name: 'one', url: from.url },
    { name: 'two', url: from.url },
  ];
  const target = [
    { name: 'one', url: to.url },
    { name: 'two', url: third.url },
  ];
  await backup(source, folder);
  await third.sql`alter table samples add constraint never check (id <> 'b')`;
  await expect(restore(target, folder)).rejects.toThrow('violates check constraint');
  await third.sql`alter table samples drop constraint never`;
  const told = new Set<string>();
  await restore(target, folder, { onTable: (database) => told.add(database) });
  const stored = [await contents(to), await contents(third)];
  expect([[...told], stored]).toEqual([['two'], [await contents(from), await contents(from)]]);
  expect(await to.sql`select from hutong_meta`).toHaveLength(0);
  await expect(restore(target, folder)).rejects.toThrow('The database one is not empty');
  await third.close();
});

test('the change log is readable after a restore, old entries before new ones', async () => {
  await backup([{ name: 'one', url: from.url }], folder);
  await restore([{ name: 'one', url: to.url }], folder);
  await recordChanges(to.db, at, [{ type: 'Sample', id: 'new', kind: 'CREATED' }]);
  await expect
    .poll(async () => (await readChanges(to.sql, startOfChanges, 10)).changes.map(({ id }) => id))
    .toEqual(['b', 'new']);
});

test('rows written during a backup are not in it', async () => {
  const backed = await backup([{ name: 'one', url: from.url }], folder, {
    onTable: () => void from.sql`insert into samples (id) values (gen_random_uuid()::text)`.then(),
  });
  expect(backed.databases[0]?.tables.find(({ name }) => name === 'public.samples')?.rows).toBe(2);
});

test('files are for their owner only, and a folder with something in it is refused', async () => {
  await backup([{ name: 'one', url: from.url }], folder);
  const modes = readdirSync(join(folder, 'one')).map((name) => statSync(join(folder, 'one', name)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o600]));
  await expect(backup([{ name: 'one', url: from.url }], folder)).rejects.toThrow(`The folder ${folder} is not empty.`);
  const inFile = backup([{ name: 'one', url: from.url }], join(folder, 'manifest.json', 'sub'));
  await expect(inFile).rejects.toThrow(
    `The folder ${join(folder, 'manifest.json', 'sub')} cannot be used: it, or what it stands in, is a file and no folder.`,
  );
});

test('a filled, a differently migrated, an unnamed database and a folder without manifest are refused', async () => {
  await backup([{ name: 'one', url: from.url }], folder);
  const filled = restore([{ name: 'one', url: from.url }], folder);
  await expect(filled).rejects.toThrow('The database one is not empty: public.Odd, "name" has rows.');
  await to.sql`alter table samples add column later text`;
  const altered = restore([{ name: 'one', url: to.url }], folder);
  await expect(altered).rejects.toThrow('The database one has another schema than the backup');
  await expect(restore([{ name: 'two', url: to.url }], folder)).rejects.toThrow('which is not configured here');
  await expect(restore([{ name: 'one', url: to.url }], tmpdir())).rejects.toThrow('holds no finished backup');
  writeFileSync(join(folder, 'manifest.json'), '{');
  const unknown = restore([{ name: 'one', url: to.url }], folder);
  await expect(unknown).rejects.toThrow('is none that this release knows');
});

test.for([
  ['with another value', (gzipped: Buffer) => gzipSync(gunzipSync(gzipped).toString('utf8').replace('1.10', '1.20'))],
  ['cut short', (gzipped: Buffer) => gzipped.subarray(0, gzipped.length - 20)],
  ['no archive at all', () => Buffer.from('text')],
  ['missing', () => undefined],
] as const)('a file %s is told before anything is written, also into the databases before it', async ([, damage]) => {
  const other = await createTestDatabase(inject('databaseServer'), { migrations });
  try {
    await backup(
      [
        { name: 'empty', url: other.url },
        { name: 'one', url: from.url },
      ],
      folder,
    );
    const file = join(folder, 'one', 'public.samples.copy.gz');
    const damaged = damage(readFileSync(file));
    rmSync(file);
    if (damaged !== undefined) writeFileSync(file, damaged);
    const told: string[] = [];
    const restored = restore(
      [
        { name: 'empty', url: other.url },
        { name: 'one', url: to.url },
      ],
      folder,
      { onTable: (database, table) => told.push(`${database} ${table}`) },
    );
    await expect(restored).rejects.toThrow('The file one/public.samples.copy.gz of the backup is missing or damaged');
    expect([told, (await contents(to)).flat()]).toEqual([[], []]);
  } finally {
    await other.close();
  }
});

async function contents({ sql }: Database) {
  const tables = [
    'select * from samples order by id',
    'select * from parents order by id',
    'select * from "Odd, ""name""" order by id',
  ];
  return Promise.all(tables.map(async (statement) => [...(await sql.unsafe(statement))]));
}
