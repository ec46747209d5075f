import type { SubgraphContext } from '@hutong/kit';
import type { InstitutionsLoaders } from './loaders/loaders.ts';
import type { InstitutionsWrites } from './writes/writes.ts';

/** What every resolver of this subgraph gets. */
export type Context = SubgraphContext<InstitutionsLoaders, InstitutionsWrites>;
