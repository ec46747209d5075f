export { seed, type SeedOptions } from './seed.ts';
export { createPersonnel } from './subgraph.ts';
