import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { institutionsLoaders } from './loaders/loaders.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** The subgraph `institutions` 机构 over its database. */
export function createInstitutions(parts: SubgraphParts): Subgraph {
  return createSubgraph(
    { name: 'institutions', sdl: loadSubgraphSdl('institutions'), resolvers, loaders: institutionsLoaders },
    parts,
  );
}
