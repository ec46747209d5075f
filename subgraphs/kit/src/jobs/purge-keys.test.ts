import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { fixedClock } from '../clock.ts';
import type { Subgraph } from '../create-subgraph.ts';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { careOf } from '../relay/fixtures/wards.ts';
import { startJobs } from './start-jobs.ts';

let database: Database;
let care: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql`create table wards (id text primary key, name text not null)`;
  care = careOf(database);
});
afterAll(() => database.close());

const now = '2024-05-06T09:00:00+08:00';
const caller = { id: 'his', kind: 'CLIENT', role: 'PARTNER', regionCodes: [], scopes: [] } as const;

async function open(name: string, key: string, businessTime: string): Promise<unknown> {
  const query = `mutation { openWard(name: "${name}", key: "${key}") }`;
  const { data } = await care.execute({ query }, { caller, requestId: name, businessTime });
  return data?.['openWard'];
}

async function stored(): Promise<unknown> {
  const [row] =
    await database.sql`select (select count(*) from wards) as wards, (select count(*) from changes) as changes,
    (select array_agg(key order by key) from idempotency_keys where key like 'k%') as keys`;
  return { ...row };
}

test('keys of 30 days are kept, older ones go and may be used anew, once though three processes are up', async () => {
  await open('East', 'k-older', '2024-04-06T08:59:59+08:00');
  await open('West', 'k-younger', '2024-04-06T09:00:00+08:00');
  await database.sql`insert into idempotency_keys (caller_id, key, input_hash, at)
    select 'his', 'old' || n, 'hash', '2024-01-01T00:00:00Z' from generate_series(1, 20001) n`;
  expect(await open('North', 'k-older', now)).toBe(false);
  const told: unknown[] = [];
  const listen = (step: unknown): number => told.push(step);
  subscribe('hutong:job', listen);
  const parts = { subgraph: care, databaseUrl: database.url, clock: fixedClock(now) };
  const processes = await Promise.all([startJobs(parts), startJobs(parts), startJobs(parts)]);
  await database.sql`select graphile_worker.add_job('purgeIdempotencyKeys', job_key := 'purgeIdempotencyKeys')`;
  const left = 'select count(*) from graphile_worker.jobs';
  await vi.waitFor(async () => expect(await database.sql.unsafe(left)).toMatchObject([{ count: 0 }]), 30_000);
  await Promise.all(processes.map((one) => one.stop()));
  unsubscribe('hutong:job', listen);
  const step = { subgraph: 'care', job: 'purgeIdempotencyKeys' };
  expect(told).toEqual([10_000, 20_000, 20_002].map((done) => ({ ...step, done })));
  expect(await stored()).toEqual({ wards: 2, changes: 2, keys: ['k-younger'] });
  expect(await open('West', 'k-younger', now)).toBe(true);
  expect(await open('North', 'k-older', now)).toBe(true);
  expect(await stored()).toEqual({ wards: 3, changes: 3, keys: ['k-older', 'k-younger'] });
}, 60_000);
