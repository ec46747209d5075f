import { type DocumentNode, Kind } from 'graphql';
import type { EntityKeys } from './entity-keys.ts';
import { fieldDirectives, stringArgument } from './join-directives.ts';
import { readSubgraphAddresses } from './subgraph-addresses.ts';

/** Whether a subgraph only names a field, for `@requires`: it can never give it, not even on a way that provides it. */
export type IsExternal = (subgraph: string, typeName: string, fieldName: string) => boolean;

/** Reads the `@external` fields of a supergraph (`join__field`) that are neither keys nor provided anywhere. */
export function readExternalFields(document: DocumentNode, keysOf: EntityKeys): IsExternal {
  const subgraphs = readSubgraphAddresses(document);
  const external = new Set<string>();
  const provided = new Set<string>();
  for (const { typeName, fieldName, directive } of fieldDirectives(document, 'join__field')) {
    const argument = (name: string) => directive.arguments?.find((one) => one.name.value === name)?.value;
    const graph = argument('graph');
    const subgraph = graph?.kind === Kind.ENUM ? subgraphs.get(graph.value)?.name : undefined;
    if (subgraph === undefined) continue;
    const isExternal = argument('external');
    if (isExternal?.kind === Kind.BOOLEAN && isExternal.value) external.add(`${subgraph} ${typeName}.${fieldName}`);
    const names = stringArgument(directive, 'provides')?.match(/\w+/g) ?? [];
    for (const name of names) provided.add(`${subgraph} ${name}`);
  }
  return (subgraph, typeName, fieldName) =>
    external.has(`${subgraph} ${typeName}.${fieldName}`) &&
    !provided.has(`${subgraph} ${fieldName}`) &&
    !keysOf(subgraph, typeName).some((key) => key.has(fieldName));
}
