import { describe, expect, test } from 'vitest';
import { createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const { run, sent } = createTestGraph([
  {
    name: 'a',
    sdl: `
      type Query { things: [Thing] other: Thing }
      type Thing @key(fields: "id") { id: ID! a: Int inner: Inner }
      type Inner { x: Int thing: Thing }`,
    resolvers: {
      Query: {
        things: () => [{ id: '1', a: 1, inner: { x: 5, thing: { id: '2' } } }, null],
        other: () => ({ id: '3', a: 3 }),
      },
      Thing: { __resolveReference: itself, a: ({ id }) => Number(id) },
    },
  },
  {
    name: 'b',
    sdl: `type Thing @key(fields: "id") { id: ID! b: String c: String a: Int @external sum: Int @requires(fields: "a") }`,
    resolvers: {
      Thing: {
        __resolveReference: itself,
        b: ({ id }) => `b${String(id)}`,
        c: ({ id }) => `c${String(id)}`,
        sum: ({ a }) => Number(a) + 100,
      },
    },
  },
]);

/** For every combination of two variables: the data, and which subgraphs were asked. */
async function outcomes(body: string): Promise<readonly unknown[]> {
  const found = [];
  for (const [x, y] of [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ]) {
    sent.splice(0);
    const used = ['x', 'y'].filter((name) => body.includes(`$${name}`));
    const query = `query (${used.map((name) => `$${name}: Boolean!`).join(' ')}) ${body}`;
    const { data, errors } = await run(query, { x, y });
    found.push([data, ...new Set(sent.map(({ subgraph }) => subgraph)), ...(errors ?? [])]);
  }
  return found;
}

describe('@skip and @include by variables across subgraphs', () => {
  test('on fields: a subgraph of which nothing is wanted is not asked', async () => {
    expect(await outcomes('{ other { a @skip(if: $x) b @include(if: $y) } }')).toEqual([
      [{ other: { a: 3 } }, 'a'],
      [{ other: { a: 3, b: 'b3' } }, 'a', 'b'],
      [{ other: {} }, 'a'],
      [{ other: { b: 'b3' } }, 'a', 'b'],
    ]);
  });

  test('on fields with fields inside, and both on one field', async () => {
    expect(
      await outcomes(
        '{ things @include(if: $x) { inner @skip(if: $y) { thing { b } } id } other @skip(if: $x) @include(if: $y) { id } }',
      ),
    ).toEqual([
      [{}, 'a'],
      [{ other: { id: '3' } }, 'a'],
      [{ things: [{ inner: { thing: { b: 'b2' } }, id: '1' }, null] }, 'a', 'b'],
      [{ things: [{ id: '1' }, null] }, 'a'],
    ]);
  });

  test('on fragments, in each other, with the same field on both sides', async () => {
    expect(
      await outcomes(
        '{ other { ... @include(if: $x) { b ... @include(if: $y) { c } } ... on Thing @skip(if: $x) { c b @skip(if: $y) } } }',
      ),
    ).toEqual([
      [{ other: { c: 'c3', b: 'b3' } }, 'a', 'b'],
      [{ other: { c: 'c3' } }, 'a', 'b'],
      [{ other: { b: 'b3' } }, 'a', 'b'],
      [{ other: { b: 'b3', c: 'c3' } }, 'a', 'b'],
    ]);
  });

  test('on named fragments and what they spread', async () => {
    const text =
      '{ other { ...F @include(if: $x) id } things { ...F } } fragment F on Thing { b inner { x @skip(if: $y) thing { c @include(if: $y) id } } }';
    expect(await outcomes(text)).toEqual([
      [{ other: { id: '3' }, things: [{ b: 'b1', inner: { x: 5, thing: { id: '2' } } }, null] }, 'a', 'b'],
      [{ other: { id: '3' }, things: [{ b: 'b1', inner: { thing: { c: 'c2', id: '2' } } }, null] }, 'a', 'b'],
      [
        { other: { b: 'b3', inner: null, id: '3' }, things: [{ b: 'b1', inner: { x: 5, thing: { id: '2' } } }, null] },
        'a',
        'b',
      ],
      [
        {
          other: { b: 'b3', inner: null, id: '3' },
          things: [{ b: 'b1', inner: { thing: { c: 'c2', id: '2' } } }, null],
        },
        'a',
        'b',
      ],
    ]);
  });

  test('on a field that requires another of another subgraph', async () => {
    expect(await outcomes('{ other { sum @include(if: $x) a @skip(if: $y) } }')).toEqual([
      [{ other: { a: 3 } }, 'a'],
      [{ other: {} }, 'a'],
      [{ other: { sum: 103, a: 3 } }, 'a', 'b'],
      [{ other: { sum: 103 } }, 'a', 'b'],
    ]);
  });

  test('a variable left out has its default', async () => {
    const query =
      'query ($x: Boolean! = true, $y: Boolean! = false) { other { b @include(if: $x) c @include(if: $y) } }';
    expect([await run(query), await run(query, { y: true }), await run(query, { x: false })]).toEqual([
      { data: { other: { b: 'b3' } } },
      { data: { other: { b: 'b3', c: 'c3' } } },
      { data: { other: {} } },
    ]);
  });

  test('a variable that is missing, or is none, is refused before anything is asked', async () => {
    sent.splice(0);
    const query = 'query ($x: Boolean!) { other { b @include(if: $x) } }';
    expect([await run(query), await run(query, { x: 'yes' })]).toEqual([
      { errors: [{ message: 'Variable "$x" of required type "Boolean!" was not provided.', code: 'BAD_USER_INPUT' }] },
      {
        errors: [
          {
            message: 'Variable "$x" got invalid value "yes"; Boolean cannot represent a non boolean value: "yes"',
            code: 'BAD_USER_INPUT',
          },
        ],
      },
    ]);
    expect(sent).toEqual([]);
  });
});
