import { setTimeout as pause } from 'node:timers/promises';
import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import { SubgraphFailure, requestEnded } from './subgraph-failure.ts';
import type { SubgraphRequest, Transport } from './transport.ts';

/** How often a query is asked again. */
export interface RetryOptions {
  /** Attempts after the first; 2 by default. */
  readonly retries?: number | undefined;
}

/** Pauses of about 0.1, 0.2, 0.4 … s, scattered so that gateways do not come back all at once. */
const pauses = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000 });

/**
 * A transport that asks again where a query may succeed a moment later; never a mutation, which may have happened, and
 * never beyond the end of the client's request.
 */
export function withRetries(transport: Transport, { retries = 2 }: RetryOptions): Transport {
  if (retries === 0) return transport;
  return async (subgraph, request, scope) => {
    let backoff: IBackoff<unknown> | undefined;
    for (let left = retries; ; left -= 1) {
      try {
        const response = await transport(subgraph, request, scope);
        if (response.isUnavailable !== true || left === 0 || !isQuery(request)) return response;
      } catch (error) {
        if (left === 0 || !isQuery(request) || !isRetryable(error)) throw error;
      }
      backoff = backoff?.next(undefined) ?? pauses.next();
      await pauseUnlessEnded(backoff.duration, subgraph, scope.signal);
    }
  };
}

function isQuery({ operation }: SubgraphRequest): boolean {
  return operation.kind === 'query';
}

function isRetryable(error: unknown): boolean {
  return error instanceof SubgraphFailure && error.isRetryable;
}

async function pauseUnlessEnded(milliseconds: number, subgraph: string, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {
    throw requestEnded(subgraph, signal);
  });
}
