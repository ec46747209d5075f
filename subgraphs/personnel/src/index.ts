export { createPersonnel } from './subgraph.ts';
