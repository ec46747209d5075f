import { Agent } from 'undici';
import { unavailable } from '../subgraph-failure.ts';
import type { RequestScope, SubgraphRequest, SubgraphResponse } from '../transport.ts';
import { openHttpStream } from './http-stream.ts';
import type { SubscriptionLine, SubscriptionProtocol } from './opening.ts';
import { openWebSocket } from './web-socket.ts';

/**
 * Opens a subscription at a subgraph; every item is one event. It ends when the subgraph ends it or when the scope's
 * signal aborts, and throws `SubgraphFailure` when the subgraph breaks it. A reader that does not pull makes the subgraph
 * wait, as far as the way to it allows.
 */
export type SubscriptionTransport = (
  subgraph: string,
  request: SubgraphRequest,
  scope: RequestScope,
) => AsyncIterable<SubgraphResponse>;

/** How subscriptions of one subgraph are opened. */
export interface SubscriptionConnection {
  /** An address of ws: or wss: means `websocket`, whatever the protocol says. */
  readonly url: string;
  /** `sse` by default. */
  readonly protocol?: SubscriptionProtocol | undefined;
  /** Milliseconds until the subgraph has accepted; 10 s by default. */
  readonly connectTimeout?: number | undefined;
  /** Bytes of one event; 16 MB by default. */
  readonly maxEventBytes?: number | undefined;
  /** Bytes of events that may wait for a slow client; 1 MB by default. */
  readonly maxBufferedBytes?: number | undefined;
}

/** Connections of subscriptions, which can be closed. */
export interface SubscriptionConnections {
  readonly transport: SubscriptionTransport;
  /** Cuts what is still open. */
  close(): Promise<void>;
}

/** Makes the transport of subscriptions; each has a connection of its own, so that a slow one holds up no other. */
export function createSubscriptionTransport(
  subgraphs: ReadonlyMap<string, SubscriptionConnection>,
): SubscriptionConnections {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return {
    async *transport(subgraph, request, scope) {
      const connection = subgraphs.get(subgraph);
      const line = connection && readLine(subgraph, connection);
      if (!line) throw unavailable(subgraph, { cause: new Error(`No URL is configured for subgraph "${subgraph}".`) });
      const opening = { request, headers: await scope.headersFor(subgraph), signal: scope.signal };
      yield* line.protocol === 'websocket' ? openWebSocket(line, opening) : openHttpStream(agent, line, opening);
    },
    close: () => agent.destroy(),
  };
}

function readLine(
  subgraph: string,
  {
    url,
    protocol = 'sse',
    connectTimeout = 10_000,
    maxEventBytes = 16_777_216,
    maxBufferedBytes = 1_048_576,
  }: SubscriptionConnection,
): SubscriptionLine | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  const isWebSocket = address.protocol.startsWith('ws') || protocol === 'websocket';
  if (isWebSocket) address.protocol = address.protocol.replace('http', 'ws');
  return {
    subgraph,
    url: address,
    protocol: isWebSocket ? 'websocket' : protocol,
    connectTimeout,
    maxEventBytes,
    maxBufferedBytes,
  };
}
