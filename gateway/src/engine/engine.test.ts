import { expect, test } from 'vitest';
import { createTestGraph } from './fixtures.ts';

const products = {
  name: 'products',
  sdl: `
    type Query { product(id: ID!): Product products: [Product!]! }
    type Product @key(fields: "id") { id: ID! name: String! }
  `,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id?: unknown }) => ({ id, name: `P${String(id)}` }),
      products: () => ['1', '2', '1'].map((id) => ({ id, name: `P${id}` })),
    },
  },
};
const prices = {
  name: 'prices',
  sdl: `type Product @key(fields: "id") { id: ID! price: Int }`,
  resolvers: {
    Product: {
      __resolveReference: (reference: object) => reference,
      price: ({ id }: { id?: unknown }) => Number(id) * 10,
    },
  },
};

test('an entity of one subgraph gets a field of another, duplicates asked once', async () => {
  const { run, sent } = createTestGraph([products, prices]);
  expect(await run('{ products { id: name cost: price } }')).toEqual({
    data: {
      products: [
        { id: 'P1', cost: 10 },
        { id: 'P2', cost: 20 },
        { id: 'P1', cost: 10 },
      ],
    },
  });
  expect(sent.map(({ subgraph, query, variables }) => ({ subgraph, query, variables }))).toEqual([
    { subgraph: 'products', query: '{products{__typename id name}}', variables: {} },
    {
      subgraph: 'prices',
      query: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{price}}}',
      variables: {
        representations: [
          { __typename: 'Product', id: '1' },
          { __typename: 'Product', id: '2' },
        ],
      },
    },
  ]);
});
