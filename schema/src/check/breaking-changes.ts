import { execFileSync } from 'node:child_process';
import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import type { SchemaProblem } from '../sdl/schema-problem.ts';

/** The published API schema to compare with, or why there is none. */
export type BaseSchema =
  | { readonly kind: 'found'; readonly commit: string; readonly sdl: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Changes of the API schema that break a client; removing what was deprecated before is none. */
export async function checkBreakingChanges(baseSdl: string, apiSdl: string): Promise<readonly SchemaProblem[]> {
  const changes = await diff(buildSchema(baseSdl), buildSchema(apiSdl), [DiffRule.suppressRemovalOfDeprecatedField]);
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .map((change) => ({ place: change.path ?? 'schema', message: `breaks clients: ${change.message}` }));
}

/** schema/api.graphql at the merge-base of HEAD with the given ref, else with origin/main or main. */
export function readBaseSchema(root: string, ref?: string): BaseSchema {
  const refs = ref === undefined ? ['origin/main', 'main'] : [ref];
  const commit = refs.map((name) => git(root, ['merge-base', 'HEAD', name])).find((found) => found !== undefined);
  if (commit === undefined) return { kind: 'none', reason: `no merge-base of HEAD with ${refs.join(' or ')}` };
  const sdl = git(root, ['show', `${commit}:schema/api.graphql`]);
  const short = commit.slice(0, 12);
  return sdl === undefined
    ? { kind: 'none', reason: `no schema/api.graphql in ${short}` }
    : { kind: 'found', commit: short, sdl };
}

function git(root: string, args: readonly string[]): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio, maxBuffer: 64 * 1024 * 1024 }).trim();
  } catch {
    return undefined;
  }
}
