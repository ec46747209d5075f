import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createSubgraph, type Subgraph } from '../create-subgraph.ts';
import { encrypted } from '../crypto/encrypted.ts';
import { createKeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { compositeKey } from './composite.ts';
import { columns } from './resolvers.ts';
import type { SqlEvent } from './statement.ts';
import type { Read } from './types.ts';

const figures = pgTable(
  'figures',
  { subject: text().notNull(), year: integer().notNull(), value: integer(), note: encrypted() },
  (table) => [primaryKey({ columns: [table.subject, table.year] })],
);
const lines = pgTable('lines', { residentId: text().notNull(), claimNo: integer().notNull(), item: text().notNull() });
const codes = pgTable('codes', { code: text().primaryKey(), core: boolean().notNull() });

const sdl = /* GraphQL */ `
  type Figure {
    value: Int
    note: String
  }
  type Line {
    item: String!
  }
  type Code {
    code: ID!
  }
  type Query {
    figures(subjects: [String!]!, year: Int!): [Figure]!
    lines(claims: [ID!]!): [[Line!]!]!
    codes(core: Boolean): [Code!]!
    notes(subjects: [String!]!): [String]!
  }
`;

const loaders = (read: Read) => ({
  figure: read.byKeys(figures, ['subject', 'year']),
  linesOfClaim: read.listByOwned(lines, 'cl', 'claimNo', { orderBy: ['item'] }),
  codes: read.all(codes, { orderBy: [['code', 'DESC']] }),
  latestNote: read.valueBy(figures, 'subject', 'note', { orderBy: [['year', 'DESC']] }),
});
interface Context {
  readonly load: ReturnType<typeof loaders>;
}

const resolvers = {
  Query: {
    figures: (
      _: unknown,
      { subjects, year }: { subjects: readonly string[]; year: number },
      { load }: Context,
      info: never,
    ) => subjects.map((subject) => load.figure.load(compositeKey(subject, year), info)),
    lines: (_: unknown, { claims }: { claims: readonly string[] }, { load }: Context, info: never) =>
      claims.map((claim) => load.linesOfClaim.load(claim, info)),
    codes: (_: unknown, { core }: { core?: boolean }, { load }: Context, info: never) =>
      load.codes.load(core === undefined ? null : { core: { eq: core } }, info),
    notes: (_: unknown, { subjects }: { subjects: readonly string[] }, { load }: Context, info: never) =>
      subjects.map((subject) => load.latestNote.load(subject, info)),
  },
  Figure: columns(figures),
  Line: columns(lines),
  Code: columns(codes),
};

const keys = createKeyRing({ dataKeys: [{ id: 1, key: Buffer.alloc(32, 1) }], hashKey: Buffer.alloc(32, 2) });

let database: Database;
let subgraph: Subgraph;
let statements = 0;
const texts: string[] = [];
const listener = (event: unknown): void => {
  statements += 1;
  texts.push((event as SqlEvent).text);
};

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql.unsafe(`
    create table figures (subject text, year integer, value integer, note bytea, primary key (subject, year));
    create table lines (resident_id text, claim_no integer, item text);
    create table codes (code text primary key, core boolean);
    insert into lines values ('rs_0123456789AB', 1, 'b'), ('rs_0123456789AB', 1, 'a'), ('rs_0123456789AB', 2, 'c');
    insert into codes values ('A', true), ('B', false), ('C', true);`);
  await database.sql`insert into figures values ('x', 2024, 1, ${keys.seal('sealed')}), ('y', 2024, 2, null), ('x', 2023, 3, null)`;
  subgraph = createSubgraph(
    { name: 'composite-test', sdl, resolvers, loaders, writes: () => undefined },
    { database, keys },
  );
  subscribe('hutong:sql', listener);
});
afterAll(async () => {
  unsubscribe('hutong:sql', listener);
  await database.close();
});

async function ask(query: string): Promise<readonly [unknown, number]> {
  statements = 0;
  const { data } = await subgraph.execute(
    { query },
    {
      caller: { id: 'test', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] },
      requestId: 'r',
      businessTime: '2024-12-31T08:00:00+08:00',
    },
  );
  return [data, statements];
}

test('rows of compound keys are one statement, nothing is null, and a sealed column is opened', async () => {
  expect(await ask('{ figures(subjects: ["y", "x", "z"], year: 2024) { value note } }')).toEqual([
    {
      figures: [{ value: 2, note: null }, { value: 1, note: 'sealed' }, null],
    },
    1,
  ]);
});

test('one sealed column of the first row of each parent is one statement that reads nothing else', async () => {
  texts.length = 0;
  expect(await ask('{ notes(subjects: ["y", "x", "z"]) }')).toEqual([{ notes: [null, 'sealed', null] }, 1]);
  expect(texts).toEqual([expect.not.stringContaining('"value"')]);
});

test('lists of resident-owned parents are one statement, in their order; an id of another kind has none', async () => {
  const claims = '["cl_0123456789AB_1", "cl_0123456789AB_2", "cl_0123456789AB_3", "en_0123456789AB_1"]';
  expect(await ask(`{ lines(claims: ${claims}) { item } }`)).toEqual([
    { lines: [[{ item: 'a' }, { item: 'b' }], [{ item: 'c' }], [], []] },
    1,
  ]);
});

test('a whole small table is read under a condition and in its order', async () => {
  expect(await ask('{ all: codes { code } core: codes(core: true) { code } }')).toEqual([
    { all: [{ code: 'C' }, { code: 'B' }, { code: 'A' }], core: [{ code: 'C' }, { code: 'A' }] },
    2,
  ]);
});
