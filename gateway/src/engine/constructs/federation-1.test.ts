import { expect, test } from 'vitest';
import { createTestGraph } from '../fixtures.ts';
import { byId, itself } from './construct-fixtures.ts';

test('subgraphs without the link: extended types, external keys, value types that both have', async () => {
  const { run } = createTestGraph([
    {
      name: 'users',
      link: false,
      sdl: `
        type Query { user: User me: Named }
        interface Named { name: String }
        type User implements Named @key(fields: "id") { id: ID! name: String address: Address }
        type Address { city: String }
        enum Kind { A B }`,
      resolvers: {
        Query: {
          user: () => ({ id: '1', name: 'Ann', address: { city: 'Xi’an' } }),
          me: () => ({ __typename: 'User', id: '2', name: 'Bo' }),
        },
        User: { __resolveReference: byId([{ id: '1', name: 'Ann' }]) },
      },
    },
    {
      name: 'orders',
      link: false,
      sdl: `
        extend type Query { orders: [Order] }
        type Order { no: Int buyer: User to: Address kind: Kind }
        extend type User @key(fields: "id") { id: ID! @external orders: [Order!] }
        type Address { city: String }
        enum Kind { A B }`,
      resolvers: {
        Query: { orders: () => [{ no: 1, buyer: { id: '1' }, to: { city: 'Wuhan' }, kind: 'B' }, null] },
        User: { __resolveReference: itself, orders: ({ id }) => [{ no: Number(id) * 10 }] },
      },
    },
  ]);
  const query =
    '{ user { name orders { no } address { city } } me { ... on User { orders { no } } } orders { no kind to { city } buyer { name } } }';
  expect(await run(query)).toEqual({
    data: {
      user: { name: 'Ann', orders: [{ no: 10 }], address: { city: 'Xi’an' } },
      me: { orders: [{ no: 20 }] },
      orders: [{ no: 1, kind: 'B', to: { city: 'Wuhan' }, buyer: { name: 'Ann' } }, null],
    },
  });
});

test('@requires and @provides of Federation 1, by @extends', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'products',
      link: false,
      sdl: `
        type Query { products: [Product] }
        type Product @key(fields: "upc") { upc: ID! name: String weight: Int price: Int }`,
      resolvers: {
        Query: {
          products: () => [
            { upc: '1', weight: 2, price: 10 },
            { upc: '2', weight: null, price: 5 },
          ],
        },
        Product: { __resolveReference: ({ upc }) => ({ upc, name: `asked ${String(upc)}` }) },
      },
    },
    {
      name: 'stock',
      link: false,
      sdl: `
        extend type Query { rare: Product @provides(fields: "name") }
        type Product @key(fields: "upc") @extends {
          upc: ID! @external name: String @external weight: Int @external price: Int @external
          shipping: String @requires(fields: "price weight") }`,
      resolvers: {
        Query: { rare: () => ({ upc: '9', name: 'provided' }) },
        Product: {
          __resolveReference: itself,
          shipping: ({ price, weight }) => JSON.stringify([price, weight]),
        },
      },
    },
  ]);
  expect(await run('{ products { shipping upc } }')).toEqual({
    data: {
      products: [
        { shipping: '[10,2]', upc: '1' },
        { shipping: '[5,null]', upc: '2' },
      ],
    },
  });
  sent.splice(0);
  expect(await run('{ rare { upc name } }')).toEqual({ data: { rare: { upc: '9', name: 'provided' } } });
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['stock']);
});

test('a Federation 1 subgraph beside one of Federation 2', async () => {
  const { run } = createTestGraph([
    {
      name: 'old',
      link: false,
      sdl: 'type Query { user: User } type User @key(fields: "id") { id: ID! mail: String }',
      resolvers: { Query: { user: () => ({ id: '1' }) }, User: { __resolveReference: itself, mail: () => 'old' } },
    },
    {
      name: 'new',
      sdl: `type User @key(fields: "id") { id: ID! mail: String @override(from: "old") name: String @shareable }`,
      resolvers: { User: { __resolveReference: itself, mail: () => 'new', name: () => 'Ann' } },
    },
  ]);
  expect(await run('{ user { id mail name } }')).toEqual({ data: { user: { id: '1', mail: 'new', name: 'Ann' } } });
});
