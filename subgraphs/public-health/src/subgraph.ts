import { fileURLToPath } from 'node:url';
import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { publicHealthInbox } from './jobs/inbox.ts';
import { publicHealthJobs } from './jobs/jobs.ts';
import { publicHealthLoaders } from './loaders/loaders.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { publicHealthWrites } from './writes/writes.ts';

/** Folder of this subgraph's migrations: the same depth below the package from src and from dist. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** The subgraph public-health over its database. */
export const createPublicHealth = (parts: SubgraphParts): Subgraph =>
  createSubgraph(
    {
      name: 'public-health',
      sdl: loadSubgraphSdl('public-health'),
      resolvers,
      loaders: publicHealthLoaders,
      writes: publicHealthWrites,
      jobs: publicHealthJobs,
      inbox: publicHealthInbox,
    },
    parts,
  );
