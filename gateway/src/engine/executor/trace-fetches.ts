import { tracingChannel } from 'node:diagnostics_channel';
import { traced } from '../traced.ts';
import type { Transport } from './transport.ts';

/** Goes through `tracing:hutong:engine:fetch` by `node:diagnostics_channel`'s TracingChannel; it carries no data. */
export interface FetchTrace {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly operationName: string | undefined;
}

const fetches = tracingChannel<unknown, FetchTrace>('hutong:engine:fetch');

/** A transport over another; who traces learns of each request, with all that is tried to have it answered. */
export function traceFetches(transport: Transport): Transport {
  return (subgraph, request, scope) => {
    if (!fetches.start.hasSubscribers) return transport(subgraph, request, scope);
    const { kind, operationName } = request.operation;
    return traced(
      fetches,
      () => ({ subgraph, kind, operationName }),
      () => transport(subgraph, request, scope),
    );
  };
}
