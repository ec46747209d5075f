// `npm run test:oracle -- 20000`: the random comparisons of the engine with one process, so many runs of each, another seed each time.
// With `--second-opinion`, `@apollo/gateway` is asked, too, where both agree: how often it agrees is counted.
import { parseArgs } from 'node:util';
import { createVitest } from 'vitest/node';

const { values, positionals } = parseArgs({
  options: { 'second-opinion': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [wanted = '2000'] = positionals;
const runs = Number(wanted);
if (Number.isInteger(runs) && runs > 0) {
  const vitest = await createVitest('test', { watch: false, project: ['parts'] });
  vitest.provide('oracleRuns', runs);
  vitest.provide('secondOpinion', values['second-opinion']);
  const { testModules } = await vitest.start(['gateway/src/engine/random-']);
  for (const test of testModules.flatMap(({ children }) => [...children.allTests()])) {
    const { secondOpinion } = test.meta();
    if (secondOpinion) report(test.fullName, secondOpinion);
  }
  await vitest.close();
} else {
  process.stderr.write(`How many runs? npm run test:oracle -- 20000; "${wanted}" is no number. 请给出运行次数。\n`);
  process.exitCode = 1;
}

function report(name, { agrees, reorders, differs, first }) {
  const lines = [
    `\n${name}:`,
    `${agrees} operations that all three answer alike`,
    `${reorders} that @apollo/gateway answers with keys in another order, ${differs} that it answers otherwise`,
  ];
  if (first !== undefined) lines.push(`the first of them:${first}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
