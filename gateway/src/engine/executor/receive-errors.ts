import type { AnswerTree, FetchNode } from '../planner/query-plan.ts';
import { type JsonObject, isJsonObject } from './json.ts';
import type { Place } from './place.ts';
import { invalidResponse } from './read-response.ts';
import type { ErrorReport, FetchOutcome, LocatedError, ResponseState } from './response-state.ts';
import type { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphError } from './transport.ts';

/** What a fetch asked about, and what came back. */
export interface Received {
  readonly fetch: FetchNode;
  /** The places the answer is for: one list per entity asked, or one list for a root fetch. */
  readonly targets: readonly (readonly Place[] | undefined)[];
  /** The entities, or the root object alone; `undefined` when there is no answer at all. */
  readonly answers: readonly unknown[] | undefined;
  /** Errors with paths from the answer's own root: index of the answer first. */
  readonly errors: readonly SubgraphError[];
}

/**
 * Notes a subgraph's errors where completion will find the nulls they caused. Completion shows an error if it meets its
 * null: a plan may ask more of an object than the client does, and errors of that are nobody's concern.
 */
export function receiveErrors(state: ResponseState, outcome: FetchOutcome, received: Received): void {
  const failure: LocatedError[] = [];
  for (const error of received.errors) {
    const report = toReport(received.fetch.subgraph, error);
    const [index, ...rest] = renamePath(received.fetch, error.path ?? []);
    if (!received.answers) failure.push({ report, rest });
    const places = typeof index === 'number' ? received.targets[index] : undefined;
    if (typeof index !== 'number' || !places) state.loose.push({ report, at: undefined });
    else if (received.answers) {
      const answer = received.answers[index];
      if (isJsonObject(answer)) locate(state, places, answer, received.fetch.answers, { report, rest });
      else for (const place of places) append(outcome.lost, place, { report, rest });
    }
  }
  if (!received.answers) outcome.failure = failure;
}

/** Notes that a fetch brought nothing at all. */
export function receiveFailure(outcome: FetchOutcome, { message, code, subgraph }: SubgraphFailure): void {
  outcome.failure = [{ report: { message, extensions: { code, subgraph } }, rest: [] }];
}

/** Notes that what stands for an entity is none: neither an object nor the null of an entity nobody knows. */
export function loseEntity({ lost }: FetchOutcome, { subgraph }: FetchNode, places: readonly Place[]): void {
  const { message, code } = invalidResponse(subgraph, 'holds an entity that is no object');
  const error = { report: { message, extensions: { code, subgraph } }, rest: [] };
  for (const place of places) append(lost, place, error);
}

function locate(
  state: ResponseState,
  places: readonly Place[],
  answer: JsonObject,
  asked: AnswerTree,
  { report, rest }: LocatedError,
): void {
  const showAt = (path: readonly (string | number)[], isAstray: boolean): void => {
    for (const place of places) state.loose.push({ report, at: { place, path, isAstray } });
  };
  let container: unknown = answer;
  let inner: AnswerTree | undefined = asked;
  for (const [depth, key] of rest.entries()) {
    if (!isJsonObject(container) && !Array.isArray(container)) return showAt(rest.slice(0, depth), true);
    if (!leadsOn(container, inner, key)) return showAt(rest.slice(0, depth), true);
    const value: unknown = Reflect.get(container, key);
    if (value === null || value === undefined) {
      const byKey = state.nullErrors.get(container) ?? new Map<string | number, LocatedError[]>();
      state.nullErrors.set(container, byKey);
      append(byKey, key, { report, rest: rest.slice(depth + 1) });
      return;
    }
    if (typeof key === 'string') inner = inner?.get(key)?.inner;
    container = value;
  }
  showAt(rest, false);
}

/** Whether a step of an error's path is a key that was asked for, or an index of a list that has it. */
function leadsOn(
  container: JsonObject | readonly unknown[],
  asked: AnswerTree | undefined,
  key: string | number,
): boolean {
  if (Array.isArray(container)) return typeof key === 'number' && Object.hasOwn(container, key);
  return typeof key === 'string' && asked?.has(key) === true;
}

function append<K>(map: Map<K, LocatedError[]>, key: K, error: LocatedError): void {
  const known = map.get(key);
  if (known) known.push(error);
  else map.set(key, [error]);
}

/** The path as the answer is after its output rewrites. */
function renamePath(fetch: FetchNode, path: readonly (string | number)[]): readonly (string | number)[] {
  if (fetch.outputRewrites.length === 0) return path;
  const renamed = new Map<string | number, string>();
  for (const rewrite of fetch.outputRewrites) if (rewrite.kind === 'RenameKey') renamed.set(rewrite.key, rewrite.to);
  return path.map((key) => renamed.get(key) ?? key);
}

/** The subgraph's message and extensions, without what tells of its inside. */
function toReport(subgraph: string, error: SubgraphError): ErrorReport {
  const { stacktrace: _stacktrace, exception: _exception, ...extensions } = error.extensions ?? {};
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : 'INTERNAL_SERVER_ERROR';
  return { message: error.message, extensions: { ...extensions, code, subgraph } };
}
