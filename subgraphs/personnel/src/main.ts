import { explainFailure, runSubgraph } from '@hutong/kit';
import { personnelPackage } from './package.ts';

try {
  await runSubgraph(personnelPackage, process.env, console);
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
