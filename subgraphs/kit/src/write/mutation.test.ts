import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createSubgraph, type Subgraph } from '../create-subgraph.ts';
import { createTestDatabase } from '../database/test-database.ts';
import type { Database } from '../database/open-database.ts';
import { columns, list } from '../read/resolvers.ts';
import type { SqlEvent } from '../read/statement.ts';
import type { AllLoader, KeyLoader, Read } from '../read/types.ts';
import { historyLoaders, statusChange } from './history.ts';
import type { Keyed, Mutation } from './mutation.ts';
import { payload } from './payload.ts';
import { advanced, expectVersion, lockById, newId } from './stored-rows.ts';
import { createFaults, refuse } from './write-refused.ts';
import type { WriteResult, Written } from './write-result.ts';
import type { Write } from './write.ts';

const wards = pgTable('wards', {
  id: text().primaryKey(),
  name: text().notNull().unique('wards_by_name'),
  beds: integer().notNull(),
  version: integer().notNull().default(1),
  updatedAt: text().notNull(),
});

interface WardInput extends Keyed {
  readonly name: string;
  readonly beds: number;
}
interface BedsInput extends Keyed {
  readonly id: string;
  readonly beds: number;
  readonly version?: number | null;
}

async function openWard({ name, beds }: WardInput, write: Write): Promise<Written> {
  const faults = createFaults();
  faults.expect(name !== '', 'VALIDATION_FAILED', 'name');
  faults.expect(beds > 0, 'VALIDATION_FAILED', 'beds', { en: 'A ward has a bed.', zh: '病区须有床位。' });
  faults.throwIfAny();
  const id = newId('wa');
  await write.tx.insert(wards).values({ id, name, beds, updatedAt: write.clock.instant });
  write.change({ type: 'Ward', id, kind: 'CREATED', payload: { version: 1 } });
  write.step({ type: 'Ward', id, from: null, to: 'OPEN' });
  if (beds === 13) refuse('CAPACITY_EXCEEDED', 'beds');
  if (beds === 14) throw new Error('the process dies here');
  return { id };
}

async function setBeds({ id, beds, version }: BedsInput, write: Write): Promise<Written> {
  const ward = await lockById(write, wards, id, 'id');
  expectVersion(ward, version);
  await write.tx
    .update(wards)
    .set({ beds, ...advanced(ward, write) })
    .where(eq(wards.id, id));
  write.change({ type: 'Ward', id, kind: 'UPDATED', payload: { version: ward.version + 1 } });
  return { id };
}

const loaders = (read: Read) => ({
  ward: read.byKey(wards, 'id'),
  wards: read.all(wards, { orderBy: ['name'] }),
  ...historyLoaders(read),
});
type Row = typeof wards.$inferSelect;
type Load = { readonly ward: KeyLoader<Row>; readonly wards: AllLoader<Row> } & ReturnType<typeof historyLoaders>;
const writes = (mutation: Mutation) => ({
  openWard: mutation('openWard', openWard, { wards_by_name: ['SCHEDULE_CONFLICT', 'name'] }),
  setBeds: mutation('setBeds', setBeds),
});
type Writes = ReturnType<typeof writes>;
interface Context {
  readonly load: Load;
  readonly write: Writes;
}

const sdl = `
  type Query { wards: [Ward!]! }
  type Mutation { openWard(name: String!, beds: Int!, key: String): Payload! setBeds(id: ID!, beds: Int!, version: Int): Payload! }
  type Payload { ok: Boolean! errors: [Fault!]! ward: Ward }
  type Fault { code: String! message: String! messageZh: String! path: [String!]! }
  type Ward { id: ID! name: String! beds: Int! version: Int! history: [StatusChange!] }
  scalar DateTime type StatusChange { from: String to: String! at: DateTime! reason: String }`;
const resolvers = {
  Query: {
    wards: (_: unknown, __: unknown, { load }: Context, info: GraphQLResolveInfo) => load.wards.load(undefined, info),
  },
  Mutation: {
    openWard: (_: unknown, { key, ...input }: WardInput & { key?: string }, { write }: Context): Promise<WriteResult> =>
      write.openWard({ ...input, idempotencyKey: key ?? null }),
    setBeds: (_: unknown, input: BedsInput, { write }: Context): Promise<WriteResult> => write.setBeds(input),
  },
  Payload: payload('ward', (load: Load) => load.ward),
  Ward: { ...columns(wards), history: list('id', (load: Load) => load.history('Ward')) },
  StatusChange: statusChange,
};

let database: Database;
let subgraph: Subgraph;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { max: 25 });
  await database.sql`create table wards (id text primary key, name text not null, beds int not null,
    version int not null default 1, updated_at text not null, constraint wards_by_name unique (name))`;
  subgraph = createSubgraph({ name: 'write-test', sdl, resolvers, loaders, writes }, { database });
});
afterAll(() => database.close());

async function ask(query: string, callerId = 'his-1'): Promise<Readonly<Record<string, unknown>>> {
  const caller = { id: callerId, kind: 'CLIENT', role: 'PARTNER', regionCodes: [], scopes: [] } as const;
  const call = { caller, requestId: 'r', businessTime: '2024-05-06T09:00:00+08:00' };
  const { data, errors } = await subgraph.execute({ query }, call);
  return errors === undefined ? { ...data } : { ...data, errors };
}

async function stored(): Promise<Readonly<Record<string, number>>> {
  const [counts] = await database.sql<Record<string, number>[]>`select
    (select count(*) from wards) as wards, (select count(*) from status_history) as history,
    (select count(*) from changes) as changes, (select count(*) from idempotency_keys) as keys`;
  return { ...counts };
}

