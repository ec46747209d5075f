import { fileURLToPath } from 'node:url';
import type { SubgraphPackage } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { importTargets } from './import-targets.ts';
import { seed } from './seed.ts';
import { createInsurance } from './subgraph.ts';

/** Medical insurance 医保, as whoever runs it needs it. */
export const insurancePackage: SubgraphPackage = {
  name: 'insurance',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  create: createInsurance,
  seed: (sql, keys, options) => seed(sql, { keys, region: createRegion(options) }),
  importTargets,
};
