import type { SubgraphContext } from '@hutong/kit';
import type { PublicHealthLoaders } from './loaders/loaders.ts';

/** What every resolver of this subgraph gets. */
export type Context = SubgraphContext<PublicHealthLoaders>;
