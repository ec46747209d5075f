export { insurancePackage } from './package.ts';
export { seed, type RegionSeed } from './seed.ts';
export { createInsurance } from './subgraph.ts';
