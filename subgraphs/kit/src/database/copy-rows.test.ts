import { fileURLToPath } from 'node:url';
import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { parseDataKeys, generateDataKeys } from '../crypto/data-keys.ts';
import { encrypted } from '../crypto/encrypted.ts';
import { createKeyRing } from '../crypto/key-ring.ts';
import { copyRows } from './copy-rows.ts';
import { samples } from './fixtures/tables.ts';
import type { Database } from './open-database.ts';
import { createTestDatabase } from './test-database.ts';

const people = pgTable('people', {
  no: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  familyName: encrypted(),
  version: integer().notNull().default(1),
  note: text(),
});
const keys = createKeyRing(parseDataKeys(generateDataKeys()));

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), {
    migrations: fileURLToPath(new URL('./fixtures/migrations', import.meta.url)),
  });
  await database.sql`create table people (no bigint primary key generated always as identity, family_name bytea, version int not null, note text)`;
});

beforeEach(() => database.sql`truncate samples, people restart identity`);

afterAll(() => database.close());

const nasty = 'a\\b\tc\nd\re\b\f\v\\N \\. "q" \'s\' {x,y} 中文 𠮷 NULL';
const full = {
  id: nasty,
  serial: 7,
  small: -3,
  flag: false,
  ratio: 1e-7,
  amount: '-123456789012.34',
  day: '2024-02-29',
  at: '2024-03-01T08:00:00.123456+08:00',
  codes: [nasty, '', 'NULL', 'a,b', '{}', '\\'],
  counts: [1, -2],
  amounts: ['1.50', '0.00'],
  days: ['2024-01-01'],
  details: { text: nasty, list: [1, null, true], nested: { 键: '值' } },
  secret: Buffer.from([0, 9, 10, 92, 255]),
};

test('every column type arrives as it was given, whatever characters it holds', async () => {
  const count = await copyRows(database.sql, samples, [full]);
  const [stored] = await database.db.select().from(samples);
  expect([count, stored]).toEqual([1, { ...full, at: '2024-03-01 08:00:00.123456+08', computed: nasty.toUpperCase() }]);
});

test('what a row lacks is null, or the default; identities count on', async () => {
  await copyRows(database.sql, samples, [{ id: 'x', codes: [], details: 'a string', flag: null }]);
  await copyRows(database.sql, people, [{ familyName: '王' }, { familyName: null, version: 5, note: '' }], { keys });
  const [sample] = await database.sql`select id, serial, flag, codes, details, day from samples`;
  const rows = await database.sql<{ no: number; family_name: Buffer | null; version: number; note: string | null }[]>`
    select * from people order by no`;
  expect(sample).toEqual({ id: 'x', serial: 1, flag: null, codes: [], details: 'a string', day: null });
  expect(rows.map((row) => ({ ...row, family_name: row.family_name && keys.open(row.family_name) }))).toEqual([
    { no: 1, family_name: '王', version: 1, note: null },
    { no: 2, family_name: null, version: 5, note: '' },
  ]);
});

test('without keys an encrypted column is refused', async () => {
  await expect(copyRows(database.sql, people, [{ familyName: '王' }])).rejects.toThrow('copyRows needs the key ring');
});

test('a stream of rows is told as it goes, and none is no error', async () => {
  const told: number[] = [];
  const count = await copyRows(database.sql, samples, numberedRows(20_000), { onProgress: (done) => told.push(done) });
  const none = await copyRows(database.sql, samples, []);
  const [stored] = await database.sql`select count(*) from samples`;
  expect([count, none, stored, told.at(-1), told.length > 3]).toEqual([20_000, 0, { count: 20_000 }, 20_000, true]);
});

test('a row that the database refuses undoes all, says why, and leaves the connection usable', async () => {
  const rows = numberedRows(50_000, (index) => (index === 40_000 ? '2024-02-30' : null));
  await expect(copyRows(database.sql, samples, rows)).rejects.toThrow('date/time field value out of range');
  const [stored] = await database.sql`select count(*) from samples`;
  expect(stored).toEqual({ count: 0 });
});

test('a refusal that comes at the very end is thrown, too', async () => {
  await expect(copyRows(database.sql, samples, [{ id: 'same' }, { id: 'same' }])).rejects.toThrow('samples_pkey');
  await expect(database.sql.begin((tx) => copyRows(tx, samples, [{ id: 'a' }, { id: 'a' }]))).rejects.toThrow(
    'samples_pkey',
  );
  expect(await copyRows(database.sql, samples, [{ id: 'other' }])).toBe(1);
});

test('a source that fails undoes all, and its own error is thrown', async () => {
  await expect(copyRows(database.sql, samples, brokenRows())).rejects.toThrow('the source broke');
  const [stored] = await database.sql`select count(*) from samples`;
  expect(stored).toEqual({ count: 0 });
});

test('a slow server slows the source down: memory stays flat', async () => {
  let made = 0;
  let ahead = 0;
  let received = 0;
  async function* rows() {
    for (; made < 100_000; made += 1) {
      ahead = Math.max(ahead, made - received);
      yield { id: `${made}`, details: { text: 'x'.repeat(400) } };
    }
  }
  await copyRows(database.sql, samples, rows(), { onProgress: (done) => (received = done) });
  expect([made, ahead < 2_000]).toEqual([100_000, true]);
});

async function* numberedRows(count: number, day: (index: number) => string | null = () => null) {
  for (let index = 0; index < count; index += 1) yield { id: `row ${index}`, details: { index }, day: day(index) };
}

async function* brokenRows() {
  yield { id: 'a' };
  throw new Error('the source broke');
}
