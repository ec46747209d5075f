import { expect, test } from 'vitest';
import { createTestGraph } from '../fixtures.ts';
import { byId, itself } from './construct-fixtures.ts';

test('a composite key joins two subgraphs by all its fields', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'a',
      sdl: `type Query { beds: [Bed!]! } type Bed @key(fields: "ward no") { ward: String! no: Int! }`,
      resolvers: {
        Query: {
          beds: () => [
            { ward: 'A', no: 1 },
            { ward: 'A', no: 2 },
            { ward: 'B', no: 1 },
            { ward: 'A', no: 1 },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `type Bed @key(fields: "no ward") { ward: String! no: Int! label: String }`,
      resolvers: { Bed: { __resolveReference: itself, label: ({ ward, no }) => `${String(ward)}-${String(no)}` } },
    },
  ]);
  expect(await run('{ beds { label } }')).toEqual({
    data: { beds: [{ label: 'A-1' }, { label: 'A-2' }, { label: 'B-1' }, { label: 'A-1' }] },
  });
  expect(sent[1]?.variables).toEqual({
    representations: [
      { __typename: 'Bed', no: 1, ward: 'A' },
      { __typename: 'Bed', no: 2, ward: 'A' },
      { __typename: 'Bed', no: 1, ward: 'B' },
    ],
  });
});

