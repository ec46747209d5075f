import { Agent, type Dispatcher, errors } from 'undici';
import { isJsonObject } from './json.ts';
import { SubgraphFailure, requestEnded } from './subgraph-failure.ts';
import { type RequestScope, type SubgraphRequest, type SubgraphResponse, type Transport, bodyOf } from './transport.ts';

/** How subgraphs are reached over HTTP. */
export interface HttpTransportOptions {
  /** URL by subgraph name. */
  readonly urls: ReadonlyMap<string, string>;
  /** Milliseconds to a connection. */
  readonly connectTimeout?: number;
  /** Milliseconds from sending a request to the last byte of its answer. */
  readonly responseTimeout?: number;
  /** Bytes of an answer; decoding more blocks every other request. */
  readonly maxResponseBytes?: number;
  readonly connectionsPerOrigin?: number;
}

/** A transport with connections to close. */
export interface HttpTransport {
  readonly transport: Transport;
  /** Ends when the requests under way have ended. */
  close(): Promise<void>;
}

interface Settings {
  readonly agent: Agent;
  readonly responseTimeout: number;
  readonly maxResponseBytes: number;
}

/** Makes the transport that asks subgraphs by HTTP POST (GraphQL over HTTP). */
export function createHttpTransport({
  urls,
  connectTimeout = 2_000,
  responseTimeout = 30_000,
  maxResponseBytes = 16 * 1024 * 1024,
  connectionsPerOrigin = 256,
}: HttpTransportOptions): HttpTransport {
  const agent = new Agent({
    connections: connectionsPerOrigin,
    connect: { timeout: connectTimeout },
    headersTimeout: responseTimeout,
    bodyTimeout: responseTimeout,
    maxResponseSize: maxResponseBytes,
    keepAliveTimeout: 30_000,
  });
  const settings = { agent, responseTimeout, maxResponseBytes };
  const addresses = new Map([...urls].map(([subgraph, url]) => [subgraph, readAddress(url)]));
  return {
    async transport(subgraph, request, scope) {
      const address = addresses.get(subgraph);
      if (!address) throw unavailable(subgraph, new Error(`No URL is configured for subgraph "${subgraph}".`));
      const headers = await scope.headersFor(subgraph);
      return post(settings, { subgraph, address, headers, request, scope });
    },
    close: () => agent.close(),
  };
}

interface Address {
  readonly origin: string;
  readonly path: string;
}

function readAddress(url: string): Address | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

interface Call {
  readonly subgraph: string;
  readonly address: Address;
  readonly headers: Record<string, string>;
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
}

async function post(settings: Settings, call: Call): Promise<SubgraphResponse> {
  const { signal } = call.scope;
  if (signal.aborted) throw requestEnded(call.subgraph, signal);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, settings.responseTimeout);
  signal.addEventListener('abort', end, { once: true });
  try {
    const { statusCode, text } = await exchange(settings.agent, call, ending.signal);
    return readAnswer(call.subgraph, statusCode, text);
  } catch (error) {
    throw toFailure(call, error, settings.maxResponseBytes);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

async function exchange(agent: Agent, { address, headers, request }: Call, signal: AbortSignal) {
  const options: Dispatcher.RequestOptions = {
    ...address,
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: bodyOf(request),
    signal,
  };
  const { statusCode, body } = await agent.request(options);
  return { statusCode, text: await body.text() };
}

/**
 * Reads an answer whatever its status: GraphQL over HTTP allows 4xx and 5xx with a GraphQL body. What is none is named
 * by its status.
 */
function readAnswer(subgraph: string, statusCode: number, text: string): SubgraphResponse {
  const body = parseJson(text);
  const isGraphql = isJsonObject(body) && (isJsonObject(body['data']) || Array.isArray(body['errors']));
  if (isGraphql) return body;
  if (statusCode >= 200 && statusCode < 300) {
    throw new SubgraphFailure(
      subgraph,
      'SUBGRAPH_INVALID_RESPONSE',
      `What subgraph "${subgraph}" answered is no GraphQL response.`,
    );
  }
  if (statusCode === 502 || statusCode === 503 || statusCode === 504 || statusCode === 429) {
    throw unavailable(subgraph, new Error(`Status ${statusCode}`));
  }
  throw new SubgraphFailure(
    subgraph,
    'SUBGRAPH_INVALID_RESPONSE',
    `Subgraph "${subgraph}" answered with HTTP status ${statusCode}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFailure({ subgraph, scope }: Call, error: unknown, maxResponseBytes: number): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  if (scope.signal.aborted) return requestEnded(subgraph, scope.signal);
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    const message = `What subgraph "${subgraph}" answered is larger than ${maxResponseBytes} bytes.`;
    return new SubgraphFailure(subgraph, 'SUBGRAPH_INVALID_RESPONSE', message, error);
  }
  if (error instanceof errors.ConnectTimeoutError) return unavailable(subgraph, error);
  if (isTimeout(error)) {
    return new SubgraphFailure(subgraph, 'SUBGRAPH_TIMEOUT', `Subgraph "${subgraph}" did not answer in time.`, error);
  }
  return unavailable(subgraph, error);
}

/** Our own timer aborts; undici's timers have errors of their own. */
function isTimeout(error: unknown): boolean {
  return (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.RequestAbortedError ||
    (error instanceof Error && error.name === 'AbortError')
  );
}

function unavailable(subgraph: string, cause: unknown): SubgraphFailure {
  return new SubgraphFailure(subgraph, 'SUBGRAPH_UNAVAILABLE', `Subgraph "${subgraph}" is not available.`, cause);
}
