import { createParser } from 'eventsource-parser';
import type { Agent, Dispatcher } from 'undici';
import { SubgraphFailure, requestEnded, toSubgraphFailure, unavailable } from '../subgraph-failure.ts';
import { type SubgraphResponse, bodyOf } from '../transport.ts';
import { isJsonObject } from '../json.ts';
import { readParts } from './multipart-parts.ts';
import { type Opening, type SubscriptionLine, notGraphql, notOpenedInTime, parseJson, readEvent } from './opening.ts';

const accepts = {
  // Exactly this: graphql-sse compares the whole header.
  sse: 'text/event-stream',
  multipart: 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/graphql-response+json;q=0.9',
} as const;

/** Opens a subscription by HTTP POST; the events are the answer's body, which is read only as fast as they are taken. */
export async function* openHttpStream(
  agent: Agent,
  line: SubscriptionLine,
  opening: Opening,
): AsyncGenerator<SubgraphResponse> {
  const { subgraph, maxEventBytes } = line;
  try {
    const { statusCode, headers, body } = await post(agent, line, opening);
    const type = String(headers['content-type'] ?? '');
    if (type.startsWith('text/event-stream')) {
      yield* readEventStream(subgraph, body, maxEventBytes);
    } else if (type.startsWith('multipart/mixed')) {
      yield* readMultipart(subgraph, readParts(body, boundaryOf(type), maxEventBytes));
    } else {
      yield* readRefusal(subgraph, statusCode, await body.text());
    }
  } catch (error) {
    throw toSubgraphFailure(subgraph, error, opening.signal);
  }
}

async function post(agent: Agent, line: SubscriptionLine, opening: Opening): Promise<Dispatcher.ResponseData> {
  const { request, headers, signal } = opening;
  const { subgraph, url, protocol } = line;
  if (signal.aborted) throw requestEnded(subgraph, signal);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(() => ending.abort(notOpenedInTime(subgraph)), line.connectTimeout);
  signal.addEventListener('abort', end, { once: true });
  const accept = protocol === 'multipart' ? accepts.multipart : accepts.sse;
  try {
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept },
      body: bodyOf(request),
      signal: ending.signal,
    });
    answer.body.once('close', () => signal.removeEventListener('abort', end));
    return answer;
  } catch (error) {
    signal.removeEventListener('abort', end);
    throw ending.signal.reason instanceof SubgraphFailure ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** GraphQL over server-sent events, distinct connections: `next` events, then `complete`. */
async function* readEventStream(
  subgraph: string,
  body: AsyncIterable<Uint8Array>,
  maxEventBytes: number,
): AsyncGenerator<SubgraphResponse> {
  const decoder = new TextDecoder();
  const arrived: { readonly event?: string | undefined; readonly data: string }[] = [];
  let fault: Error | undefined;
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent: (event) => arrived.push(event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') fault = error;
    },
  });
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const { event = 'next', data } of arrived.splice(0)) {
      if (event === 'complete') return;
      if (event === 'next') yield readEvent(subgraph, parseJson(subgraph, data));
    }
    if (fault) throw notGraphql(subgraph, fault);
  }
  throw unavailable(subgraph, { cause: new Error('The event stream broke off.'), isOutage: true });
}

/** Apollo's multipart subscriptions 1.0: `{payload}`, heartbeats `{}`, and `{payload: null, errors}` for a broken one. */
async function* readMultipart(subgraph: string, parts: AsyncIterable<string>): AsyncGenerator<SubgraphResponse> {
  for await (const part of parts) {
    const message = parseJson(subgraph, part);
    if (!isJsonObject(message)) throw notGraphql(subgraph);
    const { payload, errors } = message;
    if (isJsonObject(payload)) yield payload;
    else if (errors !== undefined) yield readEvent(subgraph, { errors });
  }
}

function boundaryOf(type: string): string {
  return /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type)?.slice(1).find(Boolean) ?? '-';
}

/** A subgraph that opens no stream says why in a GraphQL response, or is none. */
async function* readRefusal(subgraph: string, statusCode: number, text: string): AsyncGenerator<SubgraphResponse> {
  if (statusCode === 502 || statusCode === 503 || statusCode === 504 || statusCode === 429) {
    throw unavailable(subgraph, { cause: new Error(`Status ${statusCode}`) });
  }
  const answer = readEvent(subgraph, parseJson(subgraph, text));
  if (!Array.isArray(answer.errors) && !isJsonObject(answer.data)) throw notGraphql(subgraph);
  yield answer;
}
