// `npm run test:oracle -- 20000`: the random comparisons of the engine with one process, so many runs of each, another seed each time.
import { createVitest } from 'vitest/node';

const [wanted = '2000'] = process.argv.slice(2);
const runs = Number(wanted);
if (Number.isInteger(runs) && runs > 0) {
  const vitest = await createVitest('test', { watch: false, project: ['parts'] });
  vitest.provide('oracleRuns', runs);
  await vitest.start(['gateway/src/engine/random-']);
  await vitest.close();
} else {
  process.stderr.write(`How many runs? npm run test:oracle -- 20000; "${wanted}" is no number. 请给出运行次数。\n`);
  process.exitCode = 1;
}
