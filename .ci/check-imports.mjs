// The import law, checked; a run that saw no modules is a failure (dependency-cruiser without a parser sees none).
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

const { output } = await cruise(['schema/src', 'gateway/src', 'subgraphs', 'test'], {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
});
const { error, totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
process.stdout.write(`${totalCruised} modules, ${error} violations of the import law\n`);
process.exitCode = error === 0 && totalCruised > 0 ? 0 : 1;
