import { describe, expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

/** Two subgraphs whose mutations write a log: `xAdd` takes the longer, the smaller its number. */
function createLoggedGraph() {
  const log: string[] = [];
  const service = (name: string): TestSubgraph => ({
    name,
    sdl: `
      type Query { ${name}: Int }
      type Mutation { ${name}Add(n: Int!): Thing ${name}Must(n: Int!): Thing! }
      type Thing @key(fields: "id") { id: ID! ${name}Name: String }`,
    resolvers: {
      Mutation: Object.fromEntries(
        ['Add', 'Must'].map((kind) => [
          name + kind,
          async (_, { n }) => {
            await new Promise((resolve) => {
              setTimeout(resolve, Math.max(0, 10 - Number(n)));
            });
            log.push(`${name} ${String(n)}`);
            if (Number(n) > 90) throw new Error(`No ${String(n)}`);
            return { id: n };
          },
        ]),
      ),
      Thing: { __resolveReference: itself, [`${name}Name`]: ({ id }) => `${name} ${String(id)}` },
    },
  });
  return { ...createTestGraph([service('x'), service('y')]), log };
}

describe('mutations', () => {
  test('of several subgraphs run one after the other, each with its alias', async () => {
    const { run, log } = createLoggedGraph();
    const query = `mutation {
      a: xAdd(n: 1) { xName yName }
      yAdd(n: 2) { id }
      b: xAdd(n: 1) { id }
      ...More
    }
    fragment More on Mutation { c: xAdd(n: 4) { yName } __typename }`;
    expect(await run(query)).toEqual({
      data: {
        a: { xName: 'x 1', yName: 'y 1' },
        yAdd: { id: '2' },
        b: { id: '1' },
        c: { yName: 'y 4' },
        __typename: 'Mutation',
      },
    });
    expect(log).toEqual(['x 1', 'y 2', 'x 1', 'x 4']);
  });

  test('one that fails in the middle is null with its error; those after it run', async () => {
    const { run, log } = createLoggedGraph();
    expect(await run('mutation { a: xAdd(n: 1) { id } b: yAdd(n: 99) { yName } c: xAdd(n: 2) { yName } }')).toEqual({
      data: { a: { id: '1' }, b: null, c: { yName: 'y 2' } },
      errors: [{ message: 'No 99', path: ['b'], code: 'INTERNAL_SERVER_ERROR', subgraph: 'y' }],
    });
    expect(log).toEqual(['x 1', 'y 99', 'x 2']);
  });

  test('one that may not be null and fails makes the whole answer null', async () => {
    const { run } = createLoggedGraph();
    expect(await run('mutation { a: xAdd(n: 1) { id } b: yMust(n: 99) { yName } c: xAdd(n: 2) { yName } }')).toEqual({
      data: null,
      errors: [{ message: 'No 99', path: ['b'], code: 'INTERNAL_SERVER_ERROR', subgraph: 'y' }],
    });
  });

  test('what comes after it does not run, as in one process (GraphQL §6.2.2, §6.4.4)', async () => {
    const { run, log } = createLoggedGraph();
    await run('mutation { a: xAdd(n: 1) { id } b: yMust(n: 99) { yName } c: xAdd(n: 2) { yName } }');
    expect(log).toEqual(['x 1', 'y 99']);
  });

  test('conditions leave a mutation out; the others keep their order', async () => {
    const { run, log } = createLoggedGraph();
    const query = `mutation ($x: Boolean!, $n: Int!) {
      c: yAdd(n: 5) @skip(if: $x) { id } a: xAdd(n: $n) { id } ... @include(if: $x) { yAdd(n: 3) { xName } } b: xAdd(n: 7) { id } }`;
    expect(await run(query, { x: true, n: 6 })).toEqual({
      data: { a: { id: '6' }, yAdd: { xName: 'x 3' }, b: { id: '7' } },
    });
    expect(log).toEqual(['x 6', 'y 3', 'x 7']);
  });

  test('when the request ends, mutations that have not begun do not begin', async () => {
    const { run, log } = createLoggedGraph();
    const ending = new AbortController();
    const result = await run(
      'mutation { a: xAdd(n: 1) { id } b: yAdd(n: 2) { id } c: xAdd(n: 3) { id } }',
      {},
      {
        signal: ending.signal,
        disturb: async (subgraph, _, answer) => {
          const answered = await answer();
          if (subgraph === 'y') ending.abort();
          return answered;
        },
      },
    );
    expect(log).toEqual(['x 1', 'y 2']);
    expect(result.errors?.map(({ path, code }) => [path, code])).toEqual([[['c'], 'REQUEST_CANCELLED']]);
  });
});
