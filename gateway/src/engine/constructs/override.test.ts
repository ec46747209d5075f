import { expect, test } from 'vitest';
import { type TestSubgraph, createTestGraph } from '../fixtures.ts';
import { itself } from './construct-fixtures.ts';

const moving = (directive: string): TestSubgraph[] => [
  {
    name: 'old',
    sdl: `
      type Query { user: User }
      type User @key(fields: "id") { id: ID! mail: String name: String @requires(fields: "title") title: String @external }`,
    resolvers: {
      Query: { user: () => ({ id: '1', mail: 'old' }) },
      User: { __resolveReference: itself, mail: () => 'old', name: ({ title }) => `old ${String(title)}` },
    },
  },
  {
    name: 'new',
    sdl: `type User @key(fields: "id") {
      id: ID! title: String
      mail: String @override(${directive}) }`,
    resolvers: { User: { __resolveReference: itself, mail: () => 'new', title: () => 'Dr' } },
  },
];

test('an overridden field is asked where it went, also from where it was', async () => {
  const { run } = createTestGraph(moving('from: "old"'));
  expect(await run('{ user { id mail name } }')).toEqual({
    data: { user: { id: '1', mail: 'new', name: 'old Dr' } },
  });
});

test('a field that moves by a label is asked where the label says', async () => {
  const answers = [];
  for (const holds of [false, true]) {
    const { run } = createTestGraph(moving('from: "old", label: "percent(50)"'), {
      overrides: (label) => holds && label === 'percent(50)',
    });
    answers.push(await run('{ user { mail } }'));
  }
  expect(answers).toEqual([{ data: { user: { mail: 'old' } } }, { data: { user: { mail: 'new' } } }]);
});

test('a label is decided for each operation, and the plans of both ways are kept apart', async () => {
  let holds = false;
  const { run } = createTestGraph(moving('from: "old", label: "beta"'), { overrides: () => holds });
  const answers = [];
  for (const next of [true, false, true, false]) {
    holds = next;
    const { data } = await run('{ user { mail } }');
    answers.push(data);
  }
  expect(answers).toEqual([
    { user: { mail: 'new' } },
    { user: { mail: 'old' } },
    { user: { mail: 'new' } },
    { user: { mail: 'old' } },
  ]);
});

test('percent(0) and percent(100) need no chance; a label nobody decides does not hold', async () => {
  const answers = [];
  for (const label of ['percent(0)', 'percent(100)', 'mine']) {
    const { run } = createTestGraph(moving(`from: "old", label: "${label}"`));
    const { data } = await run('{ user { mail } }');
    answers.push([label, data]);
  }
  expect(answers).toEqual([
    ['percent(0)', { user: { mail: 'old' } }],
    ['percent(100)', { user: { mail: 'new' } }],
    ['mine', { user: { mail: 'old' } }],
  ]);
});

test('an override from a subgraph that is not there changes nothing', async () => {
  const { run } = createTestGraph(
    [
      {
        name: 'a',
        sdl: 'type Query { user: User } type User @key(fields: "id") { id: ID! }',
        resolvers: { Query: { user: () => ({ id: '1' }) } },
      },
      {
        name: 'b',
        sdl: 'type User @key(fields: "id") { id: ID! mail: String @override(from: "gone") }',
        resolvers: { User: { __resolveReference: itself, mail: () => 'b' } },
      },
    ],
    { composer: 'apollo' },
  );
  expect(await run('{ user { mail } }')).toEqual({ data: { user: { mail: 'b' } } });
});
