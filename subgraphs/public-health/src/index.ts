export { publicHealthPackage } from './package.ts';
export { createPublicHealth } from './subgraph.ts';
