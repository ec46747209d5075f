import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { createLoaders } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** The subgraph of medical insurance 医保. */
export function createInsurance(parts: SubgraphParts): Subgraph {
  return createSubgraph(
    { name: 'insurance', sdl: loadSubgraphSdl('insurance'), resolvers, loaders: createLoaders },
    parts,
  );
}
