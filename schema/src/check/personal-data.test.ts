import { expect, test } from 'vitest';
import { describeProblem } from '../sdl/schema-problem.ts';
import { authoredSchemas } from './authored-schemas.ts';
import { checkPersonalData } from './personal-data.ts';

function problemsIn(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, at) => [`subgraph-${at + 1}`, [{ path: `${at + 1}.graphql`, text }]] as const);
  return checkPersonalData(authoredSchemas(new Map(files))).map(describeProblem);
}

test('fully classified types pass, and keys may be non-null', () => {
  const claim = `type Query { resident(id: ID!): Resident @personal(class: I) }
    type Claim @key(fields: "id") @residentOwned {
      id: ID! @personal(class: F)
      status: String! @personal(class: N)
      total: Decimal @personal(class: F)
      resident: Resident @personal(class: I)
    }`;
  expect(problemsIn(claim)).toStrictEqual([]);
});

test('a field of a resident-owned type without a class is refused', () => {
  expect(problemsIn('type Claim @residentOwned {\n  total: Decimal\n}')).toStrictEqual([
    '1.graphql:2  Claim.total belongs to a resident and has no @personal(class: N|Q|I|H|F).',
  ]);
});

test('a field of a type with a resident is refused without a class, and the type must say whose it is', () => {
  const type = 'type Visit @key(fields: "id") {\n  id: ID!\n  resident: Resident! @personal(class: N)\n}';
  expect(problemsIn(type)).toStrictEqual([
    '1.graphql:1  Visit has a resident: mark it @residentOwned, so that its rows are guarded.',
    '1.graphql:2  Visit.id belongs to a resident and has no @personal(class: N|Q|I|H|F).',
  ]);
});

test('a type that names a resident by another word is one with a resident', () => {
  expect(problemsIn('type Visit @key(fields: "id") {\n  patient: Resident @personal(class: I)\n}')).toStrictEqual([
    '1.graphql:1  Visit has a resident: mark it @residentOwned, so that its rows are guarded.',
  ]);
});

test('a root field that returns rows of residents carries their class, a page or a list of them too', () => {
  const type = 'type Claim @residentOwned { total: Decimal @personal(class: F) }';
  const query = `type Query {
    claim: Claim
    claims: ClaimConnection @personal(class: N)
    allClaims: [Claim] @personal(class: H)
    regions: [String!]!
  }`;
  expect(problemsIn(query, type)).toStrictEqual([
    '1.graphql:2  Query.claim returns rows of a resident and has no @personal(class: Q|I|H|F).',
    '1.graphql:3  Query.claims returns rows of a resident and has no @personal(class: Q|I|H|F).',
  ]);
});

test('an interface of resident-owned types is held to the same rule', () => {
  expect(problemsIn('interface Encounter @residentOwned { startedAt: DateTime }')).toHaveLength(1);
});

test('a field that may be refused is refused as non-null, and so are its items', () => {
  const type = `type Practitioner {
    idNumber: String! @personal(class: I)
    awards: [String!] @personal(class: Q)
    names: [String] @personal(class: Q)
  }`;
  expect(problemsIn(type)).toStrictEqual([
    '1.graphql:2  Practitioner.idNumber may be refused (class I): neither it nor its items can be "!".',
    '1.graphql:3  Practitioner.awards may be refused (class Q): neither it nor its items can be "!".',
  ]);
});

test('two subgraphs must give one field one class', () => {
  const quasi = 'type Practitioner { name: String @shareable @personal(class: Q) }';
  const identifier = quasi.replace('class: Q', 'class: I');
  expect(problemsIn(quasi, identifier)).toStrictEqual([
    '2.graphql:1  Practitioner.name is of class I here and Q in another subgraph.',
  ]);
});

test('an external field is left to its owner', () => {
  expect(problemsIn('type Resident @residentOwned { contractStatus: ContractStatus @external }')).toStrictEqual([]);
});
