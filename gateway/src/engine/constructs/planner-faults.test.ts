import { describe, expect, test } from 'vitest';
import { type Composer, type PlainResult, type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

/**
 * What `@apollo/query-planner` (and a composer) gets wrong, for the planner that replaces it: each with what is answered
 * today, which is never a wrong value without an error, and with what is right.
 */
interface Fault {
  readonly title: string;
  readonly subgraphs: readonly TestSubgraph[];
  readonly composer?: Composer;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** The refusal, or the answer with its errors. */
  readonly today: string | PlainResult;
  readonly right: unknown;
}

const chain: readonly TestSubgraph[] = [
  {
    name: 'a',
    sdl: 'type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! base: Int }',
    resolvers: { Query: { things: () => [{ id: '1', base: 5 }] }, Thing: { __resolveReference: () => ({ base: 5 }) } },
  },
  {
    name: 'b',
    sdl: `type Thing @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base")
      sum: Int @requires(fields: "more") more: Int @external }`,
    resolvers: {
      Thing: {
        __resolveReference: itself,
        twice: ({ base }) => Number(base) * 2,
        sum: ({ more }) => Number(more) + 100,
      },
    },
  },
  {
    name: 'c',
    sdl: `type Thing @key(fields: "id") { id: ID! twice: Int @external more: Int @requires(fields: "twice") }`,
    resolvers: { Thing: { __resolveReference: itself, more: ({ twice }) => Number(twice) + 5 } },
  },
];

const prices: readonly TestSubgraph[] = [
  {
    name: 'a',
    sdl: 'type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! price(in: String!): Int }',
    resolvers: {
      Query: { items: () => [{ id: '1' }] },
      Item: { __resolveReference: itself, price: (_, args) => (args['in'] === 'USD' ? 1 : 7) },
    },
  },
  {
    name: 'b',
    sdl: `type Item @key(fields: "id") { id: ID! price(in: String!): Int @external
      dollars: Int @requires(fields: "price(in: \\"USD\\")") yuan: Int @requires(fields: "price(in: \\"CNY\\")") }`,
    resolvers: { Item: { __resolveReference: itself, dollars: ({ price }) => price, yuan: ({ price }) => price } },
  },
];

const faults: readonly Fault[] = [
  {
    title: 'two fields require one field with different arguments: it asks for one of them',
    subgraphs: prices,
    query: '{ items { dollars yuan } }',
    today: '"yuan" requires "price" with other arguments than another field of this operation does.',
    right: { items: [{ dollars: 1, yuan: 7 }] },
  },
  {
    title: 'a required field requires another, which the first subgraph has: it asks for both at once',
    subgraphs: chain,
    query: '{ things { id sum } }',
    today: 'No right plan was found: subgraph "b" would be asked for "twice" without base.',
    right: { things: [{ id: '1', sum: 115 }] },
  },
  {
    title: 'a required field requires another, under @skip: it asks for both at once',
    subgraphs: chain,
    query: 'query ($x: Boolean!) { things { twice @include(if: $x) ... @skip(if: $x) { sum } } }',
    variables: { x: false },
    today: 'No right plan was found: subgraph "b" would be asked for "twice" without base.',
    right: { things: [{ sum: 115 }] },
  },
  {
    title:
      'a required field of the first subgraph requires one of the second: the first is asked what it calls external',
    subgraphs: [
      {
        name: 'old',
        sdl: `type Query { user: User }
          type User @key(fields: "id") { id: ID! title: String @external name: String @requires(fields: "title") }`,
        resolvers: {
          Query: { user: () => ({ id: '1' }) },
          User: { __resolveReference: itself, name: ({ title }) => `${String(title)} Li` },
        },
      },
      {
        name: 'new',
        sdl: `type User @key(fields: "id") { id: ID! title: String name: String @external shout: String @requires(fields: "name") }`,
        resolvers: {
          User: { __resolveReference: itself, title: () => 'Dr', shout: ({ name }) => `${String(name)}!` },
        },
      },
    ],
    query: '{ user { shout } }',
    today: 'No right plan was found: subgraph "old" would be asked for "title" without having it.',
    right: { user: { shout: 'Dr Li!' } },
  },
  {
    title: 'a field is required, over another, that is provided on a way not taken: it asks for what is external here',
    subgraphs: [
      {
        name: 'start',
        sdl: `type Query { thing: Thing }
          type Thing @key(fields: "id") { id: ID! base: Int @external other: Thing @provides(fields: "base") }`,
        resolvers: { Query: { thing: () => ({ id: '1' }) } },
      },
      {
        name: 'middle',
        sdl: `type Thing @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base") }`,
        resolvers: { Thing: { __resolveReference: itself, twice: ({ base }) => Number(base) * 2 } },
      },
      {
        name: 'end',
        sdl: `type Thing @key(fields: "id") { id: ID! base: Int @shareable twice: Int @external
          more: Int @requires(fields: "twice") }`,
        resolvers: {
          Thing: {
            __resolveReference: ({ twice }) => ({ twice, base: 5 }),
            more: ({ twice }) => Number(twice) + 5,
          },
        },
      },
    ],
    query: '{ thing { more } }',
    today: 'No right plan was found: subgraph "start" would be asked for "base" without having it.',
    right: { thing: { more: 15 } },
  },
  {
    title: 'a member of a union that another subgraph with the field does not know: its fields are not asked',
    subgraphs: [
      {
        name: 'a',
        sdl: `type Query { a: Box } type Box @key(fields: "id") { id: ID! holder: Holder @shareable }
          type Holder @shareable { actions: [Action] }
          union Action = Both | OnlyA type Both @shareable { label: String } type OnlyA { a: String }`,
        resolvers: {
          Query: {
            a: () => ({
              id: '1',
              holder: {
                actions: [
                  { __typename: 'Both', label: 'l' },
                  { __typename: 'OnlyA', a: 'x' },
                ],
              },
            }),
          },
        },
      },
      {
        name: 'b',
        sdl: `type Query { b: Box } type Box @key(fields: "id") { id: ID! holder: Holder @shareable }
          type Holder @shareable { actions: [Action] }
          union Action = Both | OnlyB type Both @shareable { label: String } type OnlyB { b: String }`,
        resolvers: {},
      },
    ],
    query: '{ a { holder { actions { ... on Both { label } ... on OnlyA { a } } } } }',
    today: {
      data: { a: { holder: { actions: [{ label: 'l' }, { a: null }] } } },
      errors: [
        {
          message: "The subgraph's answer holds no OnlyA.a.",
          path: ['a', 'holder', 'actions', 1, 'a'],
          code: 'SUBGRAPH_INVALID_RESPONSE',
          subgraph: 'a',
        },
      ],
    },
    right: { a: { holder: { actions: [{ label: 'l' }, { a: 'x' }] } } },
  },
  {
    title: 'a shared root field of an interface whose key is external for some types: it finds no plan',
    subgraphs: ['Account', 'Chat'].map((own, index, types) => ({
      name: own.toLowerCase(),
      sdl: `type Query { node(id: ID!): Node @shareable } interface Node { id: ID! }
        ${types.map((type) => `type ${type} implements Node @key(fields: "id") { id: ID! ${type === own ? '' : '@external'} ${type === own ? `own${index}: String` : `other${index}: String`} }`).join('\n')}`,
      resolvers: {
        Query: { node: (_, { id }) => ({ __typename: id === 'c' ? 'Chat' : 'Account', id }) },
        Account: { __resolveReference: itself },
        Chat: { __resolveReference: itself },
      },
    })),
    composer: 'apollo',
    query: '{ node(id: "a") { id } }',
    today: 'No plan was found that answers this operation from the subgraphs.',
    right: { node: { id: 'a' } },
  },
  {
    title: 'a field of an interface object that requires another, in a fragment with a condition: it finds no plan',
    subgraphs: [
      {
        name: 'places',
        sdl: `interface Visit @key(fields: "id") { id: ID! at: Int }
          type Stay implements Visit @key(fields: "id") { id: ID! at: Int }`,
        resolvers: {
          Visit: { __resolveReference: ({ id }) => ({ __typename: 'Stay', id, at: 5 }) },
          Stay: { __resolveReference: ({ id }) => ({ id, at: 5 }) },
        },
      },
      {
        name: 'money',
        sdl: 'type Query { visit: Visit } type Visit @key(fields: "id") @interfaceObject { id: ID! }',
        resolvers: { Query: { visit: () => ({ id: '1' }) } },
      },
      {
        name: 'health',
        sdl: `type Visit @key(fields: "id") @interfaceObject { id: ID! at: Int @external due: Int @requires(fields: "at") }`,
        resolvers: { Visit: { __resolveReference: itself, due: ({ at }) => Number(at) + 1 } },
      },
    ],
    query: 'query ($x: Boolean!) { visit { ... @include(if: $x) { due } } }',
    variables: { x: true },
    today: 'No plan was found that answers this operation from the subgraphs.',
    right: { visit: { due: 6 } },
  },
  {
    title: '@theguild/federation-composition forgets that a field of an interface object is external',
    subgraphs: [
      {
        name: 'a',
        sdl: `type Query { all: [Node] } interface Node @key(fields: "id") { id: ID! name: String }
          type User implements Node @key(fields: "id") { id: ID! name: String }`,
        resolvers: {
          Query: { all: () => [] },
          Node: { __resolveReference: ({ id }) => ({ __typename: 'User', id, name: 'Ann' }) },
          User: { __resolveReference: ({ id }) => ({ id, name: 'Ann' }) },
        },
      },
      {
        name: 'b',
        sdl: `type Query { nodes: [Node] }
          type Node @key(fields: "id") @interfaceObject { id: ID! name: String @external shout: String @requires(fields: "name") }`,
        resolvers: {
          Query: { nodes: () => [{ id: '1' }] },
          Node: { __resolveReference: itself, shout: ({ name }) => `${String(name)}!` },
        },
      },
    ],
    query: '{ nodes { shout } }',
    today: 'No right plan was found: subgraph "b" would be asked for "shout" without name.',
    right: { nodes: [{ shout: 'Ann!' }] },
  },
];

/** The answer, or why there is none. */
async function outcomeOf({ subgraphs, composer = 'guild', query, variables }: Fault): Promise<PlainResult | string> {
  const { run } = createTestGraph(subgraphs, { composer });
  return run(query, variables).catch(String);
}

describe('what the planner gets wrong', () => {
  test.each(faults)('$title', async (fault) => {
    const outcome = await outcomeOf(fault);
    const found = typeof fault.today === 'string' ? { refused: String(outcome).includes(fault.today) } : outcome;
    expect(found).toEqual(typeof fault.today === 'string' ? { refused: true } : fault.today);
  });
});

describe('what is right, one day', () => {
  test.fails.each(faults)('$title', async (fault) => {
    expect(await outcomeOf(fault)).toEqual({ data: fault.right });
  });
});
