import { fileURLToPath } from 'node:url';
import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { institutionsInbox } from './jobs/inbox.ts';
import { institutionsJobs } from './jobs/jobs.ts';
import { institutionsLoaders } from './loaders/loaders.ts';
import { institutionsWrites } from './writes/writes.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** Folder of this subgraph's migrations: the same depth below the package from src and from dist. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** The subgraph `institutions` 机构 over its database. */
export function createInstitutions(parts: SubgraphParts): Subgraph {
  return createSubgraph(
    {
      name: 'institutions',
      sdl: loadSubgraphSdl('institutions'),
      resolvers,
      loaders: institutionsLoaders,
      writes: institutionsWrites,
      jobs: institutionsJobs,
      inbox: institutionsInbox,
    },
    parts,
  );
}
