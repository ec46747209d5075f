import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, buildASTSchema, parse, visit } from 'graphql';
import { type EntityKeys, readEntityKeys } from './entity-keys.ts';
import { type FieldRequirement, readFieldRequirements } from './field-requirements.ts';
import { fieldDirectives, stringArgument, typeDirectives } from './join-directives.ts';
import { type PossibleTypes, readPossibleTypes } from './possible-types.ts';

/** One subgraph as the supergraph names it (`join__Graph`). */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** Everything the engine reads from a supergraph, once. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see: without `@inaccessible` parts and federation machinery. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly SubgraphAddress[];
  /** Object types of every abstract type, the inaccessible ones included. */
  readonly possibleTypes: PossibleTypes;
  readonly entityKeys: EntityKeys;
  readonly requirements: readonly FieldRequirement[];
  /** Labels of progressive `@override`. */
  readonly overrideLabels: readonly string[];
  /** Field names a planner may add to a fetch by itself: those of `@key`, `@requires` and contexts. */
  readonly plannerFieldNames: ReadonlySet<string>;
  readonly federation: FederationSupergraph;
}

/**
 * Reads a supergraph SDL (Federation 2.0–2.9, or Federation 1 composed by Federation 2).
 * Throws with the composition library's reason when it is none. With the API schema that composition made of it beside
 * it, neither is checked nor made again.
 */
export function readSupergraph(sdl: string, apiSdl?: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const federation = FederationSupergraph.build(document, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: apiSdl === undefined,
  });
  const possibleTypes = readPossibleTypes(document);
  return {
    sdl,
    apiSchema: apiSdl === undefined ? federation.apiSchema().toGraphQLJSSchema() : buildTrusted(apiSdl),
    subgraphs: federation.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    possibleTypes,
    entityKeys: readEntityKeys(document, possibleTypes),
    requirements: readFieldRequirements(document),
    overrideLabels: readOverrideLabels(document),
    plannerFieldNames: readPlannerFieldNames(document),
    federation,
  };
}

function buildTrusted(apiSdl: string): GraphQLSchema {
  return buildASTSchema(parse(apiSdl, { noLocation: true }), { assumeValid: true });
}

function readOverrideLabels(document: DocumentNode): readonly string[] {
  const labels = fieldDirectives(document, 'join__field').flatMap(({ directive }) => {
    const label = stringArgument(directive, 'overrideLabel');
    return label === undefined ? [] : [label];
  });
  return [...new Set(labels)];
}

function readPlannerFieldNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>(['__typename']);
  const uses = [...typeDirectives(document, 'join__type'), ...fieldDirectives(document, 'join__field')];
  for (const { directive } of uses) {
    for (const argument of ['key', 'requires', 'provides']) addNames(names, stringArgument(directive, argument));
    for (const { name, value } of directive.arguments ?? []) {
      if (name.value === 'contextArguments') visit(value, { StringValue: (text) => addNames(names, text.value) });
    }
  }
  return names;
}

function addNames(names: Set<string>, fieldSet: string | undefined): void {
  for (const name of fieldSet?.match(/\w+/g) ?? []) names.add(name);
}
