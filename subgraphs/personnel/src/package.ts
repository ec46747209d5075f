import { fileURLToPath } from 'node:url';
import type { SubgraphPackage } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { importTargets } from './import-targets.ts';
import { seed } from './seed.ts';
import { createPersonnel } from './subgraph.ts';

/** The workforce 人员, as whoever runs it needs it. */
export const personnelPackage: SubgraphPackage = {
  name: 'personnel',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  create: createPersonnel,
  seed: (sql, keys, options) => seed(sql, { keys, region: createRegion(options) }),
  importTargets,
};
