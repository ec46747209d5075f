import { isJsonObject } from './json.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphError } from './transport.ts';

/** What a subgraph answered, checked: whatever its errors looked like, they are errors of GraphQL §7.1.2 here. */
export interface CheckedResponse {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly SubgraphError[];
  readonly isPlain: boolean;
  readonly isLarge: boolean;
}

/** Reads a subgraph's answer (GraphQL §7.1): an object with `data`, or `errors` that say why not; throws else. */
export function readResponse(subgraph: string, response: unknown): CheckedResponse {
  if (!isJsonObject(response)) throw invalidResponse(subgraph, 'is no GraphQL response');
  const { data } = response;
  const isPlain = response['isPlain'] === true;
  const isLarge = response['isLarge'] === true;
  const errors = readErrors(subgraph, response['errors']);
  if (isJsonObject(data)) return { data, errors, isPlain, isLarge };
  if (data !== undefined && data !== null) throw invalidResponse(subgraph, 'holds data that is no object');
  if (errors.length === 0) throw invalidResponse(subgraph, 'holds neither data nor errors');
  return { data: null, errors, isPlain, isLarge };
}

/** The failure of a subgraph whose answer is not what GraphQL, or the request, calls for. */
export function invalidResponse(subgraph: string, fault: string): SubgraphFailure {
  return new SubgraphFailure(subgraph, 'SUBGRAPH_INVALID_RESPONSE', `What subgraph "${subgraph}" answered ${fault}.`);
}

/** Whatever stands under `errors` says that something went wrong: none is dropped, though its form be wrong. */
function readErrors(subgraph: string, errors: unknown): readonly SubgraphError[] {
  if (errors === undefined || errors === null) return [];
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  return list.map((error) => readError(subgraph, error));
}

function readError(subgraph: string, error: unknown): SubgraphError {
  const { message, path, extensions } = isJsonObject(error) ? error : {};
  return {
    message: typeof message === 'string' ? message : `Subgraph "${subgraph}" reported an error.`,
    ...(isPath(path) ? { path } : {}),
    ...(isJsonObject(extensions) ? { extensions } : {}),
  };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');
}
