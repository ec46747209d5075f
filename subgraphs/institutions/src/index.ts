export { institutionsPackage } from './package.ts';
export { createInstitutions } from './subgraph.ts';
