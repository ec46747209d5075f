export { insurancePackage } from './package.ts';
export { createInsurance } from './subgraph.ts';
