import { expect, test } from 'vitest';
import { type Fields, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

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
        X: { __resolveReference: itself, name: ({ id }) => `X${String(id)}` },
        Y: { __resolveReference: itself, name: ({ id }) => `Y${String(id)}`, twin: () => ({ __typename: 'Z', z: 26 }) },
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

test('abstract lists of entities with nulls, in lists and in other abstract types', async () => {
  const x = (id: string): Fields => ({ __typename: 'X', id });
  const y = (id: string): Fields => ({ __typename: 'Y', id });
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { rows: [[Node]!] holders: [Holder] }
        union Holder = Box | Bag
        type Box { nodes: [Node] any: Any }
        type Bag { nodes: [[Any!]] }
        interface Node { id: ID! }
        union Any = X | Y
        type X implements Node @key(fields: "id") { id: ID! }
        type Y implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          rows: () => [[x('1'), null], [], [y('1'), x('2'), x('1')]],
          holders: () => [
            { __typename: 'Box', nodes: [null, y('3')], any: x('1') },
            null,
            { __typename: 'Bag', nodes: [[y('1')], null, []] },
            { __typename: 'Box', nodes: null, any: null },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `
        type X @key(fields: "id") { id: ID! name: String }
        type Y @key(fields: "id") { id: ID! name: String size: Int }`,
      resolvers: {
        X: { __resolveReference: itself, name: ({ id }) => `X${String(id)}` },
        Y: { __resolveReference: itself, name: ({ id }) => (id === '1' ? null : `Y${String(id)}`), size: () => 4 },
      },
    },
  ]);
  const query = `{
    rows { ... on X { name } ... on Y { name size } }
    holders {
      ... on Box { nodes { id ... on Y { size } } any { ... on X { name } ... on Y { size } } }
      ... on Bag { bagged: nodes { ... on Y { name } } }
    }
  }`;
  expect(await run(query)).toEqual({
    data: {
      rows: [[{ name: 'X1' }, null], [], [{ name: null, size: 4 }, { name: 'X2' }, { name: 'X1' }]],
      holders: [
        { nodes: [null, { id: '3', size: 4 }], any: { name: 'X1' } },
        null,
        { bagged: [[{ name: null }], null, []] },
        { nodes: null, any: null },
      ],
    },
  });
});