test('a nested key holds an entity of its own, an enum and a scalar of any shape', async () => {
  const owner = { id: 'o1', name: 'Owner' };
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        scalar Code
        enum Kind { CAR BIKE }
        type Query { permits: [Permit] }
        type Owner @key(fields: "id") { id: ID! name: String! }
        type Permit @key(fields: "owner { id } plate { kind code }") { owner: Owner! plate: Plate! }
        type Plate @shareable { kind: Kind! code: Code! }`,
      resolvers: {
        Query: {
          permits: () => [
            { owner, plate: { kind: 'CAR', code: { region: 1, parts: ['x', null] } } },
            null,
            { owner, plate: { kind: 'BIKE', code: 5 } },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `
        scalar Code
        enum Kind { CAR BIKE }
        type Owner @key(fields: "id") { id: ID! }
        type Permit @key(fields: "plate { code kind } owner { id }") { owner: Owner! plate: Plate! seen: String }
        type Plate @shareable { kind: Kind! code: Code! }`,
      resolvers: {
        Permit: { __resolveReference: itself, seen: (permit) => JSON.stringify([permit['owner'], permit['plate']]) },
      },
    },
  ]);
  expect(await run('{ permits { seen owner { name } } }')).toEqual({
    data: {
      permits: [
        {
          seen: '[{"id":"o1"},{"code":{"region":1,"parts":["x",null]},"kind":"CAR"}]',
          owner: { name: 'Owner' },
        },
        null,
        { seen: '[{"id":"o1"},{"code":5,"kind":"BIKE"}]', owner: { name: 'Owner' } },
      ],
    },
  });
});

test('a key with a list inside is sent as a list', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `type Query { set: Set } type Set @key(fields: "parts { id }") { parts: [Part!]! } type Part @shareable { id: ID! }`,
      resolvers: { Query: { set: () => ({ parts: [{ id: '1' }, { id: '2' }] }) } },
    },
    {
      name: 'b',
      sdl: `type Set @key(fields: "parts { id }") { parts: [Part!]! size: String } type Part @shareable { id: ID! }`,
      resolvers: { Set: { __resolveReference: itself, size: ({ parts }) => JSON.stringify(parts) } },
    },
  ]);
  expect(await run('{ set { size } }')).toEqual({ data: { set: { size: '[{"id":"1"},{"id":"2"}]' } } });
});

test('a hop over a third subgraph joins two keys', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }',
      resolvers: { Query: { thing: () => ({ id: '1' }) } },
    },
    {
      name: 'b',
      sdl: 'type Thing @key(fields: "id") @key(fields: "code") { id: ID! code: String! }',
      resolvers: { Thing: { __resolveReference: itself, code: ({ id }) => `code ${String(id)}` } },
    },
    {
      name: 'c',
      sdl: 'type Thing @key(fields: "code") { code: String! colour: String }',
      resolvers: { Thing: { __resolveReference: itself, colour: ({ code }) => `colour of ${String(code)}` } },
    },
  ]);
  expect(await run('{ thing { colour } }')).toEqual({ data: { thing: { colour: 'colour of code 1' } } });
});

test('a composite key is put together from two subgraphs', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: 'type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! shelf: Int! @shareable }',
      resolvers: { Query: { things: () => [{ id: '1', shelf: 7 }, null, { id: '2', shelf: 8 }] } },
    },
    {
      name: 'b',
      sdl: 'type Thing @key(fields: "id") { id: ID! code: String @shareable }',
      resolvers: { Thing: { __resolveReference: itself, code: ({ id }) => `c${String(id)}` } },
    },
    {
      name: 'c',
      sdl: 'type Thing @key(fields: "shelf code") { shelf: Int! code: String colour: String }',
      resolvers: {
        Thing: { __resolveReference: itself, colour: ({ shelf, code }) => `${String(shelf)} ${String(code)}` },
      },
    },
  ]);
  expect(await run('{ things { colour } }')).toEqual({
    data: { things: [{ colour: '7 c1' }, null, { colour: '8 c2' }] },
  });
});

test('a subgraph whose key is not resolvable refers to an entity and is never asked for it', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'visits',
      sdl: `
        type Query { visits: [Visit!]! doctor: Doctor }
        type Visit { doctor: Doctor }
        type Doctor @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: {
          visits: () => [
            { doctor: { id: 'd1' } },
            { doctor: null },
            { doctor: { id: 'd2' } },
            { doctor: { id: 'd3' } },
          ],
          doctor: () => ({ id: 'd1' }),
        },
      },
    },
    {
      name: 'doctors',
      sdl: 'type Doctor @key(fields: "id") { id: ID! name: String! }',
      resolvers: {
        Doctor: {
          __resolveReference: byId([
            { id: 'd1', name: 'Li' },
            { id: 'd2', name: 'Wu' },
          ]),
        },
      },
    },
  ]);
  expect(await run('{ visits { doctor { id name } } }')).toEqual({
    data: {
      visits: [
        { doctor: { id: 'd1', name: 'Li' } },
        { doctor: null },
        { doctor: { id: 'd2', name: 'Wu' } },
        { doctor: null },
      ],
    },
    errors: [
      {
        message: 'Cannot return null for non-nullable field Doctor.name.',
        path: ['visits', 3, 'doctor', 'name'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'doctors',
      },
    ],
  });
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['visits', 'doctors']);
});

