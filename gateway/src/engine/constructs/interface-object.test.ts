import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createScope, createTestGraph, toPlain } from '../fixtures.ts';
import { byId, itself } from './construct-fixtures.ts';

const all = [
  { __typename: 'Book', id: 'm1', title: 'Ah Q', pages: 90 },
  { __typename: 'Film', id: 'm2', title: null, length: 120 },
];

const media: TestSubgraph = {
  name: 'media',
  sdl: `
    type Query { media: [Media] book: Book }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String length: Int }`,
  resolvers: {
    Query: { media: () => [all[0], null, all[1]], book: () => all[0] },
    Media: { __resolveReference: byId(all) },
    Book: { __resolveReference: byId(all) },
    Film: { __resolveReference: byId(all) },
  },
};

const reviews: TestSubgraph = {
  name: 'reviews',
  sdl: `
    type Query { reviewed: [Media!]! reviews: [Review!]! }
    type Review @key(fields: "no") { no: Int! media: Media }
    type Media @key(fields: "id") @interfaceObject {
      id: ID! stars(of: Int = 5): String title: String @external headline: String @requires(fields: "title") reviews: [Review] }`,
  resolvers: {
    Query: {
      reviewed: () => [{ id: 'm2' }, { id: 'm1' }],
      reviews: () => [
        { no: 1, media: { id: 'm1' } },
        { no: 2, media: null },
        { no: 3, media: { id: 'm2' } },
      ],
    },
    Media: {
      __resolveReference: itself,
      stars: ({ id }, args) => `${String(id)} of ${String(args['of'])}`,
      headline: ({ title }) => `>${String(title)}<`,
      reviews: ({ id }) => (id === 'm1' ? [{ no: 1, media: { id } }, null] : []),
    },
  },
};

const views: TestSubgraph = {
  name: 'views',
  sdl: `
    type Review @key(fields: "no") { no: Int! views: Int }
    type Media @key(fields: "id") @interfaceObject { id: ID! views: Int stars(of: Int = 5): String @external
      popularity: String @requires(fields: "stars(of: 3)") title: String @external poster: String @requires(fields: "title") }`,
  resolvers: {
    Review: { __resolveReference: itself, views: ({ no }) => Number(no) * 100 },
    Media: {
      __resolveReference: itself,
      views: ({ id }) => (id === 'm1' ? 1000 : null),
      popularity: ({ stars }) => `popular: ${String(stars)}`,
      poster: ({ title }) => `“${String(title)}”`,
    },
  },
};

describe('@interfaceObject', () => {
  const { run } = createTestGraph([media, reviews, views], { composer: 'apollo' });
  const cases: readonly (readonly [title: string, query: string, data: unknown])[] = [
    [
      'fields of two other subgraphs are added to every implementation',
      '{ media { __typename title stars views } }',
      {
        media: [
          { __typename: 'Book', title: 'Ah Q', stars: 'm1 of 5', views: 1000 },
          null,
          { __typename: 'Film', title: null, stars: 'm2 of 5', views: null },
        ],
      },
    ],
    [
      'they are asked of one implementation too',
      '{ book { stars(of: 1) pages } }',
      { book: { stars: 'm1 of 1', pages: 90 } },
    ],
    [
      'an object that its subgraph knows only as the interface is asked for its type',
      '{ reviewed { __typename id ... on Book { pages stars } ... on Film { length } } }',
      {
        reviewed: [
          { __typename: 'Film', id: 'm2', length: 120 },
          { __typename: 'Book', id: 'm1', pages: 90, stars: 'm1 of 5' },
        ],
      },
    ],
    [
      'its type is not asked for where nobody wants to know it',
      '{ reviewed { id stars } }',
      {
        reviewed: [
          { id: 'm2', stars: 'm2 of 5' },
          { id: 'm1', stars: 'm1 of 5' },
        ],
      },
    ],
    [
      'a field of the interface is required',
      '{ reviewed { headline } media { headline } }',
      {
        reviewed: [{ headline: '>null<' }, { headline: '>Ah Q<' }],
        media: [{ headline: '>Ah Q<' }, null, { headline: '>null<' }],
      },
    ],
    [
      'one interface object requires a field of another, with an argument that is not the client’s',
      '{ media { popularity stars(of: 4) } }',
      {
        media: [
          { popularity: 'popular: m1 of 3', stars: 'm1 of 4' },
          null,
          { popularity: 'popular: m2 of 3', stars: 'm2 of 4' },
        ],
      },
    ],
    [
      'what another interface object computes from a field of the interface is asked of one implementation only',
      '{ reviewed { ... on Book { poster } } }',
      { reviewed: [{}, { poster: '“Ah Q”' }] },
    ],
    [
      'indirectly: from an entity to the interface object, to its type, and back to the entity',
      '{ reviews { views media { title ... on Book { reviews { views media { views __typename } } } } } }',
      {
        reviews: [
          {
            views: 100,
            media: { title: 'Ah Q', reviews: [{ views: 100, media: { views: 1000, __typename: 'Book' } }, null] },
          },
          { views: 200, media: null },
          { views: 300, media: { title: null } },
        ],
      },
    ],
  ];

  test.each(cases)('%s', async (_, query, data) => {
    expect(await run(query)).toEqual({ data });
  });
});

test('without its type, asked for only what the interface object has, its subgraph alone is asked', async () => {
  const { run, sent } = createTestGraph([media, reviews, views], { composer: 'apollo' });
  await run('{ reviewed { id stars } }');
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['reviews']);
});

test('an object whose type nobody knows is null with an error, also in a list', async () => {
  const { run } = createTestGraph(
    [media, { ...reviews, resolvers: { ...reviews.resolvers, Query: { reviewed: () => [{ id: 'm9' }] } } }, views],
    { composer: 'apollo' },
  );
  const { data, errors } = await run('{ reviewed { __typename stars } }');
  expect({ data, errors: errors?.map(({ path }) => path) }).toEqual({ data: null, errors: [['reviewed', 0]] });
});

test('an object whose type is known only when a deferred fragment comes is there before', async () => {
  const { engine } = createTestGraph([media, reviews, views], { composer: 'apollo' });
  const query = '{ reviewed { id ... @defer(label: "later") { __typename ... on Book { pages } } } }';
  const prepared = await engine.prepare(parse(query), undefined, { isIncremental: true });
  const { first, later } = await engine.executeInParts(prepared, {}, createScope());
  const parts: unknown[] = [];
  for await (const several of later) {
    for (const { part, text, errors } of several) parts.push([part.path, text?.join(''), errors]);
  }
  expect({ first: toPlain(first), parts }).toEqual({
    first: { data: { reviewed: [{ id: 'm2' }, { id: 'm1' }] } },
    parts: [
      [['reviewed', 0], '{"__typename":"Film"}', []],
      [['reviewed', 1], '{"__typename":"Book","pages":90}', []],
    ],
  });
});
