import type { FetchNode } from '../planner/query-plan.ts';
import { isJsonObject } from './json.ts';
import type { Place } from './place.ts';
import type { ErrorReport, FetchOutcome, LocatedError, ResponseState } from './response-state.ts';
import type { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphError } from './transport.ts';

/** What a fetch asked about, and what came back. */
export interface Received {
  readonly fetch: FetchNode;
  /** The places the answer is for: one list per entity asked, or one list for a root fetch. */
  readonly targets: readonly (readonly Place[])[];
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
    else if (received.answers) locate(state, outcome, places, received.answers[index], { report, rest });
  }
  if (!received.answers) outcome.failure = failure;
}

/** Notes that a fetch brought nothing at all. */
export function receiveFailure(outcome: FetchOutcome, { message, code, subgraph }: SubgraphFailure): void {
  outcome.failure = [{ report: { message, extensions: { code, subgraph } }, rest: [] }];
}

function locate(
  state: ResponseState,
  outcome: FetchOutcome,
  places: readonly Place[],
  answer: unknown,
  error: LocatedError,
): void {
  if (!isJsonObject(answer)) {
    for (const place of places) append(outcome.lost, place, error);
    return;
  }
  let container: object = answer;
  for (const [depth, key] of error.rest.entries()) {
    const value: unknown = Reflect.get(container, key);
    if (value === null || value === undefined) {
      const byKey = state.nullErrors.get(container) ?? new Map<string | number, LocatedError[]>();
      state.nullErrors.set(container, byKey);
      append(byKey, key, { report: error.report, rest: error.rest.slice(depth + 1) });
      return;
    }
    if (typeof value !== 'object') break;
    container = value;
  }
  for (const place of places) state.loose.push({ report: error.report, at: { place, path: error.rest } });
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
