import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';

const wards = 800;
const kills = 4;
let care: Database;
let money: Database;

beforeAll(async () => {
  const server = inject('databaseServer');
  [care, money] = await Promise.all([createTestDatabase(server), createTestDatabase(server)]);
  await care.sql`create table wards (id text primary key, name text not null)`;
  await money.sql`create table known_wards (id text not null, name text not null)`;
});
afterAll(() => Promise.all([care.close(), money.close()]));

const writerProgram = fileURLToPath(new URL('./fixtures/run-writer.ts', import.meta.url));
const relayProgram = fileURLToPath(new URL('./fixtures/run-relay.ts', import.meta.url));

function start(program: string, ...more: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=source', '--import', 'tsx', program, care.url, ...more], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function count(database: Database, text: string): Promise<unknown> {
  const [row] = await database.sql.unsafe(text);
  return row?.['count'];
}

/** Kills a process when it has got a little further each time, and starts it anew. */
async function killAndRestart(begin: () => ChildProcess, reached: () => Promise<unknown>): Promise<ChildProcess> {
  let child = begin();
  for (let kill = 0; kill < kills; kill += 1) {
    const before = Math.min(Number(await reached()), wards - 1);
    await vi.waitFor(async () => expect(Number(await reached())).toBeGreaterThan(before), {
      timeout: 20_000,
      interval: 2,
    });
    await pause(Math.random() * 50);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    child = begin();
  }
  return child;
}

test('killing writers and relays again and again loses no change and applies none twice', async () => {
  const written = (): Promise<unknown> => count(care, 'select count(*) from wards');
  const known = (): Promise<unknown> => count(money, 'select count(*) from known_wards');
  const [writer, relay] = await Promise.all([
    killAndRestart(() => start(writerProgram, String(wards)), written),
    killAndRestart(() => start(relayProgram, money.url), known),
  ]);
  await vi.waitFor(async () => expect(await known()).toBe(wards), { timeout: 60_000, interval: 50 });
  relay.kill('SIGKILL');
  writer.kill('SIGKILL');
  const names = 'count(distinct name)';
  expect({
    wards: await count(care, `select count(*) || ' ' || ${names} as count from wards`),
    changes: await count(care, `select count(*) || ' ' || count(distinct id) as count from changes`),
    keys: await count(care, 'select count(*) from idempotency_keys where result is not null'),
    known: await count(money, `select count(*) || ' ' || ${names} as count from known_wards`),
  }).toEqual({ wards: `${wards} ${wards}`, changes: `${wards} ${wards}`, keys: wards, known: `${wards} ${wards}` });
}, 180_000);
