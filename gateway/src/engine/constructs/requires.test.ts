import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

describe('@requires with arguments', () => {
  const catalogue: TestSubgraph = {
    name: 'catalogue',
    sdl: `
      type Query { items: [Item!]! }
      type Item @key(fields: "id") { id: ID! price(currency: String!): Int size: Size }
      type Size { unit: String! value(scale: Int = 1): Int }`,
    resolvers: {
      Query: { items: () => [{ id: '1' }, { id: '2' }] },
      Item: {
        __resolveReference: itself,
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
        times(n: Int!): Int @requires(fields: "price(currency: \\"USD\\")")
        room: String @requires(fields: "size { unit value(scale: 3) }")
      }
      type Size @external { unit: String! value(scale: Int = 1): Int }`,
    resolvers: {
      Item: {
        __resolveReference: itself,
        dollars: ({ price }) => price,
        yuan: ({ price }) => price,
        times: ({ price }, { n }) => Number(price) * Number(n),
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

  test('an argument given by a variable and one of @requires do not mix', async () => {
    const query = 'query ($c: String!) { items { price(currency: $c) dollars again: price(currency: $c) } }';
    expect(await run(query, { c: 'CNY' })).toEqual({
      data: {
        items: [
          { price: 7, dollars: 1, again: 7 },
          { price: 14, dollars: 2, again: 14 },
        ],
      },
    });
  });

  test('one field under two argument sets is asked once per set', async () => {
    expect(await run('query ($n: Int!) { items { a: times(n: 2) b: times(n: $n) c: times(n: 2) } }', { n: 5 })).toEqual(
      {
        data: {
          items: [
            { a: 2, b: 5, c: 2 },
            { a: 4, b: 10, c: 4 },
          ],
        },
      },
    );
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

describe('@requires with fragments on interfaces', () => {
  const animals = [
    { __typename: 'Dog', name: 'Rex', barks: 3, home: { id: 'h1' } },
    { __typename: 'Cat', name: 'Tom', lives: 9 },
    null,
  ];
  const owners: TestSubgraph = {
    name: 'owners',
    sdl: `
      type Query { owners: [Owner!]! }
      type Owner @key(fields: "id") { id: ID! pet: Pet pets: [Pet] any: [Any!] }
      interface Pet { name: String! }
      union Any = Dog | Cat | Stone
      type Dog implements Pet { name: String! barks: Int home: Home }
      type Cat implements Pet { name: String! lives: Int }
      type Stone { grams: Int }
      type Home @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: { owners: () => [1, 2, 3].map((no) => ({ id: String(no) })) },
      Owner: {
        __resolveReference: itself,
        pet: ({ id }) => animals[Number(id) - 1],
        pets: ({ id }) => (id === '3' ? null : animals),
        any: ({ id }) => [{ __typename: 'Stone', grams: Number(id) }, animals[0], animals[1]],
      },
    },
  };
  const vet: TestSubgraph = {
    name: 'vet',
    sdl: `
      type Owner @key(fields: "id") {
        id: ID! pet: Pet @external pets: [Pet] @external any: [Any!] @external
        one: String @requires(fields: "pet { name ... on Dog { barks } ... on Cat { lives } }")
        all: String @requires(fields: "pets { __typename ... on Dog { barks home { street } } }")
        mixed: String @requires(fields: "any { __typename ... on Stone { grams } ... on Pet { name } ... on Dog { barks } }")
      }
      interface Pet { name: String! }
      union Any = Dog | Cat | Stone
      type Dog implements Pet @external { name: String! barks: Int home: Home }
      type Cat implements Pet @external { name: String! lives: Int }
      type Stone @external { grams: Int }
      type Home @key(fields: "id") { id: ID! street: String @external }`,
    resolvers: {
      Owner: {
        __resolveReference: itself,
        one: ({ pet }) => JSON.stringify(pet),
        all: ({ pets }) => JSON.stringify(pets),
        mixed: ({ any }) => JSON.stringify(any),
      },
    },
  };
  const homes: TestSubgraph = {
    name: 'homes',
    sdl: 'type Home @key(fields: "id") { id: ID! street: String }',
    resolvers: { Home: { __resolveReference: itself, street: ({ id }) => `street of ${String(id)}` } },
  };
  const { run } = createTestGraph([owners, vet, homes], { composer: 'apollo' });

  test('each type gives its own fields', async () => {
    expect(await run('{ owners { one } }')).toEqual({
      data: {
        owners: [{ one: '{"name":"Rex","barks":3}' }, { one: '{"name":"Tom","lives":9}' }, { one: 'null' }],
      },
    });
  });

  test('lists, nulls in them, and what only one type needs of a third subgraph', async () => {
    const pets = [{ __typename: 'Dog', barks: 3, home: { street: 'street of h1' } }, { __typename: 'Cat' }, null];
    const { data, errors } = await run('{ owners { id all pets { name } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      owners: [
        { id: '1', all: expect.any(String), pets: [{ name: 'Rex' }, { name: 'Tom' }, null] },
        { id: '2', all: expect.any(String), pets: [{ name: 'Rex' }, { name: 'Tom' }, null] },
        { id: '3', all: 'null', pets: null },
      ],
    });
    const [first] = (data as { owners: { all: string }[] }).owners;
    expect(JSON.parse(first?.all ?? '')).toEqual(pets);
  });

  test('a union with fragments on its members and on an interface of theirs', async () => {
    const { data } = await run('{ owners { mixed } }');
    const [, second] = (data as { owners: { mixed: string }[] }).owners;
    expect(JSON.parse(second?.mixed ?? '')).toEqual([
      { __typename: 'Stone', grams: 2 },
      { __typename: 'Dog', name: 'Rex', barks: 3 },
      { __typename: 'Cat', name: 'Tom' },
    ]);
  });
});

