export { seed, type RegionSeed } from './seed.ts';
export { createInsurance } from './subgraph.ts';
