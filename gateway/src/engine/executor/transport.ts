/** A GraphQL request to one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** What a subgraph answered, parsed but not checked beyond that. */
export interface SubgraphResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly SubgraphError[];
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
  headersFor(subgraph: string): Promise<Record<string, string>>;
  readonly caller?: unknown;
}

/** Asks a subgraph. Rejects with `SubgraphFailure` when it gave no GraphQL answer. */
export type Transport = (subgraph: string, request: SubgraphRequest, scope: RequestScope) => Promise<SubgraphResponse>;
