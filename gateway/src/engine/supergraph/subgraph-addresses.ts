import { type DocumentNode, Kind } from 'graphql';
import { stringArgument } from './join-directives.ts';

/** One subgraph as the supergraph names it (`join__Graph`). */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** Reads the subgraphs by their values of the enum `join__Graph`, by which directives name them. */
export function readSubgraphAddresses(document: DocumentNode): ReadonlyMap<string, SubgraphAddress> {
  const addresses = new Map<string, SubgraphAddress>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      const subgraph = graph && stringArgument(graph, 'name');
      if (graph && subgraph !== undefined) {
        addresses.set(name.value, { name: subgraph, url: stringArgument(graph, 'url') ?? '' });
      }
    }
  }
  return addresses;
}
