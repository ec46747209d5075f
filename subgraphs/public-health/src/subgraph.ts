import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { publicHealthLoaders } from './loaders/loaders.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** The subgraph public-health over its database. */
export const createPublicHealth = (parts: SubgraphParts): Subgraph =>
  createSubgraph(
    { name: 'public-health', sdl: loadSubgraphSdl('public-health'), resolvers, loaders: publicHealthLoaders },
    parts,
  );
