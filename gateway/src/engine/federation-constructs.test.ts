import { describe, expect, test } from 'vitest';
import { type Fields, type TestSubgraph, createTestGraph } from './fixtures.ts';

const self = (reference: Fields): Fields => reference;

describe('@requires', () => {
  const catalogue: TestSubgraph = {
    name: 'catalogue',
    sdl: `
      type Query { items: [Item!]! }
      type Item @key(fields: "id") { id: ID! price(currency: String!): Int size: Size }
      type Size { unit: String! value(scale: Int = 1): Int }`,
    resolvers: {
      Query: { items: () => [{ id: '1' }, { id: '2' }] },
      Item: {
        __resolveReference: self,
        price: ({ id }, { currency }) => Number(id) * (currency === 'USD' ? 1 : 7),
        size: ({ id }) => (id === '2' ? null : { unit: 'cm' }),
      },
      Size: { value: (_, { scale }) => Number(scale) * 10 },
    },
  };
  const shipping: TestSubgraph = {
    name: 'shipping',
    sdl: `
      type Item @key(fields: "id") {
        id: ID! price(currency: String!): Int @external size: Size @external
        dollars: Int @requires(fields: "price(currency: \\"USD\\")")
        yuan: Int @requires(fields: "price(currency: \\"CNY\\")")
        room: String @requires(fields: "size { unit value(scale: 3) }")
      }
      type Size @external { unit: String! value(scale: Int = 1): Int }`,
    resolvers: {
      Item: {
        __resolveReference: self,
        dollars: ({ price }) => price,
        yuan: ({ price }) => price,
        room: ({ size }) => JSON.stringify(size ?? null),
      },
    },
  };
  const { run } = createTestGraph([catalogue, shipping]);

  test('an argument of @requires and another of the client do not mix', async () => {
    expect(await run('{ items { dollars price(currency: "EUR") p: price(currency: "USD") } }')).toEqual({
      data: {
        items: [
          { dollars: 1, price: 7, p: 1 },
          { dollars: 2, price: 14, p: 2 },
        ],
      },
    });
  });

  test('two fields that require one field with different arguments are refused, not answered wrongly', async () => {
    await expect(run('{ items { dollars yuan } }')).rejects.toThrow(
      '"yuan" requires "price" with other arguments than another field of this operation does. ' +
        'Ask for the two fields in separate operations.',
    );
  });

  test('nested fields are required with their arguments, null stays null', async () => {
    expect(await run('{ items { room size { v: value value(scale: 2) } } }')).toEqual({
      data: {
        items: [
          { room: '{"unit":"cm","value":30}', size: { v: 10, value: 20 } },
          { room: 'null', size: null },
        ],
      },
    });
  });
});

test('an entity whose key is null is not asked for: its fields are null', async () => {
  const places: TestSubgraph = {
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
  };
  const money: TestSubgraph = {
    name: 'money',
    sdl: `type Clinic @key(fields: "uscc") { uscc: String paid: Int }`,
    resolvers: { Clinic: { __resolveReference: self, paid: ({ uscc }) => Number(uscc) } },
  };
  const { run, sent } = createTestGraph([places, money]);
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
      resolvers: { Thing: { __resolveReference: self, code: ({ id }) => `code ${String(id)}` } },
    },
    {
      name: 'c',
      sdl: 'type Thing @key(fields: "code") { code: String! colour: String }',
      resolvers: { Thing: { __resolveReference: self, colour: ({ code }) => `colour of ${String(code)}` } },
    },
  ]);
  expect(await run('{ thing { colour } }')).toEqual({ data: { thing: { colour: 'colour of code 1' } } });
});

test('an abstract type whose implementations live in different subgraphs', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { all: [Node!]! some: [Any!]! }
        interface Node { id: ID! }
        union Any = X | Y
        type X implements Node @key(fields: "id") { id: ID! own: Int }
        type Y implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          all: () => [
            { __typename: 'X', id: '1', own: 1 },
            { __typename: 'Y', id: '2' },
          ],
          some: () => [
            { __typename: 'Y', id: '2' },
            { __typename: 'X', id: '1' },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `
        interface Named { name: String }
        union Any = X | Z
        type X implements Named @key(fields: "id") { id: ID! name: String }
        type Y implements Named @key(fields: "id") { id: ID! name: String twin: Any }
        type Z { z: Int }`,
      resolvers: {
        X: { __resolveReference: self, name: ({ id }) => `X${String(id)}` },
        Y: { __resolveReference: self, name: ({ id }) => `Y${String(id)}`, twin: () => ({ __typename: 'Z', z: 26 }) },
      },
    },
  ]);
  const query = `{
    all { __typename ... on Named { name } ... on X { own } ... on Y { twin { ... on Z { z } } } }
    some { ... on Named { n: name __typename } ... on Node { id } }
  }`;
  expect(await run(query)).toEqual({
    data: {
      all: [
        { __typename: 'X', name: 'X1', own: 1 },
        { __typename: 'Y', name: 'Y2', twin: { z: 26 } },
      ],
      some: [
        { n: 'Y2', __typename: 'Y', id: '2' },
        { n: 'X1', __typename: 'X', id: '1' },
      ],
    },
  });
});

