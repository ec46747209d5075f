import type { SubgraphPackage } from '@hutong/kit';
import { importTargets } from './import-targets.ts';
import { createInsurance, migrations } from './subgraph.ts';

/** Medical insurance 医保, as whoever runs it needs it; what generates the demo region is loaded only where it is asked for. */
export const insurancePackage: SubgraphPackage = {
  name: 'insurance',
  migrations,
  create: (parts) => createInsurance(parts),
  async *seed(sql, keys, options) {
    const { seedDemo } = await import('./seed/seed-demo.ts');
    yield* seedDemo(sql, keys, options);
  },
  importTargets,
};