test('twenty requests under one key at one moment are done once, and all get the same answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      ask('mutation { openWard(name: "East", beds: 4, key: "k1") { ok ward { id name } } }'),
    ),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ openWard: { ok: true, ward: { name: 'East' } } });
  expect(await stored()).toEqual({ wards: 1, history: 1, changes: 1, keys: 1 });
});

test('another request under a used key is refused; the same key of another caller is another key', async () => {
  const other =
    'mutation { openWard(name: "North", beds: 4, key: "k1") { ok errors { code path message messageZh } } }';
  expect(await ask(other)).toEqual({
    openWard: {
      ok: false,
      errors: [
        {
          code: 'VALIDATION_FAILED',
          path: ['input', 'idempotencyKey'],
          message: 'This idempotency key was used for another request; take a new one.',
          messageZh: '该幂等键已用于另一请求，请换用新键。',
        },
      ],
    },
  });
  expect(await ask(other, 'his-2')).toEqual({ openWard: { ok: true, errors: [] } });
});

test('all faults of an input are told at once', async () => {
  expect(
    await ask('mutation { openWard(name: "", beds: 0) { ok errors { code path messageZh } ward { id } } }'),
  ).toEqual({
    openWard: {
      ok: false,
      errors: [
        { code: 'VALIDATION_FAILED', path: ['input', 'name'], messageZh: '提交的内容不符合规则。' },
        { code: 'VALIDATION_FAILED', path: ['input', 'beds'], messageZh: '病区须有床位。' },
      ],
      ward: null,
    },
  });
});

test('what is refused or dies in the middle leaves nothing, not even its key', async () => {
  const before = await stored();
  const refused = await ask('mutation { openWard(name: "West", beds: 13, key: "k2") { ok errors { code } } }');
  expect(refused).toEqual({ openWard: { ok: false, errors: [{ code: 'CAPACITY_EXCEEDED' }] } });
  const died = await ask('mutation { openWard(name: "West", beds: 14, key: "k2") { ok } }');
  expect(died).toMatchObject({
    errors: [{ message: 'internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
  expect(await stored()).toEqual(before);
  expect(await ask('mutation { openWard(name: "West", beds: 5, key: "k2") { ok } }')).toEqual({
    openWard: { ok: true },
  });
});

test('a value that cannot be stored is refused, not a fault of ours', async () => {
  expect(await ask('mutation { openWard(name: "a\\u0000b", beds: 4) { ok errors { code path } } }')).toEqual({
    openWard: { ok: false, errors: [{ code: 'VALIDATION_FAILED', path: ['input'] }] },
  });
});

test('a constraint of the database speaks in the words of the mutation', async () => {
  expect(await ask('mutation { openWard(name: "East", beds: 4) { ok errors { code path } } }')).toEqual({
    openWard: { ok: false, errors: [{ code: 'SCHEDULE_CONFLICT', path: ['input', 'name'] }] },
  });
});

test('a second mutation of a document shows what it wrote, not what the first one read', async () => {
  const { openWard: opened } = Object(await ask('mutation { openWard(name: "South", beds: 1) { ward { id } } }'));
  const { id } = opened.ward;
  const both = `mutation {
    first: setBeds(id: "${id}", beds: 2) { ward { beds version } }
    second: setBeds(id: "${id}", beds: 3, version: 2) { ward { beds version } }
    stale: setBeds(id: "${id}", beds: 9, version: 2) { ok errors { code path } ward { beds } }
    unknown: setBeds(id: "wa_NONE", beds: 9) { errors { code path } }
  }`;
  expect(await ask(both)).toEqual({
    first: { ward: { beds: 2, version: 2 } },
    second: { ward: { beds: 3, version: 3 } },
    stale: { ok: false, errors: [{ code: 'VERSION_CONFLICT', path: ['input', 'version'] }], ward: null },
    unknown: { errors: [{ code: 'NOT_FOUND', path: ['input', 'id'] }] },
  });
  const changes = await database.sql`select kind, payload from changes where id = ${id} order by seq`;
  expect([...changes]).toEqual([
    { kind: 'CREATED', payload: { version: 1 } },
    { kind: 'UPDATED', payload: { version: 2 } },
    { kind: 'UPDATED', payload: { version: 3 } },
  ]);
});

test('the history of every row of a page is one statement, each row with its own steps in order', async () => {
  await database.sql`truncate wards, status_history`;
  for (const name of ['A', 'B']) await ask(`mutation { openWard(name: "${name}", beds: 1) { ok } }`);
  const [first] = await database.sql`select id from wards where name = 'A'`;
  const id = String(first?.['id']);
  await database.sql`insert into status_history (type, id, "from", "to", at, reason) values
    ('Ward', ${id}, 'OPEN', 'CLOSED', '2024-05-07T09:00:00+08:00', '停用'), ('Bed', ${id}, null, 'FREE', '2024-05-07T09:00:00+08:00', null)`;
  const statements: string[] = [];
  const listener = (event: unknown): void => void statements.push((event as SqlEvent).text);
  subscribe('hutong:sql', listener);
  const told = await ask('{ wards { name history { from to at reason } } }');
  unsubscribe('hutong:sql', listener);
  const opened = { from: null, to: 'OPEN', at: '2024-05-06T09:00:00+08:00', reason: null };
  const closed = { from: 'OPEN', to: 'CLOSED', at: '2024-05-07T09:00:00+08:00', reason: '停用' };
  expect({ told, statements: statements.length }).toEqual({
    told: {
      wards: [
        { name: 'A', history: [opened, closed] },
        { name: 'B', history: [opened] },
      ],
    },
    statements: 2,
  });
});
