export { personnelPackage } from './package.ts';
export { seed, type RegionSeed } from './seed.ts';
export { createPersonnel } from './subgraph.ts';
