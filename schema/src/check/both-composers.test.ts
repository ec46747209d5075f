import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { expandSubgraphSdl } from '../load-subgraph-sdl.ts';
import { authoredSchemas } from './authored-schemas.ts';
import { checkComposition, lostClasses } from './both-composers.ts';
import { personalFields } from './personal-data.ts';

const text = 'type Query { name(id: ID!): String @personal(class: I) }';
const subgraphs = [{ name: 'care', sdl: expandSubgraphSdl([{ path: 'care.graphql', text }]) }];
const personal = personalFields(authoredSchemas(new Map([['care', [{ path: 'care.graphql', text }]]])));

test('a schema that both composers take, with its classes in both supergraphs, passes', () => {
  expect(checkComposition(subgraphs, personal)).toStrictEqual([]);
});

test('what does not compose is refused by each composer in its own words', () => {
  const problems = checkComposition([...subgraphs, { name: 'money', sdl: subgraphs[0]?.sdl ?? '' }], []);
  expect(problems.map(({ message }) => message)).toStrictEqual([
    expect.stringMatching(/^@theguild\/federation-composition: .*Query\.name/s),
    expect.stringMatching(/^@apollo\/composition: .*Query\.name/s),
  ]);
});

test('a class that does not reach the supergraph is refused', () => {
  const notComposed = subgraphs.map(({ name, sdl }) => ({
    name,
    sdl: sdl.replaceAll(/@composeDirective\(name: "@personal"\)/g, ''),
  }));
  expect(() => parse(notComposed[0]?.sdl ?? '')).not.toThrow('Syntax');
  expect(checkComposition(notComposed, personal).map(({ message }) => message)).toStrictEqual([
    '@theguild/federation-composition: Query.name has lost @personal(class: I) in the supergraph.',
    '@apollo/composition: Query.name has lost @personal(class: I) in the supergraph.',
  ]);
});

test('a class that changes on the way is refused', () => {
  expect(lostClasses('a composer', 'type Query { name: String @personal(class: N) }', personal)).toHaveLength(1);
});
