import type { Slices } from './in-turns.ts';
import type { FetchObserver } from './fetch-run.ts';

/** What a subgraph is asked, known before anything runs; the same for every request of a fetch. */
export interface SubgraphOperation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly operationName: string | undefined;
  /** The request's JSON text up to its variables. */
  readonly head: string;
  /**
   * An answer may serve several operations that ask the same at the same time: it is never changed, and holds nothing
   * of which every access must be recorded.
   */
  readonly isShareable: boolean;
}

/** A GraphQL request to one subgraph. */
export interface SubgraphRequest {
  readonly operation: SubgraphOperation;
  /** The variables, a JSON object: sent as they are, and parsed only by those who need the values. */
  readonly variables: string;
  /** Reads a successful answer's bytes; they are parsed where this gives nothing. */
  readonly scan?: {
    readonly atOnce: (answer: Buffer) => SubgraphResponse | undefined;
    readonly inSlices: (answer: Buffer) => Slices<SubgraphResponse | undefined>;
  };
}

/** What a subgraph answered, parsed but not checked beyond that. */
export interface SubgraphResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly SubgraphError[];
  /** Its text holds no backslash: no string of it needs to be escaped when it is written again. */
  readonly isPlain?: boolean;
  /** So much that handling it at once would hold up everybody. */
  readonly isLarge?: boolean;
  /** Its errors came with HTTP status 502, 503 or 504: the subgraph says that it cannot answer anybody now. */
  readonly isUnavailable?: boolean;
  /** How large its text was, where it came as text. */
  readonly bytes?: number;
}

/** An error as a subgraph reports it (GraphQL §7.1.2). */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One request of a client, as far as the engine is concerned. */
export interface RequestScope {
  readonly requestId: string;
  /** Ends everything in flight; a reason named `TimeoutError` means the request's deadline. */
  readonly signal: AbortSignal;
  /** Headers of a subgraph request: the caller's token, tracing. */
  headersFor(subgraph: string): Record<string, string> | Promise<Record<string, string>>;
  readonly caller?: unknown;
  /**
   * Everything about the caller that a subgraph is told. Scopes with equal keys may share the answers of requests in
   * flight; without a key nothing is shared.
   */
  readonly sharingKey?: string | undefined;
  /** Told of every request to a subgraph, where somebody wants to know of those of this operation. */
  readonly onFetch?: FetchObserver | undefined;
}

/** Asks a subgraph. Rejects with `SubgraphFailure` when it gave no GraphQL answer. */
export type Transport = (subgraph: string, request: SubgraphRequest, scope: RequestScope) => Promise<SubgraphResponse>;

/** Makes what a subgraph is asked, from its text. */
export function createSubgraphOperation(
  kind: SubgraphOperation['kind'],
  query: string,
  operationName?: string,
  isShareable = false,
): SubgraphOperation {
  const named = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return { kind, query, operationName, isShareable, head: `{"query":${JSON.stringify(query)},${named}"variables":` };
}

/** The body of a request (GraphQL over HTTP §5.4). */
export function bodyOf({ operation, variables }: SubgraphRequest): string {
  return `${operation.head}${variables}}`;
}
