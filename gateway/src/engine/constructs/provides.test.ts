import { expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { byId, itself } from './construct-fixtures.ts';

const asked = (sent: readonly { readonly subgraph: string }[]): readonly string[] =>
  sent.map(({ subgraph }) => subgraph);

const books: TestSubgraph = {
  name: 'books',
  sdl: `
    type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int author: Author @shareable }
    type Author @shareable { name: String born: Int }`,
  resolvers: {
    Book: {
      __resolveReference: ({ id }) => ({
        id,
        title: `title ${String(id)}`,
        pages: 10,
        author: { name: 'Lu', born: 1881 },
      }),
    },
  },
};

test('what a field provides is not asked elsewhere; what it does not provide is', async () => {
  const { run, sent } = createTestGraph([
    books,
    {
      name: 'shop',
      sdl: `
        type Query { best: Book @provides(fields: "title author { name }") last: Book }
        type Book @key(fields: "id") { id: ID! title: String @external author: Author @external }
        type Author @shareable { name: String }`,
      resolvers: {
        Query: { best: () => ({ id: '1', title: 'provided', author: { name: 'here' } }), last: () => ({ id: '2' }) },
      },
    },
  ]);
  expect(await run('{ best { title author { name } } }')).toEqual({
    data: { best: { title: 'provided', author: { name: 'here' } } },
  });
  expect(asked(sent.splice(0))).toEqual(['shop']);
  expect(await run('{ last { title } best { pages title } }')).toEqual({
    data: { last: { title: 'title 2' }, best: { pages: 10, title: 'provided' } },
  });
  expect(asked(sent)).toEqual(['shop', 'books']);
});

test('a part of a value type is provided, the other part is asked', async () => {
  const { run } = createTestGraph([
    books,
    {
      name: 'shop',
      sdl: `
        type Query { best: Book @provides(fields: "author { name }") }
        type Book @key(fields: "id") { id: ID! author: Author @external }
        type Author @shareable { name: String }`,
      resolvers: { Query: { best: () => ({ id: '1', author: { name: 'here' } }) } },
    },
  ]);
  const { data } = await run('{ best { author { born name } } }');
  expect(data).toEqual({ best: { author: { born: 1881, name: expect.stringMatching(/^(here|Lu)$/) } } });
});

test('a field of an interface provides what its implementations have elsewhere', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'media',
      sdl: `
        type Query { shelf: [Media] media: Media @provides(fields: "animals { ... on Dog { name } ... on Cat { name } }") }
        interface Media { id: ID! animals: [Animal] }
        interface Animal { id: ID! name: String }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] }
        type Dog implements Animal @key(fields: "id") { id: ID! name: String @external }
        type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }`,
      resolvers: {
        Query: {
          media: () => ({
            __typename: 'Book',
            id: 'b1',
            animals: [{ __typename: 'Cat', id: 'c', name: 'provided' }, null],
          }),
          shelf: () => [{ __typename: 'Book', id: 'b1', animals: [{ __typename: 'Dog', id: 'd' }] }, null],
        },
      },
    },
    {
      name: 'animals',
      sdl: `
        type Dog @key(fields: "id") { id: ID! name: String @shareable age: Int }
        type Cat @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
      resolvers: {
        Dog: { __resolveReference: byId([{ id: 'd', name: 'Rex', age: 3 }]) },
        Cat: { __resolveReference: byId([{ id: 'c', name: 'Tom', age: 4 }]) },
      },
    },
  ]);
  expect(await run('{ media { animals { name ... on Cat { id } } } }')).toEqual({
    data: { media: { animals: [{ name: 'provided', id: 'c' }, null] } },
  });
  expect(asked(sent.splice(0))).toEqual(['media']);
  expect(await run('{ shelf { animals { name ... on Dog { age } } } }')).toEqual({
    data: { shelf: [{ animals: [{ name: 'Rex', age: 3 }] }, null] },
  });
  expect(asked(sent)).toEqual(['media', 'animals']);
});

test('a field of a union provides what some of its members have elsewhere', async () => {
  const { run, sent } = createTestGraph([
    {
      name: 'feed',
      sdl: `
        type Query { items: [Item] @provides(fields: "... on Book { title }") }
        union Item = Book | Film
        type Book @key(fields: "id") { id: ID! title: String @external }
        type Film @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          items: () => [{ __typename: 'Book', id: '1', title: 'provided' }, null, { __typename: 'Film', id: '2' }],
        },
      },
    },
    {
      name: 'titles',
      sdl: `
        type Book @key(fields: "id") { id: ID! title: String @shareable }
        type Film @key(fields: "id") { id: ID! title: String }`,
      resolvers: {
        Book: { __resolveReference: itself, title: () => 'asked' },
        Film: { __resolveReference: itself, title: ({ id }) => `film ${String(id)}` },
      },
    },
  ]);
  expect(await run('{ items { ... on Book { title } } }')).toEqual({
    data: { items: [{ title: 'provided' }, null, {}] },
  });
  expect(asked(sent.splice(0))).toEqual(['feed']);
  expect(await run('{ items { ... on Book { title } ... on Film { title } } }')).toEqual({
    data: { items: [{ title: 'provided' }, null, { title: 'film 2' }] },
  });
  expect(sent.at(-1)?.variables).toEqual({ representations: [{ __typename: 'Film', id: '2' }] });
});
