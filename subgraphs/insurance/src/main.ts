import { explainFailure, runSubgraph } from '@hutong/kit';
import { insurancePackage } from './package.ts';

try {
  await runSubgraph(insurancePackage, process.env, console);
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
