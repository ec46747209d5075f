/** What the probe in a gateway's process is told. */
export type ProbeOrder =
  /** Answered by `MemoryFigures`, after a collection of garbage. */
  | { readonly kind: 'memory' }
  /** Answered by the longest time since the last such order in which the event loop did nothing else, milliseconds. */
  | { readonly kind: 'longest-block' }
  | { readonly kind: 'begin-profile' }
  | { readonly kind: 'end-profile'; readonly file: string };

/** Megabytes. */
export interface MemoryFigures {
  readonly heap: number;
  /** Buffers and the like, outside the heap. */
  readonly external: number;
  readonly resident: number;
}