test('a field that moves by a label of progressive @override is asked where the label says', async () => {
  const subgraphs: TestSubgraph[] = [
    {
      name: 'old',
      sdl: 'type Query { user: User } type User @key(fields: "id") { id: ID! mail: String }',
      resolvers: { Query: { user: () => ({ id: '1', mail: 'old' }) }, User: { __resolveReference: self } },
    },
    {
      name: 'new',
      sdl: `type User @key(fields: "id") { id: ID! mail: String @override(from: "old", label: "percent(50)") }`,
      resolvers: { User: { __resolveReference: self, mail: () => 'new' } },
    },
  ];
  const answers = [];
  for (const holds of [false, true]) {
    const { run } = createTestGraph(subgraphs, { overrides: (label) => holds && label === 'percent(50)' });
    answers.push(await run('{ user { mail } }'));
  }
  expect(answers).toEqual([{ data: { user: { mail: 'old' } } }, { data: { user: { mail: 'new' } } }]);
});

test('a context argument is read from the objects around the entity', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { shops: [Shop!]! }
        type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! items: [Item!]! }
        type Item @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): String }`,
      resolvers: {
        Query: {
          shops: () => [
            { id: 's1', currency: 'CNY', items: [{ id: '1' }, { id: '2' }] },
            { id: 's2', currency: 'USD', items: [{ id: '1' }] },
          ],
        },
        Shop: { __resolveReference: self },
        Item: { __resolveReference: self, price: ({ id }, args) => `${String(id)} ${String(args['in'])}` },
      },
    },
    { name: 'b', sdl: 'type Item @key(fields: "id") { id: ID! name: String }', resolvers: {} },
  ]);
  expect(await run('{ shops { items { price } } }')).toEqual({
    data: { shops: [{ items: [{ price: '1 CNY' }, { price: '2 CNY' }] }, { items: [{ price: '1 USD' }] }] },
  });
});

test('mutations of several subgraphs run one after the other, each with its alias', async () => {
  const log: string[] = [];
  const service = (name: string): TestSubgraph => ({
    name,
    sdl: `
      type Query { ${name}: Int }
      type Mutation { ${name}Add(n: Int!): Thing }
      type Thing @key(fields: "id") { id: ID! ${name}Name: String }`,
    resolvers: {
      Mutation: {
        [`${name}Add`]: async (_, { n }) => {
          await new Promise((resolve) => {
            setTimeout(resolve, 10 - Number(n));
          });
          log.push(`${name} ${String(n)}`);
          return { id: n };
        },
      },
      Thing: { __resolveReference: self, [`${name}Name`]: ({ id }) => `${name} ${String(id)}` },
    },
  });
  const { run } = createTestGraph([service('x'), service('y')]);
  const query = `mutation {
    a: xAdd(n: 1) { xName yName }
    yAdd(n: 2) { id }
    b: xAdd(n: 1) { id }
    ...More
  }
  fragment More on Mutation { c: xAdd(n: 4) { yName } __typename }`;
  expect(await run(query)).toEqual({
    data: {
      a: { xName: 'x 1', yName: 'y 1' },
      yAdd: { id: '2' },
      b: { id: '1' },
      c: { yName: 'y 4' },
      __typename: 'Mutation',
    },
  });
  expect(log).toEqual(['x 1', 'y 2', 'x 1', 'x 4']);
});

test('a Federation 1 subgraph, without the link, is composed and asked like the others', async () => {
  const { run } = createTestGraph([
    {
      name: 'old',
      link: false,
      sdl: 'type Query { user: User } type User @key(fields: "id") { id: ID! }',
      resolvers: { Query: { user: () => ({ id: '1' }) } },
    },
    {
      name: 'older',
      link: false,
      sdl: 'extend type User @key(fields: "id") { id: ID! @external name: String }',
      resolvers: { User: { __resolveReference: self, name: () => 'Ann' } },
    },
  ]);
  expect(await run('{ user { name } }')).toEqual({ data: { user: { name: 'Ann' } } });
});
