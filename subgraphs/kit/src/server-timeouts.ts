/** How long a server waits for its clients, milliseconds. */
export interface ServerPatience {
  /** From the first byte of a request to its last. */
  readonly receiveTimeout: number;
  /** From there to the first byte of the answer, at most. */
  readonly answerTimeout: number;
}

/** A load balancer that keeps idle connections for a minute must never find one closed. */
const keepAliveTimeout = 72_000;

/** Node looks for requests that are late only so often. */
const longestInterval = 5_000;

/** Fastify's options by which a request that does not arrive whole, or a connection that says nothing, is ended. */
export function serverTimeouts({ receiveTimeout, answerTimeout }: ServerPatience) {
  return {
    requestTimeout: receiveTimeout,
    connectionTimeout: receiveTimeout + answerTimeout,
    keepAliveTimeout,
    http: {
      requestTimeout: receiveTimeout,
      // Node exchanges the two where this one is the longer.
      headersTimeout: receiveTimeout,
      connectionsCheckingInterval: Math.min(receiveTimeout, longestInterval),
    },
  } as const;
}
