import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { readSeeding } from './clock.ts';
import { createKeyRing } from './crypto/key-ring.ts';
import { generateDataKeys, parseDataKeys } from './crypto/data-keys.ts';
import { copyRows } from './database/copy-rows.ts';
import { samples } from './database/fixtures/tables.ts';
import type { Database } from './database/open-database.ts';
import { createTestDatabase } from './database/test-database.ts';
import { seedDatabase } from './seed-database.ts';
import type { SeedOptions, SubgraphPackage } from './subgraph-package.ts';

const migrations = fileURLToPath(new URL('./database/fixtures/migrations', import.meta.url));
const keys = createKeyRing(parseDataKeys(generateDataKeys()));
const options: SeedOptions = {
  seed: 'hutong',
  residentsPerPlace: 3,
  visitScale: 0.25,
  years: [2024],
  scenario: 'CURRENT',
};

/** Writes as many rows as there are residents, half of them at a time, and then does what it is told. */
function subgraphThat(end: () => void = () => undefined): Pick<SubgraphPackage, 'seed'> {
  return {
    async *seed(sql, _keys, { seed, residentsPerPlace }) {
      yield { table: 'samples', rows: await copyRows(sql, samples, [{ id: `${seed} first` }]) };
      const rest = Array.from({ length: residentsPerPlace - 1 }, (_, index) => ({ id: `${seed} ${index}` }));
      yield { table: 'samples', rows: 1 + (await copyRows(sql, samples, rest)) };
      end();
    },
  };
}

let database: Database;

beforeEach(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});

afterEach(() => database.close());

async function storedIds(): Promise<readonly unknown[]> {
  const rows = await database.sql`select id, serial from samples order by serial`;
  return rows.map(({ id, serial }) => `${serial} ${id}`);
}

async function indexesAndKeys(): Promise<readonly unknown[]> {
  const rows = await database.sql`
    select indexdef as definition from pg_indexes where schemaname = 'public' union all
    select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1`;
  return rows.map(({ definition }) => definition);
}

test('an empty database is filled, says when it was, and tells rows and rows per second of each table', async () => {
  const told: string[] = [];
  const outcome = await seedDatabase(database, subgraphThat(), keys, options, {
    onProgress: ({ table, rows }) => told.push(`${table} ${rows}`),
  });
  expect(outcome).toEqual({
    kind: 'seeded',
    rows: 3,
    seconds: expect.any(Number),
    rowsPerSecond: expect.any(Number),
    tables: [{ table: 'samples', rows: 3, seconds: expect.any(Number) }],
  });
  expect(told).toEqual(['samples 1', 'samples 3']);
  expect(await storedIds()).toEqual(['1 hutong first', '2 hutong 0', '3 hutong 1']);
  expect(await readSeeding(database.sql)).toEqual({
    asOf: '2024-12-31T23:59:59+08:00',
    seededAt: expect.stringMatching(/^20\d\d-.*Z$/),
  });
});

test('indexes and foreign keys are the same after a seeding as before', async () => {
  await database.sql`create table parts (sample text references samples on delete cascade, "no" int)`;
  await database.sql`create index on parts ("no" desc) where "no" > 0`;
  const before = await indexesAndKeys();
  await seedDatabase(database, subgraphThat(), keys, options);
  expect(before).toHaveLength(12);
  expect(await indexesAndKeys()).toEqual(before);
});

test('a database that was seeded is kept, also when its rows are gone since', async () => {
  await seedDatabase(database, subgraphThat(), keys, options);
  await database.sql`delete from samples`;
  expect(await seedDatabase(database, subgraphThat(), keys, options)).toEqual({ kind: 'kept' });
  expect(await storedIds()).toEqual([]);
});

test('a database that holds a row of anybody is kept', async () => {
  await database.sql`insert into samples (id) values ('theirs')`;
  expect(await seedDatabase(database, subgraphThat(), keys, options)).toEqual({ kind: 'kept' });
  expect(await storedIds()).toEqual(['1 theirs']);
  expect(await readSeeding(database.sql)).toBeUndefined();
});

test('replacing leaves the new rows only, counted from one', async () => {
  await seedDatabase(database, subgraphThat(), keys, options);
  await seedDatabase(
    database,
    subgraphThat(),
    keys,
    { ...options, seed: 'other', residentsPerPlace: 2 },
    { replace: true },
  );
  expect(await storedIds()).toEqual(['1 other first', '2 other 0']);
});

test('a seeding that fails half-way leaves the old rows', async () => {
  await seedDatabase(database, subgraphThat(), keys, options);
  const before = await readSeeding(database.sql);
  const failing = subgraphThat(() => {
    throw new Error('the disk is full');
  });
  const replaced = seedDatabase(database, failing, keys, { ...options, seed: 'other' }, { replace: true });
  await expect(replaced).rejects.toThrow('the disk is full');
  expect(await storedIds()).toEqual(['1 hutong first', '2 hutong 0', '3 hutong 1']);
  expect(await readSeeding(database.sql)).toEqual(before);
});

test('of several at once one seeds and the others keep what it wrote', async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => seedDatabase(database, subgraphThat(), keys, options)));
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['kept', 'kept', 'seeded']);
  expect(await storedIds()).toEqual(['1 hutong first', '2 hutong 0', '3 hutong 1']);
});
