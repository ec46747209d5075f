import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { repositoryRoot } from '@hutong/schema';
import { type GraphQLSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { clinicSubgraphs } from '../clinic-fixtures.ts';
import { type TestSubgraph, composeTestGraph } from '../fixtures.ts';
import { createApiSchema } from './api-schema.ts';
import { readCoreFeatures } from './core-features.ts';

/** Something of every kind that may be kept from clients, and of every kind that must not be lost. */
const hiding: TestSubgraph = {
  name: 'hiding',
  sdl: `
    "Asked for where it is."
    directive @near(place: String = "here") on FIELD | FRAGMENT_SPREAD
    type Query { seen(at: Moment, hidden: Int @inaccessible, filter: Filter): [Seen]  kept: Secret @inaccessible  any: Any  old: Int @deprecated(reason: "gone") }
    scalar Moment @specifiedBy(url: "https://moment.example")
    scalar Hidden @inaccessible
    type Secret @inaccessible { id: ID  hidden: Hidden }
    interface Kept @inaccessible { id: ID }
    "What is seen."
    interface Seen { "Its name." id: ID  state: State  size(unit: Unit = CM): Float }
    type Thing implements Seen & Kept { id: ID @tag(name: "x")  state: State  size(unit: Unit = CM): Float  price: Int @inaccessible }
    type Other implements Seen { id: ID  state: State  size(unit: Unit = CM): Float }
    union Any = Thing | Other | Secret
    enum State { ON OFF @deprecated UNKNOWN @inaccessible }
    enum Unit { CM M }
    input Filter { state: State = ON  deep: Filter  secret: Int @inaccessible  old: Int @deprecated }
  `,
};

const ofRepository = readFileSync(join(repositoryRoot, 'schema', 'supergraph.graphql'), 'utf8');

const printed = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

test.each([
  ['our graph', ofRepository],
  ['the test graph', composeTestGraph(clinicSubgraphs())],
  ['a graph that hides parts, composed by the guild', composeTestGraph([hiding], 'guild')],
  ['a graph that hides parts, composed by Apollo', composeTestGraph([hiding], 'apollo')],
])('clients see of %s what Federation shows them', (_name, sdl) => {
  const document = parse(sdl, { noLocation: true });
  const federation = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  expect(printed(createApiSchema(document, readCoreFeatures(document)))).toBe(
    printed(federation.apiSchema().toGraphQLJSSchema({ includeDefer: true })),
  );
});

test('features are known by the names they have here', () => {
  const document = parse(`
    schema @core(feature: "https://specs.apollo.dev/core/v0.2") @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION)
      @core(feature: "https://specs.apollo.dev/inaccessible/v0.1", as: "hide") { query: Query }
    directive @hide on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
    directive @core(feature: String!, as: String, for: core__Purpose) repeatable on SCHEMA
    enum core__Purpose { EXECUTION SECURITY }
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    enum join__Graph { A @join__graph(name: "a" url: "http://a.test") }
    directive @defer(mine: Int) on FIELD
    type Query { shown: Int  other: Int @hide }
  `);
  expect(printed(createApiSchema(document, readCoreFeatures(document)))).toMatchInlineSnapshot(`
    "directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT

    type Query {
      shown: Int
    }"
  `);
});
