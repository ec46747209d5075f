import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type Database } from '@hutong/kit';
import { createCallerSigner, generateCallerKeys, repositoryRoot, type Caller, type CallerSigner } from '@hutong/schema';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

const names = ['institutions', 'personnel', 'insurance', 'public-health'] as const;
type Name = (typeof names)[number];

const kills = 6;
const writes = 120;
const businessTime = '2024-12-31T20:00:00+08:00';
const patience = { timeout: 90_000, interval: 100 };

const folder = mkdtempSync(join(tmpdir(), 'hutong-killed-'));
const databases = new Map<Name, Database>();
const ports = new Map<Name, number>();
const running = new Map<Name, ChildProcess>();
let sign: CallerSigner;

beforeAll(async () => {
  const keys = await generateCallerKeys('processes');
  writeFileSync(join(folder, 'key.json'), JSON.stringify(keys.privateKey));
  writeFileSync(join(folder, 'public.json'), JSON.stringify(keys.publicKeys));
  sign = await createCallerSigner(keys.privateKey);
  const templates = inject('regionTemplates');
  for (const name of names) {
    databases.set(name, await createTestDatabase(inject('databaseServer'), { template: templates[name] ?? '' }));
    ports.set(name, await freePort());
  }
});
afterAll(async () => {
  for (const child of running.values()) child.kill('SIGKILL');
  await Promise.all([...databases.values()].map((database) => database.close()));
  rmSync(folder, { recursive: true });
});

function databaseOf(name: Name): Database {
  const database = databases.get(name);
  if (database === undefined) throw new TypeError(`${name} has no database`);
  return database;
}

/** A port that was free a moment ago: who is started again is found where it was. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const addressOf = (name: Name): string => `http://127.0.0.1:${ports.get(name)}/graphql`;
const variable = (name: Name, what: string): string => `${name.toUpperCase().replace('-', '_')}_${what}`;

/** Starts a subgraph as a server of its own, whose relay delivers to the three others. */
function start(name: Name): void {
  const main = join(repositoryRoot, 'subgraphs', name, 'src', 'main.ts');
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      PORT: String(ports.get(name)),
      [variable(name, 'DATABASE_URL')]: databaseOf(name).url,
      HUTONG_CALLER_KEY: join(folder, 'key.json'),
      HUTONG_CALLER_PUBLIC_KEYS: join(folder, 'public.json'),
      HUTONG_DATA_KEYS: inject('dataKeys'),
      HUTONG_DATA: folder,
      HUTONG_CLOCK: businessTime,
      ...Object.fromEntries(names.map((peer) => [variable(peer, 'URL'), addressOf(peer)])),
    },
  });
  running.set(name, child);
}

async function killAndRestart(name: Name): Promise<void> {
  const child = running.get(name);
  const gone = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await gone;
  start(name);
}

const commission: Caller = {
  id: 'commission',
  kind: 'PERSON',
  role: 'HEALTH_COMMISSION',
  regionCodes: ['320322'],
  scopes: [],
};

const suspend = `mutation ($input: RecordInstitutionLifecycleInput!) {
  recordInstitutionLifecycle(input: $input) { ok errors { code path } } }`;

/** Suspends an institution, asked under one key until an answer comes: a process that dies may have done it or not. */
async function suspendOnce(institutionId: string): Promise<unknown> {
  const input = { institutionId, event: 'SUSPENSION', decisionNo: '停业1号', idempotencyKey: institutionId };
  for (;;) {
    const requestId = `suspension of ${institutionId}`;
    const token = await sign('institutions', { caller: commission, requestId, businessTime });
    const answer = await fetch(addressOf('institutions'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId, 'x-hutong-caller': token },
      body: JSON.stringify({ query: suspend, variables: { input } }),
    })
      .then(async (response): Promise<unknown> => response.json())
      .catch(() => undefined);
    const { data } = Object(answer);
    if (data?.recordInstitutionLifecycle) return data.recordInstitutionLifecycle;
    await pause(50);
  }
}

const consumers = ['personnel', 'insurance', 'public-health'] as const;

/** Notes every step that an inbox takes in the log of institutions: a page that was applied twice would take one twice. */
async function watchInbox(name: Name): Promise<void> {
  await databaseOf(name).sql.unsafe(`
    create table steps (no bigint generated always as identity, position text not null);
    create function note_step() returns trigger language plpgsql as $$
      begin insert into steps (position) values (new.position); return null; end $$;
    create trigger note_step after update on inbox_positions for each row
      when (new.source = 'institutions' and new.position <> old.position) execute function note_step()`);
}

async function stepsOf(name: Name): Promise<readonly string[]> {
  const rows = await databaseOf(name).sql<{ position: string }[]>`select position from steps order by no`;
  return rows.map(({ position }) => position);
}

async function told(name: Name): Promise<readonly unknown[]> {
  return [
    ...(await databaseOf(name)
      .sql`select id, status, seq::text from institution_projections where seq > 0 order by id`),
  ];
}

test('however often the processes of the subgraphs are killed, each change arrives in each other one, and none twice', async () => {
  const { sql } = databaseOf('institutions');
  await Promise.all(consumers.map(watchInbox));
  const clinics = await sql<{ id: string }[]>`select id from institutions
    where tier = 'VILLAGE' and region_code like '320322%' and status = 'ACTIVE' order by id limit ${writes}`;
  expect(clinics).toHaveLength(writes);
  for (const name of names) start(name);

  let done = 0;
  const answers: unknown[] = [];
  const writing = (async () => {
    for (const { id } of clinics) {
      answers.push(await suspendOnce(id));
      done += 1;
    }
  })();
  for (let kill = 0; kill < kills; kill += 1) {
    const reached = done;
    await vi.waitFor(() => expect(done).toBeGreaterThan(Math.min(reached + 5, writes - 1)), patience);
    await pause(Math.random() * 300);
    await killAndRestart(names[Math.floor(Math.random() * 2) === 0 ? 0 : 1 + (kill % 3)] ?? 'institutions');
  }
  await writing;
  expect(answers).toEqual(clinics.map(() => ({ ok: true, errors: [] })));

  const source = await sql`
    select i.id, i.status, c.seq::text from institutions i join changes c on c.type = 'Institution' and c.id = i.id
    where i.status = 'SUSPENDED' order by i.id`;
  expect(source.map(({ id }) => String(id))).toEqual(clinics.map(({ id }) => id));
  const [log] =
    await sql`select count(*)::integer as told, count(distinct id)::integer as of from changes where type = 'Institution'`;
  expect({ ...log }).toEqual({ told: writes, of: writes });
  const [last] =
    await sql`select txid::text || '-' || seq as position from changes order by txid desc, seq desc limit 1`;
  for (const name of consumers) {
    await vi.waitFor(async () => expect((await stepsOf(name)).at(-1)).toBe(last?.['position']), patience);
    const steps = (await stepsOf(name)).map((position) => Number(position.split('-')[1]));
    expect({ name, steps }).toEqual({ name, steps: [...new Set(steps)].toSorted((a, b) => a - b) });
    expect(await told(name)).toEqual([...source]);
  }
}, 240_000);
