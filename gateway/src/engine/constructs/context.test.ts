import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const shops: TestSubgraph = {
  name: 'a',
  sdl: `
    type Query { shops: [Shop]! stalls: [Stall] }
    type Shop @key(fields: "id") @context(name: "seller") { id: ID! currency: String! owner: Owner! items: [Item] rows: [[Item!]!] box: Box }
    type Stall @key(fields: "id") @context(name: "seller") { id: ID! currency: String! owner: Owner! items: [Item] }
    type Owner @shareable { city: String }
    type Box { item: Item }
    type Item @key(fields: "id") {
      id: ID!
      price(in: String @fromContext(field: "$seller { currency }")): String
      origin(of: String @fromContext(field: "$seller { owner { city } }") loud: Boolean = false): String
      tag(by: ID @fromContext(field: "$seller ... on Shop { id } ... on Stall { id }")): String
    }`,
  resolvers: {
    Query: {
      shops: () => [
        {
          id: 's1',
          currency: 'CNY',
          owner: { city: 'Xi’an' },
          items: [{ id: '1' }, null, { id: '2' }],
          rows: [[{ id: '3' }], []],
          box: { item: { id: '4' } },
        },
        null,
        { id: 's2', currency: 'USD', owner: { city: null }, items: [{ id: '1' }], rows: null, box: null },
      ],
      stalls: () => [{ id: 't1', currency: 'EUR', owner: { city: 'Rome' }, items: [{ id: '1' }] }],
    },
    Shop: { __resolveReference: itself },
    Item: {
      __resolveReference: itself,
      price: ({ id }, args) => `${String(id)} ${String(args['in'])}`,
      origin: ({ id }, args) => `${String(id)} ${String(args['of'])}${args['loud'] === true ? '!' : ''}`,
      tag: ({ id }, args) => `${String(id)} ${String(args['by'])}`,
    },
  },
};
const names: TestSubgraph = {
  name: 'b',
  sdl: 'type Item @key(fields: "id") { id: ID! name: String }',
  resolvers: { Item: { __resolveReference: itself, name: ({ id }) => `name ${String(id)}` } },
};

describe('@fromContext', () => {
  const { run, sent } = createTestGraph([shops, names]);

  test('an argument is read from the object around the entity, the same entity under each of them', async () => {
    sent.splice(0);
    expect(await run('{ shops { items { price name } } }')).toEqual({
      data: {
        shops: [
          { items: [{ price: '1 CNY', name: 'name 1' }, null, { price: '2 CNY', name: 'name 2' }] },
          null,
          { items: [{ price: '1 USD', name: 'name 1' }] },
        ],
      },
    });
  });

  test('over lists of lists and over objects between', async () => {
    expect(await run('{ shops { rows { price } box { item { price } } } }')).toEqual({
      data: {
        shops: [
          { rows: [[{ price: '3 CNY' }], []], box: { item: { price: '4 CNY' } } },
          null,
          { rows: null, box: null },
        ],
      },
    });
  });

  test('a nested field of the context, null as null, beside an argument of the client', async () => {
    expect(await run('query ($l: Boolean) { shops { items { origin(loud: $l) o: origin } } }', { l: true })).toEqual({
      data: {
        shops: [
          {
            items: [{ origin: '1 Xi’an!', o: '1 Xi’an' }, null, { origin: '2 Xi’an!', o: '2 Xi’an' }],
          },
          null,
          { items: [{ origin: '1 null!', o: '1 null' }] },
        ],
      },
    });
  });

  test('the context may be of several types, each giving another field', async () => {
    expect(await run('{ shops { items { tag } } stalls { items { tag price } } }')).toEqual({
      data: {
        shops: [{ items: [{ tag: '1 s1' }, null, { tag: '2 s1' }] }, null, { items: [{ tag: '1 s2' }] }],
        stalls: [{ items: [{ tag: '1 t1', price: '1 EUR' }] }],
      },
    });
  });
});
