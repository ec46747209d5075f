import { type DocumentNode, Kind, type SelectionSetNode, parse } from 'graphql';
import { stringArgument, typeDirectives } from './join-directives.ts';
import type { PossibleTypes } from './possible-types.ts';
import { isResolvableKey } from './resolvable-keys.ts';
import { readSubgraphAddresses } from './subgraph-addresses.ts';

/** Fields of one `@key`; composite fields with those inside. */
export type KeyFields = ReadonlyMap<string, KeyFields | undefined>;

/** The keys by which a subgraph finds an entity of a type: its own, and those of interfaces it stands for. */
export type EntityKeys = (subgraph: string, typeName: string) => readonly KeyFields[];

/** Reads every `@key` of a supergraph (`join__type`) that is resolvable. */
export function readEntityKeys(document: DocumentNode, types: PossibleTypes): EntityKeys {
  const subgraphs = readSubgraphAddresses(document);
  const bySubgraph = new Map<string, Map<string, KeyFields[]>>();
  for (const { typeName, directive } of typeDirectives(document, 'join__type')) {
    const key = stringArgument(directive, 'key');
    const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
    const subgraph = graph?.kind === Kind.ENUM ? subgraphs.get(graph.value)?.name : undefined;
    if (key === undefined || subgraph === undefined || !isResolvableKey(directive)) continue;
    const byType = bySubgraph.get(subgraph) ?? new Map<string, KeyFields[]>();
    bySubgraph.set(subgraph, byType);
    byType.set(typeName, [...(byType.get(typeName) ?? []), parseKey(key)]);
  }
  return (subgraph, typeName) =>
    [...(bySubgraph.get(subgraph) ?? [])].flatMap(([keyed, keys]) => (types.includes(keyed, typeName) ? keys : []));
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
