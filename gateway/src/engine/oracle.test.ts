import { execute, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { clinicSubgraphs } from './clinic-fixtures.ts';
import { createWorld } from './clinic-world-fixtures.ts';
import { createTestGraph, toPlain } from './fixtures.ts';

/** Operations that the federated graph and one process that resolves everything must answer alike. */
const operations: readonly (readonly [title: string, query: string, variables?: Record<string, unknown>])[] = [
  ['one subgraph', '{ institution(id: "in_1") { id name kind } }'],
  ['nothing found', '{ institution(id: "in_9") { name staff { name } } }'],
  ['an alias that hides the key', '{ institution(id: "in_2") { id: name staff { id: name no: id } } }'],
  ['a list of entities and their list in another subgraph', '{ institutions { name staff { id workload } } }'],
  ['a nested key', '{ institutions { doctors { licence { no } name workload load } } }'],
  ['nulls in a list of entities', '{ institutions { doctors { id } } }'],
  ['lists of lists of entities', '{ institutions { rota { name id signed } } }'],
  ['lists of lists with nulls', '{ residents { friends { name team { name } } } }'],
  ['a field provided on the way', '{ institutions { head { name } } }'],
  ['a field provided and one that is not', '{ institutions { head { name workload } } }'],
  ['a value type split between two subgraphs', '{ institutions { address { street city } } }'],
  ['the half of a value type', '{ institutions { address { city } } }'],
  ['@requires over one hop', '{ doctor(no: 2) { name load } }'],
  ['@requires over two hops and a list', '{ institutions { staff { load name } } }'],
  ['@requires of nested fields, with an argument', '{ residents { name cap(year: 2025) } }'],
  ['the same field with two arguments', '{ residents { a: cap(year: 2025) b: cap(year: 1) status } }'],
  ['@requires with an argument of its own', '{ encounters { paid cost } }'],
  ['@requires with an argument the client gives differently', '{ encounters { paid cost(currency: "EUR") } }'],
  ['@requires of an inaccessible field', '{ residents { card team { name } } }'],
  ['@requires reached over two subgraphs', '{ claims { resident { card cap(year: 3) name } } }'],
  ['an interface over lists', '{ encounters { __typename id ... on Stay { bed } ... on Visit { room } } }'],
  ['an interface object', '{ encounters { id claim { amount } followUps } }'],
  ['an interface object from the other side', '{ claims { encounter { id __typename cost } } }'],
  ['an interface object without its type', '{ claims { encounter { id followUps(first: 2) } } }'],
  [
    'an interface object and its implementations',
    '{ claims { encounter { followUps ... on Stay { bed place { name } } ... on Visit { room } } } }',
  ],
  ['an interface object under an implementation', '{ encounters { ... on Stay { claim { id } followUps } } }'],
  [
    'a union',
    '{ search(text: "1") { __typename ... on Institution { name staff { name } } ... on Note { text mark } } }',
  ],
  ['a union with an interface object', '{ search(text: "2") { ... on Stay { bed followUps claim { amount } } } }'],
  ['a union of another subgraph', '{ claims { payer { __typename ... on Fund { title } ... on Resident { name } } } }'],
  [
    'aliases that differ by type',
    '{ search(text: "1") { ... on Institution { v: name w: code } ... on Note { v: text } ... on Stay { x: bed } } }',
  ],
  ['__typename under aliases', '{ t: __typename encounters { a: __typename b: __typename place { c: __typename } } }'],
  [
    'fragments',
    `query Q { institution(id: "in_3") { ...A ... on Institution { ...B } } }
     fragment A on Institution { id staff { ...D } } fragment B on Institution { name staff { load } }
     fragment D on Doctor { name patients { name } }`,
  ],
  [
    'skip and include by literal',
    '{ institutions { id @skip(if: true) name @include(if: true) staff @skip(if: true) { id } } }',
  ],
  [
    'skip and include by variables',
    `query ($a: Boolean!, $b: Boolean = true) {
      institutions { name @skip(if: $a) staff @include(if: $a) { name load @skip(if: $b) } claims @include(if: $b) { id } }
      residents @skip(if: $a) { name } }`,
    { a: true },
  ],
  [
    'the same, the other way',
    `query ($a: Boolean!, $b: Boolean = true) {
      institutions { name @skip(if: $a) staff @include(if: $a) { name load @skip(if: $b) } claims @include(if: $b) { id } }
      residents @skip(if: $a) { name } }`,
    { a: false, b: false },
  ],
  [
    'conditions on fragments',
    `query ($x: Boolean!) { institutions { ... @include(if: $x) { staff { id } } ...F @skip(if: $x) } }
     fragment F on Institution { designated }`,
    { x: true },
  ],
  [
    'variables and defaults',
    'query ($n: Int = 2, $k: [Kind!]) { institutions(first: $n, kinds: $k) { id } }',
    { k: ['CLINIC'] },
  ],
  ['a default of the schema', '{ institutions { encounters(kind: "Stay") { id } all: encounters { id } } }'],
  [
    'a variable called representations',
    'query ($representations: ID!) { resident(id: $representations) { cap(year: 1) } }',
    { representations: 'rs_1' },
  ],
  ['several roots', '{ claims { amount } doctor(no: 1) { name } residents { name } institutions { name } now }'],
  [
    'deep',
    '{ institutions { parent { staff { works { parent { claims { resident { mother { team { load } } } } } } } } } }',
  ],
  ['back and forth', '{ residents { team { patients { team { works { staff { patients { name } } } } } } } }'],
  [
    'the same entity at several places',
    '{ a: institution(id: "in_1") { staff { name } } b: institution(id: "in_1") { designated } }',
  ],
  ['nothing but __typename', '{ __typename }'],
  ['introspection with data', '{ __type(name: "Doctor") { name fields { name } } now }'],
  [
    'a patient of a doctor of an institution of a stay',
    '{ encounters { ... on Stay { place { doctors { patients { name card } } } } } }',
  ],
];

describe.each(['text', 'values', 'large text', 'large values'] as const)(
  'over %s of subgraphs the graph answers like one process',
  (answers) => {
    const world = createWorld();
    const { engine, run } = createTestGraph(clinicSubgraphs(world), { answers });

    const cases = operations.map(([title, query, variables = {}]) => ({ title, query, variables }));

    test.each(cases)('$title', async ({ query, variables }) => {
      const document = parse(query);
      expect(validate(engine.schema, document)).toEqual([]);
      const oracle = await execute({
        schema: engine.schema,
        document,
        rootValue: world.query,
        variableValues: variables,
      });
      expect(await run(query, variables)).toEqual(toPlain(oracle));
    });
  },
);
