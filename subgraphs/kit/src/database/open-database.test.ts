import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { samples } from './fixtures/tables.ts';
import { ConfigError } from '../settings.ts';
import { migrate } from './migrate.ts';
import { createTestDatabase } from './test-database.ts';
import { createDatabase, type Database, dropDatabase, openDatabase, urlOfDatabase } from './open-database.ts';

const migrations = fileURLToPath(new URL('./fixtures/migrations', import.meta.url));
const migrateDatabase = fileURLToPath(new URL('./fixtures/migrate-database.ts', import.meta.url));
const server = inject('databaseServer');

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase(server, { migrations });
});

afterAll(() => database.close());

const row = {
  id: 'a',
  serial: 3,
  small: 2,
  flag: true,
  ratio: 0.5,
  amount: '12.50',
  day: '2024-02-29',
  at: '2024-03-01 08:00:00.25+08',
  codes: ['x', 'y,"z'],
  counts: [1, 2],
  amounts: ['1.50'],
  days: ['2024-01-01'],
  details: { 中: [1, null] },
  secret: Buffer.from([0, 255]),
  computed: 'A',
};

test('drizzle and plain SQL read the same values', async () => {
  const { computed: _, ...stored } = row;
  await database.db.insert(samples).values({ ...stored, at: '2024-03-01T00:00:00.25Z' });
  const plain = await database.sql.unsafe('select * from samples where id = $1', ['a'], { prepare: true });
  expect([[...plain], await database.db.select().from(samples).where(eq(samples.id, 'a'))]).toEqual([[row], [row]]);
});

test('counts and bigints are numbers, numerics are text, the session runs in Asia/Shanghai', async () => {
  const [found] = await database.sql`
    select count(*), sum(3::int), 9007199254740993::int8 as beyond, 0.10::numeric as tenth,
      current_setting('TimeZone') as zone, current_setting('application_name') as name`;
  expect(found).toEqual({
    count: 1,
    sum: 3,
    beyond: '9007199254740993',
    tenth: '0.10',
    zone: 'Asia/Shanghai',
    name: 'hutong-test',
  });
});

test('four processes that create and migrate one database at once all succeed, and it is migrated once', async () => {
  const name = `migrated_${process.pid}`;
  const url = urlOfDatabase(server, name);
  await Promise.all([1, 2, 3, 4].map(() => createDatabase(server, name)));
  const codes = await Promise.all([1, 2, 3, 4].map(() => migrateInProcess(url)));
  const migrated = await openDatabase({ url });
  const [applied] = await migrated.sql`
    select (select count(*) from drizzle.kit_migrations) as kit, (select count(*) from drizzle.migrations) as own`;
  await migrated.close();
  await dropDatabase(server, name);
  expect([codes, applied]).toEqual([[0, 0, 0, 0], { kit: 1, own: 1 }]);
}, 120_000);

test('a test database is gone after close', async () => {
  const fresh = await createTestDatabase(server);
  const [found] = await fresh.sql`select current_database() as name`;
  await fresh.close();
  const left = await database.sql`select datname from pg_database where datname = ${String(found?.['name'])}`;
  expect([...left]).toEqual([]);
});

function migrateInProcess(url: string): Promise<number | null> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', migrateDatabase, url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

test('a database that migrations of another version made is refused with one sentence', async () => {
  const other = await createTestDatabase(server, { migrations });
  await other.sql`update drizzle.migrations set hash = 'of another version'`;
  const [{ name } = { name: '' }] = await other.sql<{ name: string }[]>`select current_database() as name`;
  const refusal = await migrate(other.url, migrations).catch((error: unknown) => error);
  await other.close();
  expect(refusal).toEqual(
    new ConfigError(
      `The database ${name} was made by another version of Hutong, whose tables this one does not know: start that version, or choose an empty database (another data folder with HUTONG_DATA). 数据库 ${name} 由另一版本的 Hutong 建立，本版本无法识别：请使用该版本，或另选空数据库（用 HUTONG_DATA 另选数据目录）。`,
    ),
  );
});
