import { Pool } from 'undici';
import { type AbortListeners, createAbortListeners } from './abort-listeners.ts';
import { tracedExchange } from './exchange-channel.ts';
import { isJsonObject } from './json.ts';
import { type Exchange, type HttpAnswer, exchange } from './http-exchange.ts';
import { SubgraphFailure, unavailable } from './subgraph-failure.ts';
import type { SubgraphResponse, Transport } from './transport.ts';

/** How one subgraph is reached over HTTP. */
export interface SubgraphConnection {
  readonly url: string;
  /** Milliseconds to a connection; 2 s by default. */
  readonly connectTimeout?: number | undefined;
  /** Milliseconds from sending a request to the last byte of its answer; 30 s by default. */
  readonly responseTimeout?: number | undefined;
  /** Bytes of an answer; 16 MB by default: what is larger is refused while it arrives. */
  readonly maxResponseBytes?: number | undefined;
  /** Connections at the same time; 256 by default. */
  readonly connections?: number | undefined;
}

/** A transport with connections to close. */
export interface HttpTransport {
  readonly transport: Transport;
  /** Ends when the requests under way have ended. */
  close(): Promise<void>;
}

/** Makes the transport that asks subgraphs by HTTP POST (GraphQL over HTTP). */
export function createHttpTransport(subgraphs: ReadonlyMap<string, SubgraphConnection>): HttpTransport {
  const listeners = createAbortListeners();
  const lines = new Map(
    [...subgraphs].map(([subgraph, connection]) => [subgraph, openLine(subgraph, connection, listeners)]),
  );
  return {
    async transport(subgraph, request, scope) {
      const line = lines.get(subgraph);
      if (!line) throw unavailable(subgraph, { cause: new Error(`No URL is configured for subgraph "${subgraph}".`) });
      const given = scope.headersFor(subgraph);
      const headers = given instanceof Promise ? await given : given;
      const { signal } = scope;
      const answer = await tracedExchange(line, headers, (sent) => exchange(line, { request, headers: sent, signal }));
      return readAnswer(subgraph, answer);
    },
    close: async () => {
      await Promise.all([...lines.values()].map(async (line) => line?.pool.close()));
    },
  };
}

function openLine(
  subgraph: string,
  {
    url,
    connectTimeout = 2_000,
    responseTimeout = 30_000,
    maxResponseBytes = 16_777_216,
    connections = 256,
  }: SubgraphConnection,
  listeners: AbortListeners,
): Exchange | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, search, hostname, port, protocol } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    connect: { timeout: connectTimeout },
    // One timer of our own goes over the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
  });
  const place = { url: origin + pathname, host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  return { subgraph, pool, place, path: pathname + search, responseTimeout, maxResponseBytes, listeners };
}

/**
 * Reads an answer whatever its status: GraphQL over HTTP allows 4xx and 5xx with a GraphQL body. What is none is named
 * by its status; one that blames the request (4xx) says nothing of the subgraph's health.
 */
function readAnswer(subgraph: string, { scanned, statusCode, body, ...known }: HttpAnswer): SubgraphResponse {
  if (scanned) return scanned;
  const isUnavailable = statusCode === 502 || statusCode === 503 || statusCode === 504;
  const isGraphql = isJsonObject(body) && (isJsonObject(body['data']) || Array.isArray(body['errors']));
  // Whatever the subgraph itself says under these names.
  if (isGraphql) return { ...body, ...known, isUnavailable };
  const isOutage = statusCode >= 500 || statusCode < 300;
  if (isUnavailable || statusCode === 429) {
    throw unavailable(subgraph, { cause: new Error(`Status ${statusCode}`), isRetryable: isUnavailable, isOutage });
  }
  const message =
    statusCode >= 200 && statusCode < 300
      ? `What subgraph "${subgraph}" answered is no GraphQL response.`
      : `Subgraph "${subgraph}" answered with HTTP status ${statusCode}.`;
  throw new SubgraphFailure(subgraph, 'SUBGRAPH_INVALID_RESPONSE', message, { isOutage });
}
