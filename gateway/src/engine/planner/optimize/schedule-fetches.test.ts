import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Fields, createTestGraph } from '../../fixtures.ts';

const self = (reference: Fields): Fields => reference;
const things = [{ id: '1' }, { id: '2' }];

const { engine, run, sent } = createTestGraph([
  {
    name: 'stock',
    sdl: `type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { things: () => things } },
  },
  {
    name: 'shops',
    sdl: `type Query { shops: [Shop] } type Shop { best: Thing } type Thing @key(fields: "id") { id: ID! size: Int }`,
    resolvers: {
      Query: { shops: () => [{ best: { id: '2', size: 20 } }, { best: { id: '1', size: 10 } }] },
      Thing: { __resolveReference: self, size: ({ id }) => Number(id) * 10 },
    },
  },
  {
    name: 'post',
    sdl: `type Thing @key(fields: "id") { id: ID! label: String size: Int @external cost: Int @requires(fields: "size") }`,
    resolvers: {
      Thing: { __resolveReference: self, label: ({ id }) => `No ${String(id)}`, cost: ({ size }) => Number(size) + 1 },
    },
  },
]);

test('a fetch that nothing waits for goes with the last one of its subgraph', async () => {
  sent.length = 0;
  expect(await run('{ things { label cost } }')).toEqual({
    data: {
      things: [
        { label: 'No 1', cost: 11 },
        { label: 'No 2', cost: 21 },
      ],
    },
  });
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['stock', 'shops', 'post']);
});

test('entities of two branches are one question, as soon as both are there', async () => {
  const query = '{ things { label } shops { best { label } } }';
  sent.length = 0;
  expect(await run(query)).toEqual({
    data: {
      things: [{ label: 'No 1' }, { label: 'No 2' }],
      shops: [{ best: { label: 'No 2' } }, { best: { label: 'No 1' } }],
    },
  });
  expect(sent.at(-1)).toEqual({
    subgraph: 'post',
    query: expect.any(String),
    variables: {
      representations: [
        { __typename: 'Thing', id: '1' },
        { __typename: 'Thing', id: '2' },
      ],
    },
  });
  const prepared = await engine.prepare(parse(query));
  expect(engine.explain(prepared).text).toMatchInlineSnapshot(`
    "Schedule {
      #0: Fetch from stock {
        {
          things {
            __typename
            id
          }
        }
      }
      #1: Fetch from shops {
        {
          shops {
            best {
              __typename
              id
            }
          }
        }
      }
      #2 after #0, #1: Fetch from post {
        _0 at things.@ by ... on Thing { __typename id }
        _0 at shops.@.best by ... on Thing { __typename id }
        query ($representations_0: [_Any!]!) {
          _0: _entities(representations: $representations_0) {
            ... on Thing {
              label
            }
          }
        }
      }
    }"
  `);
});
