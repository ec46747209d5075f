/** What the stub subgraphs are told. */
export type StubOrder =
  /** Answered by the address of each subgraph. */
  | { readonly kind: 'serve' }
  /** Answer so many milliseconds late, and note what is asked. */
  | { readonly kind: 'watch'; readonly delay: number }
  /** Answered by what was noted (`SeenRequest[]`); ends the watching. */
  | { readonly kind: 'seen' }
  /** Answered by `StubCounts`, which begin anew. */
  | { readonly kind: 'counts' };

/** A request as a subgraph saw it. */
export interface SeenRequest {
  readonly subgraph: string;
  readonly body: string;
  /** Milliseconds since the subgraphs' process began. */
  readonly at: number;
}

/** What the subgraphs did since they were last asked. */
export interface StubCounts {
  readonly requests: number;
  /** Those that had to be computed, being new. */
  readonly computed: number;
}
