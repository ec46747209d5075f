import { expect, test } from 'vitest';
import { repositoryRoot } from '../load-subgraph-sdl.ts';
import { describeProblem } from '../sdl/schema-problem.ts';
import { authoredSchemas, readAuthoredSchemas } from './authored-schemas.ts';
import { checkIdPrefixes } from './id-prefixes.ts';

function problemsIn(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, at) => [`subgraph-${at + 1}`, [{ path: `${at + 1}.graphql`, text }]] as const);
  return checkIdPrefixes(authoredSchemas(new Map(files))).map(describeProblem);
}

test('two entities whose ids begin alike are refused, in whichever subgraphs they are', () => {
  const consent = 'type Consent @key(fields: "id") { "Identifier, `co_…`." id: ID! }';
  const registration = 'type Registration @key(fields: "id") { "Identifier, `co_<resident>_<serial>`." id: ID! }';
  expect(problemsIn(consent, registration)).toStrictEqual([
    '2.graphql:1  Registration and Consent both have ids that begin with co_.',
  ]);
});

test('an entity that several subgraphs know has one prefix, said by one of them at least', () => {
  const owner = 'type Team @key(fields: "id") { "Identifier, `tm_…`." id: ID! }';
  expect(problemsIn(owner, 'type Team @key(fields: "id") { "Identifier." id: ID! }')).toStrictEqual([]);
  expect(problemsIn(owner, owner.replace('tm_', 'te_'))).toStrictEqual([
    '2.graphql:1  ids of Team begin with tm_ in one subgraph, te_ here.',
  ]);
  expect(problemsIn('type Team @key(fields: "id") { "Identifier." id: ID! }')).toStrictEqual([
    '1.graphql:1  Team.id does not say its prefix: describe it as “`xx_…`”.',
  ]);
});

test('the kinds of an interface have its prefix', () => {
  const text = `interface Encounter @key(fields: "id") { "Identifier, \`en_…\`." id: ID! }
    type Visit implements Encounter @key(fields: "id") { "Identifier, \`en_…\`." id: ID! }`;
  expect(problemsIn(text)).toStrictEqual([]);
});

test('no two types of the four subgraphs share a prefix', () => {
  expect(checkIdPrefixes(readAuthoredSchemas(repositoryRoot)).map(describeProblem)).toStrictEqual([]);
});
