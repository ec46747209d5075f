import type { SubgraphPackage } from '@hutong/kit';
import { importTargets } from './import-targets.ts';
import { createInstitutions, migrations } from './subgraph.ts';

/** Institutions 机构, as whoever runs it needs it; what generates the demo region is loaded only where it is asked for. */
export const institutionsPackage: SubgraphPackage = {
  name: 'institutions',
  migrations,
  create: createInstitutions,
  async *seed(sql, keys, options) {
    const { seed } = await import('./seed.ts');
    yield* seed(sql, keys, options);
  },
  importTargets,
};
