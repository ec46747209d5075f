import type { SubgraphPackage } from '@hutong/kit';
import { importTargets } from './import-targets.ts';
import { createPersonnel, migrations } from './subgraph.ts';

/** The workforce 人员, as whoever runs it needs it; what generates the demo region is loaded only where it is asked for. */
export const personnelPackage: SubgraphPackage = {
  name: 'personnel',
  migrations,
  create: createPersonnel,
  async *seed(sql, keys, options) {
    const { seedDemo } = await import('./seed/seed-demo.ts');
    yield* seedDemo(sql, keys, options);
  },
  importTargets,
};
