export { createInstitutions } from './subgraph.ts';
