export { personnelPackage } from './package.ts';
export { createPersonnel } from './subgraph.ts';