describe('@requires over several subgraphs', () => {
  const chain: TestSubgraph[] = [
    {
      name: 'a',
      sdl: 'type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! base: Int }',
      resolvers: {
        Query: { things: () => [{ id: '1', base: 5 }, null, { id: '2', base: null }] },
        Thing: { __resolveReference: ({ id }) => ({ id, base: id === '1' ? 5 : null }) },
      },
    },
    {
      name: 'b',
      sdl: `type Thing @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base")
        sum: Int @requires(fields: "more") more: Int @external }`,
      resolvers: {
        Thing: {
          __resolveReference: itself,
          twice: ({ base }) => (base === null ? null : Number(base) * 2),
          sum: ({ more }) => (more === null ? -1 : Number(more) + 100),
        },
      },
    },
    {
      name: 'c',
      sdl: `type Thing @key(fields: "id") { id: ID! base: Int @external twice: Int @external
        more: Int @requires(fields: "twice base") }`,
      resolvers: {
        Thing: {
          __resolveReference: itself,
          more: ({ base, twice }) => (twice === null ? null : Number(base) + Number(twice)),
        },
      },
    },
  ];
  const { run } = createTestGraph(chain);

  test('a required field may require others, there and back', async () => {
    expect(await run('{ things { sum twice } }')).toEqual({
      data: { things: [{ sum: 115, twice: 10 }, null, { sum: -1, twice: null }] },
    });
  });

  test('what requires a field that failed is null with its error; the subgraph is not asked to guess', async () => {
    const result = await run(
      '{ things { id sum twice } }',
      {},
      {
        disturb: async (subgraph, _, answer) => {
          if (subgraph !== 'c') return answer();
          return { data: { _entities: [{ more: 15 }, null] }, errors: [{ message: 'Lost', path: ['_entities', 1] }] };
        },
      },
    );
    expect(result).toEqual({
      data: { things: [{ id: '1', sum: 115, twice: 10 }, null, { id: '2', sum: null, twice: null }] },
      errors: [{ message: 'Lost', path: ['things', 2, 'sum'], code: 'INTERNAL_SERVER_ERROR', subgraph: 'c' }],
    });
  });

  test('conditions keep a field out together with what it requires', async () => {
    const query = 'query ($yes: Boolean!) { things { id twice @include(if: $yes) ... @skip(if: $yes) { twin: id } } }';
    expect([await run(query, { yes: true }), await run(query, { yes: false })]).toEqual([
      { data: { things: [{ id: '1', twice: 10 }, null, { id: '2', twice: null }] } },
      { data: { things: [{ id: '1', twin: '1' }, null, { id: '2', twin: '2' }] } },
    ]);
  });
});
