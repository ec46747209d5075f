import { expect, test } from 'vitest';
import { describeProblem } from '../sdl/schema-problem.ts';
import { authoredSchemas } from './authored-schemas.ts';
import { checkDescriptions } from './descriptions.ts';

function problemsIn(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, at) => [`subgraph-${at + 1}`, [{ path: `${at + 1}.graphql`, text }]] as const);
  return checkDescriptions(authoredSchemas(new Map(files))).map(describeProblem);
}

test('types, fields, arguments, enum values and input fields without a description are refused', () => {
  const text = `
type Claim {
  total: Decimal
}
enum Status {
  OPEN
}
input ClaimInput {
  total: Decimal
}
type Query {
  claim(id: ID!): Claim
}`;
  expect(problemsIn(text)).toStrictEqual([
    '1.graphql:2  Claim has no description.',
    '1.graphql:3  Claim.total has no description.',
    '1.graphql:5  Status has no description.',
    '1.graphql:6  Status.OPEN has no description.',
    '1.graphql:8  ClaimInput has no description.',
    '1.graphql:9  ClaimInput.total has no description.',
    '1.graphql:12  Query.claim has no description.',
    '1.graphql:12  Query.claim(id) has no description.',
  ]);
});

test('an English description without the Chinese term is refused', () => {
  expect(problemsIn('"Claim 结算单." type Claim {\n  "Total amount."\n  total: Decimal\n}')).toStrictEqual([
    '1.graphql:2  Claim.total: the description lacks the Chinese term.',
  ]);
});

test('it is enough that one of the subgraphs describes what several declare', () => {
  const owner = '"Resident 居民." type Resident { "Key 标识." id: ID! }';
  expect(problemsIn('type Resident { id: ID! }', owner)).toStrictEqual([]);
});

test('the arguments of a connection are described by the expansion, others of the same names are not', () => {
  const page = '(where: ClaimFilter, first: Int = 50, after: String)';
  const text = `type Query {
    "Claims 结算单." claims${page}: ClaimConnection
    "Slots 号源." slots(first: Int): [Int!]
  }`;
  expect(problemsIn(text)).toStrictEqual(['1.graphql:3  Query.slots(first) has no description.']);
});
