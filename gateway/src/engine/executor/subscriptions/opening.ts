import { GraphQLError } from 'graphql';
import { isJsonObject } from '../json.ts';
import { SubgraphFailure } from '../subgraph-failure.ts';
import type { SubgraphRequest, SubgraphResponse } from '../transport.ts';

/** How events of a subgraph travel: graphql-sse "distinct connections", graphql-transport-ws, or Apollo's multipart. */
export type SubscriptionProtocol = 'sse' | 'websocket' | 'multipart';

/** A way to one subgraph with every default filled in. */
export interface SubscriptionLine {
  readonly subgraph: string;
  readonly url: URL;
  readonly protocol: SubscriptionProtocol;
  readonly connectTimeout: number;
  readonly maxEventBytes: number;
  readonly maxBufferedBytes: number;
}

/** One subscription to be opened. */
export interface Opening {
  readonly request: SubgraphRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Reads one event of a subgraph; whether its fields are those of a response is seen when it is answered. */
export function readEvent(subgraph: string, value: unknown): SubgraphResponse {
  if (!isJsonObject(value)) throw notGraphql(subgraph);
  return value;
}

/** Parses what a subgraph sent. */
export function parseJson(subgraph: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notGraphql(subgraph, cause);
  }
}

/** The failure of a subgraph that sent something other than GraphQL. */
export function notGraphql(subgraph: string, cause?: unknown): SubgraphFailure {
  const message = `What subgraph "${subgraph}" answered is no GraphQL response.`;
  return new SubgraphFailure(subgraph, 'SUBGRAPH_INVALID_RESPONSE', message, { cause });
}

/** The failure of a subgraph that did not accept a subscription in time. */
export function notOpenedInTime(subgraph: string): SubgraphFailure {
  return new SubgraphFailure(subgraph, 'SUBGRAPH_TIMEOUT', `Subgraph "${subgraph}" did not answer in time.`, {
    isOutage: true,
  });
}

/** The end of a subscription whose client takes events more slowly than they come; the code is of the error catalogue. */
export function clientTooSlow(): GraphQLError {
  return new GraphQLError('The subscription has ended: its events come faster than they are taken.', {
    extensions: { code: 'SUBSCRIPTION_TOO_SLOW' },
  });
}
