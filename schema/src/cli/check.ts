import { parseArgs } from 'node:util';
import { readAuthoredSchemas } from '../check/authored-schemas.ts';
import { checkComposition } from '../check/both-composers.ts';
import { checkBreakingChanges, readBaseSchema } from '../check/breaking-changes.ts';
import { checkDescriptions } from '../check/descriptions.ts';
import { checkIdPrefixes } from '../check/id-prefixes.ts';
import { checkEnumValues } from '../check/enum-values.ts';
import { checkPersonalData, personalFields } from '../check/personal-data.ts';
import { checkStaleFiles } from '../check/stale-files.ts';
import { loadAllSubgraphs } from '../compose.ts';
import { enumSets } from '../enum-sets.ts';
import { generateSubgraphTypes, generateSupergraph } from '../generate/generated-files.ts';
import type { GenerationResult } from '../generate/generated-files.ts';
import { repositoryRoot } from '../load-subgraph-sdl.ts';
import { describeProblem, SchemaProblems } from '../sdl/schema-problem.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import { subgraphNames } from '../subgraph-names.ts';

/** `npm run check:schema [-- --base REF]`: everything that must hold of the contract; exit code 1 when something does not. */
async function main(base: string | undefined): Promise<number> {
  const authored = readAuthoredSchemas(repositoryRoot);
  const subgraphs = loadAllSubgraphs();
  let failed = 0;
  failed += report('personal-data classes', checkPersonalData(authored));
  failed += report('descriptions', checkDescriptions(authored));
  failed += report('prefixes of ids', checkIdPrefixes(authored));
  failed += report('enums and value sets', checkEnumValues(authored, enumSets));
  failed += report('composition by both composers', checkComposition(subgraphs, personalFields(authored)));
  failed += report('generated files', await staleFiles());
  failed += await reportBreakingChanges(base);
  return failed === 0 ? 0 : 1;
}

async function staleFiles(): Promise<readonly SchemaProblem[]> {
  const types = await Promise.all(subgraphNames.map((name) => generateSubgraphTypes(name, repositoryRoot)));
  return [...types, await generateSupergraph(repositoryRoot)].flatMap(staleOrFailed);
}

function staleOrFailed(result: GenerationResult): readonly SchemaProblem[] {
  return result.kind === 'failed' ? result.problems : checkStaleFiles(result.files, repositoryRoot);
}

async function reportBreakingChanges(ref: string | undefined): Promise<number> {
  const base = readBaseSchema(repositoryRoot, ref);
  if (base.kind === 'none') {
    console.log(`ok      breaking changes: nothing to compare with, ${base.reason}`);
    return 0;
  }
  const current = await generateSupergraph(repositoryRoot);
  const api =
    current.kind === 'generated' ? current.files.find(({ path }) => path === 'schema/api.graphql') : undefined;
  if (api === undefined) return report('breaking changes', [{ message: 'there is no API schema to compare' }]);
  return report(`breaking changes since ${base.commit}`, await checkBreakingChanges(base.sdl, api.text));
}

function report(title: string, problems: readonly SchemaProblem[]): number {
  if (problems.length === 0) {
    console.log(`ok      ${title}`);
    return 0;
  }
  console.error(`failed  ${title}: ${problems.length}`);
  for (const problem of problems) console.error(`        ${describeProblem(problem)}`);
  return 1;
}

try {
  const { values } = parseArgs({ options: { base: { type: 'string' } } });
  process.exitCode = await main(values.base);
} catch (error) {
  if (!(error instanceof SchemaProblems)) throw error;
  report('schema', error.problems);
  process.exitCode = 1;
}
