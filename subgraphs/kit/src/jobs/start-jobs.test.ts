import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { fixedClock } from '../clock.ts';
import { createTestDatabase } from '../database/test-database.ts';
import type { Database } from '../database/open-database.ts';
import { startJobs, type RunningJobs } from './start-jobs.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql`create table runs (at text not null)`;
});
afterAll(() => database.close());

/** A process that runs the jobs of a subgraph. */
function start(run: (at: string) => Promise<void>): Promise<RunningJobs> {
  const subgraph = { name: 'care', jobs: { sweep: { cron: '0 0 1 1 *' } }, runJob: (_: string, at: string) => run(at) };
  return startJobs({ subgraph, databaseUrl: database.url, clock: fixedClock('2024-05-06T09:00:00+08:00') });
}

async function runs(): Promise<readonly string[]> {
  return (await database.sql<{ at: string }[]>`select at from runs`).map(({ at }) => at);
}

test('a due job is run once though three processes are up, in business time, and again after it failed', async () => {
  let failures = 1;
  const told: unknown[] = [];
  const listen = (fault: unknown): number => told.push(fault);
  subscribe('hutong:error', listen);
  const run = async (at: string): Promise<void> => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('the database was away');
    }
    await database.sql`insert into runs values (${at})`;
  };
  const processes = await Promise.all([start(run), start(run), start(run)]);
  await database.sql`select graphile_worker.add_job('sweep', job_key := 'sweep')`;
  await vi.waitFor(async () => expect(await runs()).toHaveLength(1), 15_000);
  await pause(500);
  expect(await runs()).toEqual(['2024-05-06T09:00:00.000+08:00']);
  expect(told).toMatchObject([{ subgraph: 'care', cause: new Error('the database was away') }]);
  await Promise.all(processes.map((one) => one.stop()));
  unsubscribe('hutong:error', listen);
}, 30_000);

test('a job that fell due while nobody was up is run by who starts next', async () => {
  await database.sql`select graphile_worker.add_job('sweep')`;
  const late = await start(async (at) => {
    await database.sql`insert into runs values (${`late ${at}`})`;
  });
  await vi.waitFor(async () => expect(await runs()).toHaveLength(2), 15_000);
  await late.stop();
}, 30_000);

test('connections that break while a job runs end neither the process nor the jobs', async () => {
  let attempts = 0;
  const steady = await start(async (at) => {
    attempts += 1;
    if (attempts === 1) {
      await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name not in ('hutong-test')`;
    }
    await database.sql`insert into runs values (${`steady ${attempts} ${at}`})`;
  });
  await database.sql`delete from runs`;
  await database.sql`select graphile_worker.add_job('sweep')`;
  await vi.waitFor(async () => expect(await runs()).not.toHaveLength(0), 15_000);
  await pause(1_000);
  const before = attempts;
  await database.sql`select graphile_worker.add_job('sweep')`;
  await vi.waitFor(() => expect(attempts).toBeGreaterThan(before), 20_000);
  await steady.stop();
}, 60_000);