test('union members differ by subgraph: what one subgraph has, another does not know', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { fromA: [Media] }
        union Media = Book | Song
        type Book @key(fields: "id") { id: ID! a: String }
        type Song @key(fields: "id") { id: ID! a: String }`,
      resolvers: {
        Query: {
          fromA: () => [{ __typename: 'Song', id: 's', a: 'song' }, { __typename: 'Book', id: 'b', a: 'book' }, null],
        },
        Book: { __resolveReference: itself, a: ({ id }) => `a of ${String(id)}` },
      },
    },
    {
      name: 'b',
      sdl: `
        type Query { fromB: [Media] }
        union Media = Book | Film
        type Book @key(fields: "id") { id: ID! b: String like: Media }
        type Film @key(fields: "id") { id: ID! b: String }`,
      resolvers: {
        Query: {
          fromB: () => [
            { __typename: 'Film', id: 'f', b: 'film' },
            { __typename: 'Book', id: 'b', b: 'book' },
          ],
        },
        Book: {
          __resolveReference: itself,
          b: ({ id }) => `b of ${String(id)}`,
          like: () => ({ __typename: 'Film', id: 'f', b: 'film' }),
        },
      },
    },
  ]);
  const all =
    '__typename ... on Book { a b like { ... on Film { b } ... on Song { a } } } ... on Song { a } ... on Film { b }';
  expect(await run(`{ fromA { ${all} } fromB { ${all} } }`)).toEqual({
    data: {
      fromA: [
        { __typename: 'Song', a: 'song' },
        { __typename: 'Book', a: 'a of b', b: 'b of b', like: { b: 'film' } },
        null,
      ],
      fromB: [
        { __typename: 'Film', b: 'film' },
        { __typename: 'Book', a: 'a of b', b: 'b of b', like: { b: 'film' } },
      ],
    },
  });
});

test('enum values differ by subgraph: an answer may hold any, an argument only those that all know', async () => {
  const sdl = (name: string, values: string): string => `
    type Query { ${name}: [Shade] ${name}Like(shade: Filter): String }
    enum Shade { ${values} }
    enum Filter { ${values} }`;
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: sdl('a', 'LIGHT DARK'),
      resolvers: { Query: { a: () => ['LIGHT', null, 'DARK'], aLike: (_, args) => String(args['shade']) } },
    },
    {
      name: 'b',
      sdl: sdl('b', 'LIGHT GREY'),
      resolvers: { Query: { b: () => ['GREY'], bLike: (_, args) => String(args['shade']) } },
    },
  ]);
  expect(await run('{ a b aLike(shade: LIGHT) bLike }')).toEqual({
    data: { a: ['LIGHT', null, 'DARK'], b: ['GREY'], aLike: 'LIGHT', bLike: 'undefined' },
  });
  await expect(run('{ aLike(shade: DARK) }')).rejects.toThrow('Value "DARK" does not exist in "Filter" enum.');
});

test('an object of a type that the field cannot have is null with an error', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { nodes: [Node] }
        interface Node { id: ID! }
        type X implements Node { id: ID! }
        type Y implements Node { id: ID! y: Int }`,
      resolvers: {
        Query: {
          nodes: () => [
            { __typename: 'X', id: '1' },
            { __typename: 'Y', id: '2', y: 2 },
          ],
        },
      },
    },
  ]);
  const result = await run(
    '{ nodes { __typename id ... on Y { y } } }',
    {},
    {
      disturb: async (_, __, answer) => JSON.parse(JSON.stringify(await answer()).replace('"X"', '"Stranger"')),
    },
  );
  expect(result).toEqual({
    data: { nodes: [null, { __typename: 'Y', id: '2', y: 2 }] },
    errors: [
      {
        message: 'This object is of a type that Node does not have here.',
        path: ['nodes', 0],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'a',
      },
    ],
  });
});

test('an interface of interfaces: fragments narrow and widen', async () => {
  const { run } = createTestGraph([
    {
      name: 'a',
      sdl: `
        type Query { shapes: [Shape!]! }
        interface Shape { id: ID! }
        interface Round implements Shape { id: ID! radius: Int }
        type Circle implements Round & Shape @key(fields: "id") { id: ID! radius: Int }
        type Ball implements Round & Shape @key(fields: "id") { id: ID! radius: Int }
        type Square implements Shape @key(fields: "id") { id: ID! side: Int }`,
      resolvers: {
        Query: {
          shapes: () => [
            { __typename: 'Square', id: '1', side: 2 },
            { __typename: 'Ball', id: '2', radius: 3 },
            { __typename: 'Circle', id: '3', radius: null },
          ],
        },
      },
    },
    {
      name: 'b',
      sdl: `
        interface Solid { weight: Int }
        type Ball implements Solid @key(fields: "id") { id: ID! weight: Int }
        type Square @key(fields: "id") { id: ID! colour: String }`,
      resolvers: {
        Ball: { __resolveReference: itself, weight: ({ id }) => Number(id) * 10 },
        Square: { __resolveReference: itself, colour: () => 'red' },
      },
    },
  ]);
  const query = `{ shapes {
    ... on Round { radius ... on Solid { weight } ... on Shape { rid: id ... on Circle { __typename } } }
    ... on Square { side colour }
  } }`;
  expect(await run(query)).toEqual({
    data: {
      shapes: [
        { side: 2, colour: 'red' },
        { radius: 3, weight: 20, rid: '2' },
        { radius: null, rid: '3', __typename: 'Circle' },
      ],
    },
  });
});
