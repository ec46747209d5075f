import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { killOptions } from './fixtures/kill-target.ts';
import { importFile } from './import-file.ts';

const program = fileURLToPath(new URL('./fixtures/import-places.ts', import.meta.url));
const rows = 20_000;
const batch = 500;

let database: Database;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-killed-'));
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql`create table places (code text primary key, name text not null, beds int)`;
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

test('an import that is killed leaves whole batches with their changes, and running it again completes it', async () => {
  const file = join(folder, 'places.csv');
  writeFileSync(file, `code,name\n${Array.from({ length: rows }, (_, index) => `p${index},name\n`).join('')}`);
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', program, database.url, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  await expect.poll(stored, { timeout: 20_000, interval: 5 }).toBeGreaterThan(2 * batch);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  await expect.poll(running, { timeout: 10_000 }).toBe(0);

  const left = await stored();
  const [logged] = await database.sql`
    select count(*)::int as all, count(distinct c.id)::int as ids, count(p.code)::int as places
    from changes c left join places p on p.code = c.id`;
  expect({ left: left < rows, partOfBatch: left % batch, logged }).toEqual({
    left: true,
    partOfBatch: 0,
    logged: { all: left, ids: left, places: left },
  });

  const { created, unchanged, rejected } = await importFile(killOptions(database.url, file));
  const [after] = await database.sql`select count(*)::int as changes, count(distinct id)::int as ids from changes`;
  expect({ created, unchanged, rejected, after, stored: await stored() }).toEqual({
    created: rows - left,
    unchanged: left,
    rejected: 0,
    after: { changes: rows, ids: rows },
    stored: rows,
  });
}, 60_000);

async function stored(): Promise<number> {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from places`;
  return row?.count ?? 0;
}

/** Sessions of the killed import that the server still ends. */
async function running(): Promise<number> {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from pg_stat_activity
    where application_name = 'hutong-import' and datname = current_database()`;
  return row?.count ?? 0;
}
