import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { date, index, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createSubgraph, type Subgraph } from '../create-subgraph.ts';
import type { Database } from '../database/open-database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { byReference, children, columns, derive, list, ownedId, ownedReference, reference, stub } from './resolvers.ts';
import type { SqlEvent } from './statement.ts';
import type { Read } from './types.ts';

const regions = pgTable('regions', { code: text().primaryKey(), name: text().notNull(), parentCode: text() });
const institutions = pgTable(
  'institutions',
  {
    id: text().primaryKey(),
    uscc: text(),
    name: text().notNull(),
    regionCode: text().notNull(),
    beds: integer(),
    openedOn: date(),
    areaKm2: numeric({ precision: 10, scale: 2 }),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.regionCode)],
);
const visits = pgTable(
  'visits',
  { residentId: text().notNull(), no: integer().notNull(), institutionId: text().notNull(), previousNo: integer() },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);

const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar DateTime
  scalar Decimal
  enum Direction {
    ASC
    DESC
  }
  input TextFilter {
    eq: String
    ne: String
    in: [String!]
    gt: String
    contains: String
    startsWith: String
    isNull: Boolean
  }
  input IntFilter {
    eq: Int
    in: [Int!]
    ge: Int
    lt: Int
    isNull: Boolean
  }
  input DateFilter {
    ge: Date
  }
  input InstitutionFilter {
    and: [InstitutionFilter!]
    or: [InstitutionFilter!]
    not: InstitutionFilter
    id: TextFilter
    name: TextFilter
    beds: IntFilter
    openedOn: DateFilter
  }
  enum InstitutionOrderField {
    name
    beds
  }
  input InstitutionOrder {
    field: InstitutionOrderField!
    direction: Direction! = ASC
  }
  type PageInfo {
    startCursor: String
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
  }
  type InstitutionEdge {
    cursor: String!
    node: Institution!
  }
  type InstitutionConnection {
    nodes: [Institution!]!
    edges: [InstitutionEdge!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  type Region @key(fields: "code") {
    code: ID!
    name: String!
    parent: Region
    children: [Region!]!
    institutionCount: Int!
    institutions(
      where: InstitutionFilter
      orderBy: [InstitutionOrder!]
      first: Int = 50
      after: String
    ): InstitutionConnection!
  }
  type Institution @key(fields: "id") @key(fields: "uscc") {
    id: ID!
    uscc: String
    name: String!
    beds: Int
    openedOn: Date
    areaKm2: Decimal
    updatedAt: DateTime!
    region: Region!
    label: String!
  }
  type Visit @key(fields: "id") {
    id: ID!
    resident: Resident
    institution: Institution
    previous: Visit
  }
  type Resident @key(fields: "id", resolvable: false) {
    id: ID!
  }
  type Query {
    region(code: ID!): Region
    visit(id: ID!): Visit
    institutions(
      where: InstitutionFilter
      orderBy: [InstitutionOrder!]
      first: Int = 50
      after: String
    ): InstitutionConnection!
  }
`;

const loaders = (read: Read) => ({
  region: read.byKey(regions, 'code'),
  childrenOfRegion: read.listBy(regions, 'parentCode', { orderBy: ['code'] }),
  institution: read.byKey(institutions, 'id'),
  institutionByUscc: read.byKey(institutions, 'uscc'),
  institutions: read.page(institutions, 'id'),
  institutionsOfRegion: read.pageBy(institutions, 'regionCode', 'id'),
  institutionCount: read.countBy(institutions, 'regionCode', { where: eq(institutions.beds, 10) }),
  visit: read.byOwnedId(visits, 'en'),
});
type Loaders = ReturnType<typeof loaders>;
type RegionRow = typeof regions.$inferSelect;
type InstitutionRow = typeof institutions.$inferSelect;
type VisitRow = typeof visits.$inferSelect;

const resolvers = {
  Query: {
    region: (_: unknown, { code }: { code: string }, { load }: { load: Loaders }, info: never) =>
      load.region.load(code, info),
    visit: (_: unknown, { id }: { id: string }, { load }: { load: Loaders }, info: never) => load.visit.load(id, info),
    institutions: (_: unknown, args: object, { load }: { load: Loaders }, info: never) =>
      load.institutions.load(args, info),
  },
  Region: {
    __resolveReference: byReference<Loaders, RegionRow>({ code: (load) => load.region }),
    ...columns(regions),
    parent: reference<'parentCode', RegionRow, Loaders, RegionRow>('parentCode', (load) => load.region, 'code'),
    children: list<'code', RegionRow, Loaders, RegionRow[]>('code', (load) => load.childrenOfRegion),
    institutionCount: list<'code', RegionRow, Loaders, number>('code', (load) => load.institutionCount),
    institutions: children<'code', RegionRow, Loaders, InstitutionRow, object>(
      'code',
      (load) => load.institutionsOfRegion,
    ),
  },
  Institution: {
    __resolveReference: byReference<Loaders, InstitutionRow>({
      id: (load) => load.institution,
      uscc: (load) => load.institutionByUscc,
    }),
    ...columns(institutions),
    region: reference<'regionCode', InstitutionRow, Loaders, RegionRow>('regionCode', (load) => load.region, 'code'),
    label: derive<InstitutionRow, 'name' | 'beds', unknown, unknown, string>(
      ['name', 'beds'],
      (row) => `${row.name}/${row.beds}`,
    ),
  },
  Visit: {
    id: ownedId('en'),
    resident: stub('Resident', 'residentId'),
    institution: reference<'institutionId', VisitRow, Loaders, InstitutionRow>(
      'institutionId',
      (load) => load.institution,
    ),
    previous: ownedReference<'previousNo', VisitRow, Loaders, VisitRow>('en', 'previousNo', (load) => load.visit),
  },
};

let database: Database;
let subgraph: Subgraph;
let statements: string[] = [];
const listener = (event: unknown): void => void statements.push((event as SqlEvent).text);

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'));
  await database.sql.unsafe(`
    create table regions (code text primary key, name text not null, parent_code text);
    create table institutions (id text primary key, uscc text, name text not null, region_code text not null, beds integer,
      opened_on date, area_km2 numeric(10,2), updated_at timestamptz not null);
    create table visits (resident_id text, no integer, institution_id text not null, previous_no integer, primary key (resident_id, no));
    insert into regions values ('32', 'Jiangsu', null), ('3203', 'Xuzhou', '32'), ('3201', 'Nanjing', '32');
    insert into institutions select 'in_' || n, 'U' || n, 'Name' || (n % 5), case when n % 2 = 0 then '3203' else '3201' end,
      case when n % 3 = 0 then null else n end, '2020-01-01', 1.5, '2024-12-31 23:59:59+08' from generate_series(1, 20) n;
    insert into visits values ('rs_0123456789AB', 1, 'in_1', null), ('rs_0123456789AB', 40, 'in_2', 1);`);
  subgraph = createSubgraph({ name: 'read-test', sdl, resolvers, loaders, writes: () => undefined }, { database });
});
afterAll(() => database.close());
beforeEach(() => {
  statements = [];
  subscribe('hutong:sql', listener);
});
afterEach(() => unsubscribe('hutong:sql', listener));

const caller = { id: 'test', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] } as const;

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const call = { caller, requestId: 'r1', businessTime: '2024-12-31T23:59:59+08:00' };
  return JSON.parse(JSON.stringify(await subgraph.execute({ query, variables }, call)));
}

describe('references and lists', () => {
  test('a page with relations is one statement per table, for the asked-for columns only', async () => {
    expect(await ask('{ institutions(first: 3) { nodes { id region { name parent { code } } } } }')).toEqual({
      data: {
        institutions: {
          nodes: [
            { id: 'in_1', region: { name: 'Nanjing', parent: { code: '32' } } },
            { id: 'in_10', region: { name: 'Xuzhou', parent: { code: '32' } } },
            { id: 'in_11', region: { name: 'Nanjing', parent: { code: '32' } } },
          ],
        },
      },
    });
    expect(statements).toEqual([
      'select "institutions"."id", "institutions"."region_code" from "institutions" order by "institutions"."id" limit $1::integer',
      'select "regions"."code", "regions"."name", "regions"."parent_code" from "regions" where "regions"."code" = any($1::text[])',
    ]);
  });

  test('a key alone costs no statement of its own', async () => {
    await ask('{ institutions(first: 2) { nodes { region { code } } } }');
    expect(statements.length).toBe(1);
  });

  test('lists, counts and pages of several parents are one statement each', async () => {
    const result = await ask(
      '{ region(code: "32") { children { code institutionCount institutions(first: 1) { nodes { id } totalCount pageInfo { hasNextPage } } } } }',
    );
    expect(result).toEqual({
      data: {
        region: {
          children: [
            {
              code: '3201',
              institutionCount: 0,
              institutions: { nodes: [{ id: 'in_1' }], totalCount: 10, pageInfo: { hasNextPage: true } },
            },
            {
              code: '3203',
              institutionCount: 1,
              institutions: { nodes: [{ id: 'in_10' }], totalCount: 10, pageInfo: { hasNextPage: true } },
            },
          ],
        },
      },
    });
    expect(statements.length).toBe(5);
  });

  test('a batch of references by two keys is one statement per key', async () => {
    const representations = [
      { __typename: 'Institution', id: 'in_2' },
      { __typename: 'Institution', uscc: 'U7' },
      { __typename: 'Institution', id: 'in_4' },
      { __typename: 'Institution', id: 'nowhere' },
    ];
    expect(
      await ask(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Institution { name label updatedAt areaKm2 openedOn } } }',
        { r: representations },
      ),
    ).toEqual({
      data: {
        _entities: [
          {
            name: 'Name2',
            label: 'Name2/2',
            updatedAt: '2024-12-31T23:59:59+08:00',
            areaKm2: '1.50',
            openedOn: '2020-01-01',
          },
          {
            name: 'Name2',
            label: 'Name2/7',
            updatedAt: '2024-12-31T23:59:59+08:00',
            areaKm2: '1.50',
            openedOn: '2020-01-01',
          },
          {
            name: 'Name4',
            label: 'Name4/4',
            updatedAt: '2024-12-31T23:59:59+08:00',
            areaKm2: '1.50',
            openedOn: '2020-01-01',
          },
          null,
        ],
      },
      errors: [
        {
          message: 'Institution nowhere not found',
          path: ['_entities', 3],
          extensions: { code: 'NOT_FOUND', messageZh: '未找到Institution nowhere' },
        },
      ],
    });
    expect(statements.length).toBe(2);
  });

  test('resident-owned rows are found by their public id, and know their neighbours', async () => {
    expect(
      await ask('{ visit(id: "en_0123456789AB_18") { id resident { id } institution { name } previous { id } } }'),
    ).toEqual({
      data: {
        visit: {
          id: 'en_0123456789AB_18',
          resident: { id: 'rs_0123456789AB' },
          institution: { name: 'Name2' },
          previous: { id: 'en_0123456789AB_1' },
        },
      },
    });
    expect(await ask('{ visit(id: "rf_0123456789AB_18") { id } }')).toEqual({ data: { visit: null } });
  });
});

describe('pages', () => {
  test('every order walks every row once, nulls and rows inserted meanwhile included', async () => {
    for (const orderBy of [
      '[]',
      '[{field: beds}]',
      '[{field: beds, direction: DESC}]',
      '[{field: name, direction: DESC}, {field: beds}]',
    ]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const result = (await ask(
          `query ($after: String) { institutions(first: 3, after: $after, orderBy: ${orderBy}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
          { after },
        )) as {
          data: { institutions: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
        };
        seen.push(...result.data.institutions.nodes.map((node) => node.id));
        after = result.data.institutions.pageInfo.hasNextPage ? result.data.institutions.pageInfo.endCursor : null;
        if (seen.length === 3)
          await database.sql`insert into institutions values ('in_0', null, 'Name0', '3203', -1, null, null, '2024-01-01')`;
      } while (after !== null);
      await database.sql`delete from institutions where id = 'in_0'`;
      const old = seen.filter((id) => id !== 'in_0');
      expect([orderBy, old.length, new Set(old).size, seen.length - old.length <= 1]).toEqual([orderBy, 20, 20, true]);
    }
  });

  test.each([
    ['{ beds: { ge: 5, lt: 9 } }', ['in_5', 'in_7', 'in_8']],
    ['{ beds: { isNull: true }, name: { eq: "Name0" } }', ['in_15']],
    [
      '{ or: [{ id: { in: ["in_1", "in_2"] } }, { name: { contains: "AME4" }, beds: { eq: 4 } }] }',
      ['in_1', 'in_2', 'in_4'],
    ],
    ['{ not: { beds: { lt: 20 } } , id: { startsWith: "in_1" } }', ['in_12', 'in_15', 'in_18']],
    ['{ and: [{ id: { gt: "in_8" } }, { openedOn: { ge: "2020-01-01" } }] }', ['in_9']],
    ['{ id: { in: [] } }', []],
    ['{ or: [] }', []],
  ])('where %s keeps %j', async (where, ids) => {
    const result = (await ask(`{ institutions(where: ${where}) { nodes { id } totalCount } }`)) as {
      data: { institutions: { nodes: { id: string }[]; totalCount: number } };
    };
    expect([result.data.institutions.nodes.map((node) => node.id), result.data.institutions.totalCount]).toEqual([
      ids,
      ids.length,
    ]);
  });

  test.each([
    ['institutions(first: 201) { totalCount nodes { id } }', '"first" is 201; ask for 0 to 200'],
    ['institutions(first: -1) { nodes { id } }', '"first" is -1; ask for 0 to 200'],
    ['institutions(after: "x") { nodes { id } }', '"after" is not a cursor of this list'],
    ['institutions(where: { beds: { eq: null } }) { nodes { id } }', 'beds.eq is null; use isNull'],
  ])('%s is refused in both languages', async (query, message) => {
    const result = (await ask(`{ ${query} }`)) as {
      errors: { message: string; extensions: { code: string; messageZh: string } }[];
    };
    expect([result.errors[0]?.message, result.errors[0]?.extensions.code]).toEqual([message, 'BAD_USER_INPUT']);
    expect(result.errors[0]?.extensions.messageZh).toMatch(/\p{Script=Han}/u);
  });

  test('a cursor of another order is refused', async () => {
    const first = (await ask('{ institutions(first: 1, orderBy: [{field: name}]) { pageInfo { endCursor } } }')) as {
      data: { institutions: { pageInfo: { endCursor: string } } };
    };
    const result = (await ask('query ($after: String) { institutions(after: $after) { nodes { id } } }', {
      after: first.data.institutions.pageInfo.endCursor,
    })) as { errors: { message: string }[] };
    expect(result.errors.map((error) => error.message)).toEqual([
      '"after" belongs to another order; start again without it',
    ]);
  });
});

test('a resolver of a stored type that does not say what it reads stops the start', () => {
  const silent = { ...resolvers, Institution: { ...resolvers.Institution, label: () => 'x' } };
  expect(() =>
    createSubgraph({ name: 'read-test', sdl, resolvers: silent, loaders, writes: () => undefined }, { database }),
  ).toThrow('read-test: resolvers that do not say what they read (use derive): Institution.label');
});