test('a subgraph with a resolvable key and others that are not is asked by the resolvable one', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Thing @key(fields: "id") @key(fields: "code", resolvable: false) { id: ID! code: ID! name: String! }`,
      resolvers: { Thing: { __resolveReference: itself, name: ({ id }) => `name ${String(id)}` } },
    },
    {
      name: 'b',
      sdl: `
        type Query { thing: Thing }
        type Thing @key(fields: "code", resolvable: false) @key(fields: "no") @key(fields: "id", resolvable: false) {
          id: ID! code: ID! no: Int! name: String! @external badge: String @requires(fields: "name") }`,
      resolvers: {
        Query: { thing: () => ({ id: '1', code: 'c1', no: 5 }) },
        Thing: { __resolveReference: itself, badge: ({ no, name }) => `${String(no)} ${String(name)}` },
      },
    },
  ]);
  expect(await run('{ thing { badge } }')).toEqual({ data: { thing: { badge: '5 name 1' } } });
});

test('an entity whose key is null is not asked for: its fields are null', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'places',
      sdl: `type Query { clinics: [Clinic!]! } type Clinic @key(fields: "uscc") { uscc: String name: String! }`,
      resolvers: {
        Query: {
          clinics: () => [
            { uscc: null, name: 'A' },
            { uscc: '9', name: 'B' },
          ],
        },
      },
    },
    {
      name: 'money',
      sdl: `type Clinic @key(fields: "uscc") { uscc: String paid: Int }`,
      resolvers: { Clinic: { __resolveReference: itself, paid: ({ uscc }) => Number(uscc) } },
    },
  ]);
  expect(await run('{ clinics { name paid } }')).toEqual({
    data: {
      clinics: [
        { name: 'A', paid: null },
        { name: 'B', paid: 9 },
      ],
    },
  });
  expect(sent[1]?.variables).toEqual({ representations: [{ __typename: 'Clinic', uscc: '9' }] });
});

test('an entity that the subgraph between two keys does not know has nulls, as where that subgraph is asked alone', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: 'type Query { books: [Book] } type Book @key(fields: "upc") { upc: ID! }',
      resolvers: { Query: { books: () => [{ upc: 'b1' }, { upc: 'b3' }] } },
    },
    {
      name: 'b',
      sdl: 'type Book @key(fields: "upc") @key(fields: "id") { upc: ID! id: ID! pages: Int }',
      resolvers: {
        Book: { __resolveReference: ({ upc }) => (upc === 'b1' ? { upc, id: '1', pages: 10 } : null) },
      },
    },
    {
      name: 'c',
      sdl: 'type Book @key(fields: "id") { id: ID! author: String }',
      resolvers: { Book: { __resolveReference: itself, author: ({ id }) => `author ${String(id)}` } },
    },
  ]);
  expect(await run('{ books { upc pages author } }')).toEqual({
    data: {
      books: [
        { upc: 'b1', pages: 10, author: 'author 1' },
        { upc: 'b3', pages: null, author: null },
      ],
    },
  });
});

test('an alias of the client never stands for a key', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! title: String }',
      resolvers: { Query: { thing: () => ({ id: '1', title: 'Title' }) } },
    },
    {
      name: 'b',
      sdl: 'type Thing @key(fields: "id") { id: ID! colour(of: String): String }',
      resolvers: {
        Thing: { __resolveReference: itself, colour: ({ id }, args) => `${String(id)} ${String(args['of'])}` },
      },
    },
  ]);
  expect(await run('{ thing { id: title __typename: colour(of: "x") title: colour(of: "y") } }')).toEqual({
    data: { thing: { id: 'Title', __typename: '1 x', title: '1 y' } },
  });
});

test('entities of two types in one field are asked for together, each by its own key', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { all: [Any!]! }
        union Any = Cat | Dog
        type Cat @key(fields: "id") { id: ID! }
        type Dog @key(fields: "chip { no }") { chip: Chip! }
        type Chip @shareable { no: Int! }`,
      resolvers: {
        Query: {
          all: () => [
            { __typename: 'Dog', chip: { no: 1 } },
            { __typename: 'Cat', id: '1' },
            { __typename: 'Dog', chip: { no: 2 } },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `
        type Cat @key(fields: "id") { id: ID! name: String }
        type Dog @key(fields: "chip { no }") { chip: Chip! name: String }
        type Chip @shareable { no: Int! }`,
      resolvers: {
        Cat: { __resolveReference: itself, name: ({ id }) => `cat ${String(id)}` },
        Dog: { __resolveReference: itself, name: ({ chip }) => `dog ${JSON.stringify(chip)}` },
      },
    },
  ]);
  expect(await run('{ all { ... on Cat { name } ... on Dog { name } } }')).toEqual({
    data: { all: [{ name: 'dog {"no":1}' }, { name: 'cat 1' }, { name: 'dog {"no":2}' }] },
  });
  expect(sent).toHaveLength(2);
});
