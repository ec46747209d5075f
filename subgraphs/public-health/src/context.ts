import type { SubgraphContext } from '@hutong/kit';
import type { PublicHealthLoaders } from './loaders/loaders.ts';
import type { PublicHealthWrites } from './writes/writes.ts';

/** What every resolver of this subgraph gets. */
export type Context = SubgraphContext<PublicHealthLoaders, PublicHealthWrites>;
