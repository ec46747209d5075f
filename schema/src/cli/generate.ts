import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateSubgraphTypes, generateSupergraph, hasSchema } from '../generate/generated-files.ts';
import type { GenerationResult } from '../generate/generated-files.ts';
import { repositoryRoot } from '../load-subgraph-sdl.ts';
import { describeProblem } from '../sdl/schema-problem.ts';
import { isSubgraphName, subgraphNames } from '../subgraph-names.ts';
import type { SubgraphName } from '../subgraph-names.ts';

/** `npm run generate [-- institutions …]`: writes resolver types, and for all subgraphs supergraph and API schema. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !isSubgraphName(name));
  if (unknown.length > 0) {
    console.error(`No subgraph is named ${unknown.join(', ')}. There are: ${subgraphNames.join(', ')}.`);
    return 2;
  }
  const chosen: readonly SubgraphName[] = names.length === 0 ? subgraphNames : names.filter(isSubgraphName);
  let failures = 0;
  for (const name of chosen) failures += await report(name, await generateSubgraphTypes(name, repositoryRoot));
  const unfinished = subgraphNames.filter((name) => !hasSchema(name, repositoryRoot));
  if (names.length > 0) return failures;
  if (failures > 0 || unfinished.length > 0) {
    console.error('supergraph and API schema are left as they are until every subgraph above is right.');
    return 1;
  }
  return report('composition', await generateSupergraph(repositoryRoot));
}

async function report(title: string, result: GenerationResult): Promise<number> {
  switch (result.kind) {
    case 'generated':
      for (const { path, text } of result.files) console.log(`${write(path, text).padEnd(9)}  ${path}`);
      return 0;
    case 'failed':
      console.error(`${title}: ${result.problems.length} problem(s)`);
      for (const problem of result.problems) console.error(`  ${describeProblem(problem)}`);
      return 1;
  }
}

function write(path: string, text: string): 'created' | 'changed' | 'unchanged' {
  const file = join(repositoryRoot, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (before === text) return 'unchanged';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return before === undefined ? 'created' : 'changed';
}

process.exitCode = await main(process.argv.slice(2));
