import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { generateCallerKeys, createCallerSigner, createCallerVerifier } from '@hutong/schema';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { recordChangesIn } from '../changes/changes.ts';
import { fixedClock, requestClock } from '../clock.ts';
import { createSubgraph, type Subgraph } from '../create-subgraph.ts';
import { createTestDatabase } from '../database/test-database.ts';
import type { Database } from '../database/open-database.ts';
import { serveSubgraph } from '../serve-subgraph.ts';
import { systemCaller } from '../jobs/job.ts';
import { perform } from '../write/mutation.ts';
import { secondsBehind, type InboxAnswer, type InboxHandlers, type IncomingPage } from './inbox.ts';
import { createHttpOutlet } from './signed-pages.ts';
import { startRelay, type Outlet, type RunningRelay } from './start-relay.ts';

const clock = fixedClock('2024-05-06T09:00:00+08:00');
const at = '2024-05-06T08:00:00+08:00';
let source: Database;
let target: Database;

beforeAll(async () => {
  const server = inject('databaseServer');
  [source, target] = await Promise.all([createTestDatabase(server), createTestDatabase(server)]);
  await target.sql`create table taken (seq bigint generated always as identity, id text not null, version int not null)`;
});
afterAll(() => Promise.all([source.close(), target.close()]));

/** What a subgraph does with a change may fail: then nothing of its page is kept. */
let failing = 0;
/** Codes of faults that its database has, one after the other. */
const faulty: string[] = [];
/** The version of the change that it cannot take in. */
let bad: number | undefined;
const inbox: InboxHandlers = {
  care: {
    Referral: async ({ id, payload }, { tx, change }) => {
      if (failing > 0) {
        failing -= 1;
        throw new Error('the database of the receiver went away');
      }
      const code = faulty.shift();
      if (code !== undefined)
        await tx.execute(`do $$ begin raise exception 'passing' using errcode = '${code}'; end $$`);
      if (payload['version'] === bad) throw new TypeError('this form is not known');
      await tx.execute(`insert into taken (id, version) values ('${id}', ${Number(payload['version'])})`);
      change({ type: 'Filing', id: `fi_${id}`, kind: 'CREATED' });
    },
  },
};

function receiver(): Subgraph {
  const definition = { name: 'money', sdl: 'type Query { none: Int }', resolvers: {}, loaders: () => ({}) };
  return createSubgraph({ ...definition, writes: () => undefined, inbox }, { database: target });
}

async function tell(count: number, from = 1): Promise<void> {
  for (let version = from; version < from + count; version += 1) {
    const referral = { type: 'Referral', id: 'rf_1', kind: 'UPDATED', payload: { version } } as const;
    const other = { type: 'Slot', id: 'sl_1', kind: 'UPDATED' } as const;
    await source.sql.begin((tx) => recordChangesIn(tx, at, [referral, other]));
  }
}

async function taken(): Promise<readonly number[]> {
  const rows = await target.sql<{ version: number }[]>`select version from taken order by seq`;
  return rows.map(({ version }) => version);
}

function relayTo(outlet: Outlet) {
  return startRelay({ source: 'care', sql: source.sql, outlets: [outlet], clock, interval: 20 });
}

