// The import law, checked; a run that saw no modules is a failure (dependency-cruiser without a parser sees none).
import { readdirSync, readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

const { output } = await cruise(['schema/src', 'gateway/src', 'subgraphs', 'test'], {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
});
const { error, totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);

// Of the planner the executor takes types only; dependency-cruiser's parser does not tell them from values.
const executor = 'gateway/src/engine/executor';
const valueImports = readdirSync(executor)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => {
    const imports = readFileSync(`${executor}/${file}`, 'utf8').matchAll(
      /^import (type )?\{([^}]*)\} from '\.\.\/planner\//gm,
    );
    return [...imports].some(
      ([, isType, names]) => !isType && names.split(',').some((name) => !/^\s*(type\s|$)/.test(name)),
    );
  });
for (const file of valueImports)
  process.stdout.write(`executor-takes-only-types-of-the-planner: ${executor}/${file}\n`);

process.stdout.write(`${totalCruised} modules, ${error + valueImports.length} violations of the import law\n`);
process.exitCode = error + valueImports.length === 0 && totalCruised > 0 ? 0 : 1;
