import { explainFailure, runSubgraph } from '@hutong/kit';
import { publicHealthPackage } from './package.ts';

try {
  await runSubgraph(publicHealthPackage, process.env, console);
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
