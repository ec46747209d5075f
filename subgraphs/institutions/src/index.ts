export { seed } from './seed.ts';
export { createInstitutions, migrations } from './subgraph.ts';
