import { type BreakerOptions, withCircuitBreaker } from './circuit-breaker.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import type { Transport } from './transport.ts';

/** How failures of one subgraph are borne. */
export type ResilienceOptions = RetryOptions & BreakerOptions;

/**
 * A transport over another that asks again where that may help, and stops asking a subgraph that is ill. Each attempt
 * counts for the circuit breaker. Subgraphs that are not named are asked as they were.
 */
export function createResilientTransport(
  transport: Transport,
  subgraphs: ReadonlyMap<string, ResilienceOptions>,
): Transport {
  const guarded = new Map(
    [...subgraphs].map(([subgraph, options]) => [
      subgraph,
      withRetries(withCircuitBreaker(transport, subgraph, options), options),
    ]),
  );
  return (subgraph, request, scope) => (guarded.get(subgraph) ?? transport)(subgraph, request, scope);
}
