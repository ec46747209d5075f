import { type DocumentNode, Kind, type SelectionSetNode, parse } from 'graphql';
import { stringArgument, typeDirectives } from './join-directives.ts';
import type { PossibleTypes } from './possible-types.ts';

/** Fields of one `@key`; composite fields with those inside. */
export type KeyFields = ReadonlyMap<string, KeyFields | undefined>;

/** The keys by which a subgraph finds an entity of a type: its own, and those of interfaces it stands for. */
export type EntityKeys = (subgraph: string, typeName: string) => readonly KeyFields[];

/** Reads every `@key` of a supergraph (`join__type`). */
export function readEntityKeys(document: DocumentNode, types: PossibleTypes): EntityKeys {
  const names = readGraphNames(document);
  const bySubgraph = new Map<string, Map<string, KeyFields[]>>();
  for (const { typeName, directive } of typeDirectives(document, 'join__type')) {
    const key = stringArgument(directive, 'key');
    const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
    const subgraph = graph?.kind === Kind.ENUM ? names.get(graph.value) : undefined;
    if (key === undefined || subgraph === undefined) continue;
    const byType = bySubgraph.get(subgraph) ?? new Map<string, KeyFields[]>();
    bySubgraph.set(subgraph, byType);
    byType.set(typeName, [...(byType.get(typeName) ?? []), parseKey(key)]);
  }
  return (subgraph, typeName) =>
    [...(bySubgraph.get(subgraph) ?? [])].flatMap(([keyed, keys]) => (types.includes(keyed, typeName) ? keys : []));
}

function readGraphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      const subgraph = graph && stringArgument(graph, 'name');
      if (subgraph !== undefined) names.set(name.value, subgraph);
    }
  }
  return names;
}

function parseKey(key: string): KeyFields {
  const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? readFields(definition.selectionSet) : new Map();
}

function readFields({ selections }: SelectionSetNode): KeyFields {
  const fields = new Map<string, KeyFields | undefined>();
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue;
    fields.set(selection.name.value, selection.selectionSet && readFields(selection.selectionSet));
  }
  return fields;
}
