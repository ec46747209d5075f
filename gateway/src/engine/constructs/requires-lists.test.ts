import { describe, expect, test } from 'vitest';
import { type Disturbance, type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const cells = 'type Cell @shareable { x: Int y: Int deep: [[Deep]] } type Deep @shareable { z: Int }';

const grid = [[{ x: 1, y: 2, deep: [[{ z: 9 }], null] }], null, [null, { x: 3, y: 4, deep: null }]];

/** What came of lists of lists, as text: what it was given, it shows. */
const shown = (thing: object): string => JSON.stringify(Reflect.get(thing, 'grid'));

const board: readonly TestSubgraph[] = [
  {
    name: 'a',
    sdl: `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! grid: [[Cell]] } ${cells}`,
    resolvers: {
      Query: { thing: () => ({ id: '1', grid }) },
      Thing: { __resolveReference: () => ({ id: '1', grid }) },
    },
  },
  {
    name: 'b',
    sdl: `type Thing @key(fields: "id") { id: ID! grid: [[Cell]] @external
      said: String @requires(fields: "grid { x y deep { z } }") told: String @requires(fields: "grid { y }") } ${cells}`,
    resolvers: { Thing: { __resolveReference: itself, said: shown, told: shown } },
  },
];

const wholly = JSON.stringify(grid);
const partly = '[[{"y":2}],null,[null,{"y":4}]]';

describe('lists of lists that a field requires', () => {
  const { run } = createTestGraph(board);

  test.for([
    ['query ($yes: Boolean!) { thing { said @include(if: $yes) } }', { said: wholly }, {}],
    [
      'query ($yes: Boolean!) { thing { told said @include(if: $yes) } }',
      { told: wholly, said: wholly },
      { told: partly },
    ],
    [
      'query ($yes: Boolean!) { thing { grid @include(if: $yes) { x } told } }',
      { grid: [[{ x: 1 }], null, [null, { x: 3 }]], told: partly },
      { told: partly },
    ],
    [
      'query ($yes: Boolean!) { thing { grid { ... @include(if: $yes) { x deep { z } } } said } }',
      { grid: [[{ x: 1, deep: [[{ z: 9 }], null] }], null, [null, { x: 3, deep: null }]], said: wholly },
      { grid: [[{}], null, [null, {}]], said: wholly },
    ],
  ] as const)('are sent whole under a condition: %s', async ([query, yes, no]) => {
    expect([await run(query, { yes: true }), await run(query, { yes: false })]).toEqual([
      { data: { thing: yes } },
      { data: { thing: no } },
    ]);
  });

  /** Answers what `a` knows with a member of the first cell changed. */
  const spoiling =
    (member: string, value: unknown, errors: readonly object[]): Disturbance =>
    async (subgraph, _request, answer) => {
      if (subgraph !== 'a') return answer();
      const cell = { x: 1, y: 2, deep: [[{ z: 9 }], null], [member]: value };
      return JSON.parse(JSON.stringify({ data: { thing: { __typename: 'Thing', id: '1', grid: [[cell]] } }, errors }));
    };
  const query = 'query ($yes: Boolean!) { thing { said @include(if: $yes) } }';

  test.for([
    ['a null with an error', null, [{ message: 'Lost', path: ['thing', 'grid', 0, 0, 'deep'] }]],
    ['one list too few', [{ z: 9 }], []],
    ['a member left out', undefined, []],
  ] as const)('are not computed with where there is %s in them', async ([, value, errors]) => {
    const { data, errors: told } = await run(query, { yes: true }, { disturb: spoiling('deep', value, errors) });
    expect({ data, paths: told?.map(({ path }) => path) }).toEqual({
      data: { thing: { said: null } },
      paths: [['thing', 'said']],
    });
  });
});
