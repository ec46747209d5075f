import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const a: TestSubgraph = {
  name: 'a',
  sdl: `
    type Query { people: [Person!]! secrets: Secret @inaccessible moods: [Mood] things: [Thing] list(size: Size, inner: Inner): String }
    type Person @key(fields: "no") { no: Int! @inaccessible salary: Int @inaccessible name: String }
    type Secret @inaccessible { x: Int }
    enum Mood { GLAD SAD @inaccessible }
    interface Thing { id: ID! }
    type Stone implements Thing { id: ID! }
    type Ghost implements Thing @inaccessible { id: ID! }
    enum Size { BIG SMALL HIDDEN @inaccessible }
    input Inner { a: Int b: Int = 7 @inaccessible }`,
  resolvers: {
    Query: {
      people: () => [{ no: 1, salary: 100, name: 'Ann' }],
      moods: () => ['GLAD', 'SAD', null],
      things: () => [
        { __typename: 'Stone', id: '1' },
        { __typename: 'Ghost', id: '2' },
      ],
      list: (_, args) => JSON.stringify(args),
    },
  },
};
const b: TestSubgraph = {
  name: 'b',
  sdl: `
    type Person @key(fields: "no") { no: Int! salary: Int @external tax: Int @requires(fields: "salary") hidden(with: Int = 3 @inaccessible): Int }`,
  resolvers: {
    Person: { __resolveReference: itself, tax: ({ salary }) => Number(salary) / 2, hidden: (_, args) => args['with'] },
  },
};

describe('@inaccessible', () => {
  const { engine, run } = createTestGraph([a, b]);

  test('hidden fields are keys and requirements all the same', async () => {
    expect(await run('{ people { name tax } }')).toEqual({ data: { people: [{ name: 'Ann', tax: 50 }] } });
  });

  test('a hidden argument, and a hidden field of an input, have their defaults', async () => {
    expect(
      await run('query ($i: Inner) { people { hidden } list(size: BIG, inner: { a: 1 }) v: list(inner: $i) }', {
        i: { a: 2 },
      }),
    ).toEqual({
      data: {
        people: [{ hidden: 3 }],
        list: '{"size":"BIG","inner":{"a":1,"b":7}}',
        v: '{"inner":{"a":2,"b":7}}',
      },
    });
  });

  test('nothing hidden can be asked for', async () => {
    const queries = [
      '{ people { salary } }',
      '{ secrets { x } }',
      '{ list(size: HIDDEN) }',
      '{ list(inner: { b: 1 }) }',
      '{ things { ... on Ghost { id } } }',
      '{ people { hidden(with: 4) } }',
    ];
    const outcomes = await Promise.all(
      queries.map((query) =>
        run(query).then(
          () => query,
          (error: unknown) => String(error),
        ),
      ),
    );
    expect(outcomes.map((outcome) => outcome.split('.')[0])).toEqual([
      expect.stringContaining('Cannot query field "salary"'),
      expect.stringContaining('Cannot query field "secrets"'),
      expect.stringContaining('Value "HIDDEN" does not exist'),
      expect.stringContaining('Field "b" is not defined'),
      expect.stringContaining('Unknown type "Ghost"'),
      expect.stringContaining('Unknown argument "with"'),
    ]);
    expect(await run('query ($i: Inner) { list(inner: $i) }', { i: { b: 1 } })).toEqual({
      errors: [
        { message: expect.stringContaining('Field "b" is not defined by type "Inner"'), code: 'BAD_USER_INPUT' },
      ],
    });
  });

  test('nothing hidden is seen in introspection', async () => {
    const { data } = await run(
      '{ __schema { types { name fields { name } enumValues { name } inputFields { name } possibleTypes { name } } } }',
    );
    expect(JSON.stringify(data)).not.toMatch(/salary|Secret|secrets|SAD|Ghost|HIDDEN|"b"/);
    expect(engine.schema.getType('Person')).toBeDefined();
  });

  test('a hidden value in an answer is null with an error that does not name it', async () => {
    const result = await run('{ moods things { __typename id } }');
    expect(result).toEqual({
      data: { moods: ['GLAD', null, null], things: [{ __typename: 'Stone', id: '1' }, null] },
      errors: [
        {
          message: 'Query.moods is not a value of Mood.',
          path: ['moods', 1],
          code: 'SUBGRAPH_INVALID_RESPONSE',
          subgraph: 'a',
        },
        {
          message: 'This object is of a type that Thing does not have here.',
          path: ['things', 1],
          code: 'SUBGRAPH_INVALID_RESPONSE',
          subgraph: 'a',
        },
      ],
    });
  });
});
