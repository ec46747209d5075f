export { importTargets } from './import-targets.ts';
export { seed } from './seed.ts';
export { createInstitutions, migrations } from './subgraph.ts';
