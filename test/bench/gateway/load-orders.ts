/** What the load is told. */
export type LoadOrder =
  /** Ask each body once, compare with what is right (deep-equal), keep the bytes; answered by their length on average. */
  | { readonly kind: 'learn'; readonly port: number; readonly exchanges: readonly Exchange[] }
  /** Ask what was learned on new connections, as fast as answers come, comparing bytes; answered by `LoadFigures`. */
  | {
      readonly kind: 'run';
      readonly port: number;
      readonly pid: number;
      readonly connections: number;
      readonly seconds: number;
      /** Milliseconds from an answer to the next question of the same connection; none by default. */
      readonly pause?: number;
    };

/** A request body, and the answer that is right, as JSON of any order and spacing. */
export interface Exchange {
  readonly body: string;
  readonly right: string;
}

/** What came of a round. */
export interface LoadFigures {
  readonly requests: number;
  readonly seconds: number;
  /** CPU milliseconds of the gateway's process and its children in that time. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}
