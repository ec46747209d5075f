export { createInsurance } from './subgraph.ts';
