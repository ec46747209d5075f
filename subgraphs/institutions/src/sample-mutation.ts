import type { Subgraph } from '@hutong/kit';
import { ask, type Asking } from './sample-caller.ts';

/** A mutation of tests: its name, the field of what it writes, and what is read of that. */
export interface SampleMutation {
  readonly name: string;
  readonly field: string;
  readonly select: string;
}

/** Asks a mutation with an input; gives its payload, or the whole answer when there is none. */
export async function write(
  subgraph: Subgraph,
  { name, field, select }: SampleMutation,
  input: Readonly<Record<string, unknown>>,
  asking: Asking,
): Promise<unknown> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } ${field} ${select} } }`;
  const answer = await ask(subgraph, query, { input }, asking);
  return answer.data?.[name] ?? answer;
}

/** What a refused mutation answers: each fault as `CODE at.its.place`. */
export async function faultsOf(answer: Promise<unknown>): Promise<readonly string[]> {
  const told = Object(await answer);
  if (told.ok !== false) return [`not refused: ${JSON.stringify(told)}`];
  const errors: readonly { readonly code: string; readonly path: readonly string[] }[] = told.errors;
  return errors.map(({ code, path }) => `${code} ${path.slice(1).join('.')}`.trim());
}
