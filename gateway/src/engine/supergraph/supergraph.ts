import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { type DirectiveNode, type DocumentNode, type GraphQLSchema, Kind, parse, visit } from 'graphql';
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
  /** Labels of progressive `@override`. */
  readonly overrideLabels: readonly string[];
  /** Field names a planner may add to a fetch by itself: those of `@key`, `@requires` and contexts. */
  readonly plannerFieldNames: ReadonlySet<string>;
  readonly federation: FederationSupergraph;
}

/**
 * Reads a supergraph SDL (Federation 2.0–2.9, or Federation 1 composed by Federation 2).
 * Throws with the composition library's reason when it is none.
 */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const federation = FederationSupergraph.build(document, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  return {
    sdl,
    apiSchema: federation.apiSchema().toGraphQLJSSchema(),
    subgraphs: federation.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    possibleTypes: readPossibleTypes(federation.schema.toGraphQLJSSchema()),
    overrideLabels: readOverrideLabels(document),
    plannerFieldNames: readPlannerFieldNames(document),
    federation,
  };
}

function readOverrideLabels(document: DocumentNode): readonly string[] {
  const labels = new Set<string>();
  forEachJoinDirective(document, (directive) => {
    const label = stringArgument(directive, 'overrideLabel');
    if (label !== undefined) labels.add(label);
  });
  return [...labels];
}

function readPlannerFieldNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>(['__typename']);
  forEachJoinDirective(document, (directive) => {
    for (const argument of ['key', 'requires', 'provides']) addNames(names, stringArgument(directive, argument));
    for (const argument of directive.arguments ?? []) {
      if (argument.name.value !== 'contextArguments' || argument.value.kind !== Kind.LIST) continue;
      visit(argument.value, { StringValue: ({ value }) => addNames(names, value) });
    }
  });
  return names;
}

function addNames(names: Set<string>, fieldSet: string | undefined): void {
  for (const name of fieldSet?.match(/\w+/g) ?? []) names.add(name);
}

function forEachJoinDirective(document: DocumentNode, look: (directive: DirectiveNode) => void): void {
  visit(document, {
    Directive(directive) {
      if (directive.name.value === 'join__field' || directive.name.value === 'join__type') look(directive);
      return false;
    },
  });
}

function stringArgument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
