import { fileURLToPath } from 'node:url';
import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { personnelInbox } from './jobs/inbox.ts';
import { createLoaders } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { personnelWrites } from './writes/writes.ts';

/** Folder of this subgraph's migrations: the same depth below the package from src and from dist. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** The subgraph of the workforce 人员. */
export function createPersonnel(parts: SubgraphParts): Subgraph {
  return createSubgraph(
    {
      name: 'personnel',
      sdl: loadSubgraphSdl('personnel'),
      resolvers,
      loaders: createLoaders,
      writes: personnelWrites,
      inbox: personnelInbox,
    },
    parts,
  );
}
