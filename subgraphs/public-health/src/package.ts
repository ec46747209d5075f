import type { SubgraphPackage } from '@hutong/kit';
import { importTargets } from './import-targets.ts';
import { createPublicHealth, migrations } from './subgraph.ts';

/** Public health 公共卫生, as whoever runs it needs it; what generates the demo region is loaded only where it is asked for. */
export const publicHealthPackage: SubgraphPackage = {
  name: 'public-health',
  migrations,
  create: createPublicHealth,
  async *seed(sql, keys, options) {
    const { seedDemo } = await import('./seed/seed-demo.ts');
    yield* seedDemo(sql, keys, options);
  },
  importTargets,
};
