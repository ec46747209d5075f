import { fileURLToPath } from 'node:url';
import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { insuranceInbox } from './jobs/inbox.ts';
import { insuranceJobs } from './jobs/jobs.ts';
import { createLoaders } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { insuranceWrites } from './writes/writes.ts';

/** Folder of this subgraph's migrations: the same depth below the package from src and from dist. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** The subgraph of medical insurance 医保. */
export function createInsurance(parts: SubgraphParts): Subgraph {
  return createSubgraph(
    {
      name: 'insurance',
      sdl: loadSubgraphSdl('insurance'),
      resolvers,
      loaders: createLoaders,
      writes: insuranceWrites,
      jobs: insuranceJobs,
      inbox: insuranceInbox,
    },
    parts,
  );
}
