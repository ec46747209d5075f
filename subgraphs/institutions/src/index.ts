export { seed, type TableProgress } from './seed.ts';
export { createInstitutions, migrations } from './subgraph.ts';
