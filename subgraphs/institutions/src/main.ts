import { explainFailure, runSubgraph } from '@hutong/kit';
import { institutionsPackage } from './package.ts';

try {
  await runSubgraph(institutionsPackage, process.env, console);
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