test('changes arrive once and in order, though two relays deliver, the receiver fails, and relays are stopped and started', async () => {
  const subgraph = receiver();
  const outlet = { name: 'money', takeIn: (page: IncomingPage) => subgraph.takeIn(page) };
  failing = 3;
  const relays = [relayTo(outlet), relayTo(outlet)];
  await tell(20);
  await vi.waitFor(async () => expect(await taken()).toHaveLength(20), 10_000);
  await vi.waitFor(() => expect(relays[0]?.lag()).toEqual({ money: 0 }), 10_000);
  await Promise.all(relays.map((relay) => relay.stop()));
  await tell(20, 21);
  const again = relayTo(outlet);
  await vi.waitFor(async () => expect(await taken()).toHaveLength(40), 10_000);
  await again.stop();
  expect(await taken()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  const [filings] = await target.sql`select count(*) from changes where type = 'Filing'`;
  expect(filings?.['count']).toBe(40);
});

test('a consumer knows how far it is behind: not while it was never told, nothing when all has arrived, and more while nobody tells it', async () => {
  const fresh = await createTestDatabase(inject('databaseServer'));
  const definition = { name: 'money', sdl: 'type Query { none: Int }', resolvers: {}, loaders: () => ({}) };
  const subgraph = createSubgraph(
    { ...definition, writes: () => undefined, inbox: { care: { Slot: async () => undefined } } },
    { database: fresh },
  );
  const behind = (instant: string): Promise<number | null> =>
    fresh.db.transaction((tx) =>
      perform(
        tx,
        { keys: undefined, allowSynthetic: true },
        { caller: systemCaller, clock: requestClock(instant) },
        (write) => secondsBehind(write, 'care'),
      ),
    );
  expect(await behind('2024-05-06T09:00:00+08:00')).toBeNull();
  const outlet = { name: 'money', takeIn: (page: IncomingPage) => subgraph.takeIn(page) };
  const relay = startRelay({ source: 'care', sql: source.sql, outlets: [outlet], clock, interval: 20, heartbeat: 20 });
  await vi.waitFor(async () => expect(await behind('2024-05-06T09:00:00+08:00')).toBe(0), 10_000);
  await relay.stop();
  expect(await behind('2024-05-06T09:02:00+08:00')).toBe(120);
  const [last] =
    await source.sql`select txid::text || '-' || seq as position from changes order by txid desc, seq desc limit 1`;
  const position = String(last?.['position']);
  await subgraph.takeIn({ source: 'care', after: position, changes: [], position, businessTime: at, upTo: at });
  expect(await behind('2024-05-06T09:02:00+08:00')).toBe(3720);
  await fresh.close();
});

test('a consumer is told no more than what a transaction that runs may still write', async () => {
  const fresh = await createTestDatabase(inject('databaseServer'));
  const definition = { name: 'money', sdl: 'type Query { none: Int }', resolvers: {}, loaders: () => ({}) };
  const subgraph = createSubgraph(
    { ...definition, writes: () => undefined, inbox: { care: { Slot: async () => undefined } } },
    { database: fresh },
  );
  const upTo = async (): Promise<unknown> =>
    (await fresh.sql<{ up: string | null }[]>`select extract(epoch from up_to) as up from inbox_positions`)[0]?.up ??
    null;
  const outlet = { name: 'money', takeIn: (page: IncomingPage) => subgraph.takeIn(page) };
  const writing = await source.sql.reserve();
  await writing`begin`;
  const relay = startRelay({ source: 'care', sql: source.sql, outlets: [outlet], clock, interval: 20, heartbeat: 20 });
  const now = clock.now().getTime() / 1000;
  await vi.waitFor(async () => expect(await upTo()).not.toBeNull(), 10_000);
  expect(Number(await upTo())).toBeLessThan(now);
  await recordChangesIn(writing, at, [{ type: 'Slot', id: 'sl_9', kind: 'UPDATED' }]);
  await writing`commit`;
  writing.release();
  await vi.waitFor(async () => expect(Number(await upTo())).toBe(now), 10_000);
  await relay.stop();
  await fresh.close();
});

test('what is held back by a running transaction holds back what a consumer is told, too', async () => {
  const pages: IncomingPage[] = [];
  const outlet = {
    name: 'money',
    takeIn: async (page: IncomingPage) => {
      pages.push(page);
      return { position: page.after === null ? '0-0' : page.position, types: ['Slot'] };
    },
  };
  const first = await source.sql.reserve();
  await first`begin`;
  await recordChangesIn(first, at, [{ type: 'Slot', id: 'sl_8', kind: 'UPDATED' }]);
  const earlier = '2024-05-06T07:00:00+08:00';
  await source.sql.begin((tx) => recordChangesIn(tx, earlier, [{ type: 'Slot', id: 'sl_7', kind: 'UPDATED' }]));
  const relay = startRelay({ source: 'care', sql: source.sql, outlets: [outlet], clock, interval: 20, heartbeat: 20 });
  const lastUpTo = () => Date.parse(pages.at(-1)?.upTo ?? '');
  await vi.waitFor(() => expect(lastUpTo()).toBe(Date.parse(earlier)), 10_000);
  await first`commit`;
  first.release();
  await vi.waitFor(() => expect(lastUpTo()).toBe(clock.now().getTime()), 10_000);
  await relay.stop();
});

test('a fault of the database that passes refuses no change: the page is taken in at the next try', async () => {
  const subgraph = receiver();
  const outlet = { name: 'money', takeIn: (page: IncomingPage) => subgraph.takeIn(page) };
  const told: string[] = [];
  const listen = (event: unknown): void => void told.push(Object(event).cause.message);
  subscribe('hutong:error', listen);
  const before = (await taken()).length;
  faulty.push('40P01', '40001', '57014', '57P01', '08006', '53300');
  await tell(3, before + 1);
  const relay = relayTo(outlet);
  await vi.waitFor(async () => expect(await taken()).toHaveLength(before + 3), 20_000);
  await relay.stop();
  unsubscribe('hutong:error', listen);
  expect(faulty).toEqual([]);
  expect(told.filter((message) => message.includes('taken in') || message.includes('take in'))).toEqual([]);
  // A conflict is done again at once; the others are told, and tried again by the relay.
  expect(told).toHaveLength(4);
});

test('a change that cannot be taken in stops only what is behind it, and is named with its number, type and error until it can', async () => {
  const keys = await generateCallerKeys('relay');
  const [sign, verifyCaller] = [await createCallerSigner(keys.privateKey), await createCallerVerifier(keys.publicKeys)];
  const relay: { current?: RunningRelay } = {};
  const told: { subgraph: string; requestId: string; cause: Error }[] = [];
  const listen = (event: unknown): void => void told.push(Object(event));
  subscribe('hutong:error', listen);
  const server = await serveSubgraph(receiver(), {
    host: '127.0.0.1',
    port: 0,
    verifyCaller,
    refused: () => relay.current?.refused() ?? {},
  });
  const ready = async (): Promise<unknown> => Object(await (await fetch(new URL('/ready', server.url))).json());
  try {
    const before = (await taken()).length;
    bad = before + 3;
    await tell(5, before + 1);
    const [row] = await source.sql`select seq from changes where payload ->> 'version' = ${String(bad)}`;
    const refused = { seq: Number(row?.['seq']), type: 'Referral', error: 'TypeError this form is not known' };
    relay.current = relayTo(createHttpOutlet('money', server.url, sign));
    await vi.waitFor(() => expect(relay.current?.refused()).toEqual({ money: refused }), 10_000);
    expect(await taken()).toHaveLength(before + 2);
    expect(await ready()).toMatchObject({ status: 'ready', refusedChanges: { money: refused } });
    expect(relay.current.lag()).toEqual({ money: 3600 });
    const said = told.map(({ subgraph, requestId, cause }) => [subgraph, requestId, cause.message]);
    const number = `change ${refused.seq} (Referral)`;
    expect(said).toContainEqual(['money', 'changes of care', `${number} could not be taken in`]);
    const waiting = `money cannot take in ${number}, everything behind it waits: ${refused.error}`;
    expect(said).toContainEqual(['care', 'relay to money', waiting]);
    bad = undefined;
    await vi.waitFor(async () => expect(await taken()).toHaveLength(before + 5), 10_000);
    await vi.waitFor(() => expect(relay.current?.refused()).toEqual({}), 10_000);
    expect(await taken()).toEqual(Array.from({ length: before + 5 }, (_, index) => index + 1));
    expect(await ready()).toEqual({ status: 'ready', subgraph: 'money' });
  } finally {
    unsubscribe('hutong:error', listen);
    await relay.current?.stop();
    await server.stop(1_000);
  }
});

test('over HTTP a page is taken in only with the signature of this page', async () => {
  const keys = await generateCallerKeys('relay');
  const [sign, verifyCaller] = [await createCallerSigner(keys.privateKey), await createCallerVerifier(keys.publicKeys)];
  const server = await serveSubgraph(receiver(), { host: '127.0.0.1', port: 0, verifyCaller });
  try {
    const before = (await taken()).length;
    await tell(5, before + 1);
    const relay = relayTo(createHttpOutlet('money', server.url, sign));
    await vi.waitFor(async () => expect(await taken()).toHaveLength(before + 5), 10_000);
    await relay.stop();
    const body = JSON.stringify({ source: 'care', after: null, changes: [], position: '', businessTime: at });
    const caller = { id: 'system', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] } as const;
    const token = await sign('money', { caller, requestId: 'of another page', businessTime: at });
    const headers = { 'content-type': 'application/json', 'x-request-id': 'of another page', 'x-hutong-caller': token };
    const forged = await fetch(new URL('/changes', server.url), { method: 'POST', headers, body });
    expect(forged.status).toBe(401);
    const unsigned = await fetch(new URL('/changes', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(unsigned.status).toBe(401);
  } finally {
    await server.stop(1_000);
  }
});

test('how far a consumer is behind is told also between tries to reach it', async () => {
  let tries = 0;
  const subgraph = receiver();
  const away = async (page: IncomingPage): Promise<InboxAnswer> => {
    if (page.after === null) return subgraph.takeIn(page);
    tries += 1;
    throw new Error('nobody answers');
  };
  const relay = startRelay({
    source: 'care',
    sql: source.sql,
    clock,
    interval: 20,
    heartbeat: 20,
    outlets: [{ name: 'money', takeIn: away }],
  });
  await vi.waitFor(() => expect(tries).toBe(5), 20_000);
  expect(relay.lag()).toEqual({ money: 0 });
  await tell(1, (await taken()).length + 1);
  await vi.waitFor(() => expect(relay.lag()).toEqual({ money: 3600 }), 2_000);
  expect(tries).toBe(5);
  await relay.stop();
});
