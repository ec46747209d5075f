import { type DocumentNode, type GraphQLSchema, parse, visit } from 'graphql';
import { buildApiSchema, createApiSchema } from './api-schema.ts';
import { type CoreFeature, readCoreFeatures } from './core-features.ts';
import { type EntityKeys, readEntityKeys } from './entity-keys.ts';
import { type FieldRequirement, readFieldRequirements } from './field-requirements.ts';
import { enumArgument, fieldDirectives, stringArgument, typeDirectives } from './join-directives.ts';
import { type PossibleTypes, readPossibleTypes } from './possible-types.ts';
import { type SubgraphAddress, readSubgraphAddresses } from './subgraph-addresses.ts';
import { type ValueTypes, readValueTypes } from './value-types.ts';

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
  /** Types of the fields of these names. */
  readonly valueTypes: ValueTypes;
  /** Names of fields that hold personal data (`@personal`, all classes but N). */
  readonly personalFieldNames: ReadonlySet<string>;
}

/**
 * Reads a supergraph SDL (Federation 2.0–2.9, or Federation 1 composed by Federation 2). Throws when it links no join
 * specification; what else may be wrong with it, its planner tells. With the API schema that composition made of it
 * beside it, that is not made again.
 */
export function readSupergraph(sdl: string, apiSdl?: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const features = readCoreFeatures(document);
  assertSupergraph(features);
  const possibleTypes = readPossibleTypes(document);
  const plannerFieldNames = readPlannerFieldNames(document);
  return {
    sdl,
    apiSchema: apiSdl === undefined ? createApiSchema(document, features) : buildApiSchema(apiSdl),
    subgraphs: [...readSubgraphAddresses(document).values()],
    possibleTypes,
    entityKeys: readEntityKeys(document, possibleTypes),
    requirements: readFieldRequirements(document),
    overrideLabels: readOverrideLabels(document),
    plannerFieldNames,
    valueTypes: readValueTypes(document, plannerFieldNames),
    personalFieldNames: readPersonalFieldNames(document),
  };
}

function assertSupergraph(features: readonly CoreFeature[]): void {
  if (features.some(({ identity }) => identity === 'https://specs.apollo.dev/join')) return;
  throw new Error('Invalid supergraph: it does not link the join specification.');
}

function readOverrideLabels(document: DocumentNode): readonly string[] {
  const labels = fieldDirectives(document, 'join__field').flatMap(({ directive }) => {
    const label = stringArgument(directive, 'overrideLabel');
    return label === undefined ? [] : [label];
  });
  return [...new Set(labels)];
}

function readPersonalFieldNames(document: DocumentNode): ReadonlySet<string> {
  const uses = fieldDirectives(document, 'personal');
  const personal = uses.filter(({ directive }) => enumArgument(directive, 'class') !== 'N');
  return new Set(personal.map(({ fieldName }) => fieldName));
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
