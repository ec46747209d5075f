import { GraphQLError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { type RawData, WebSocket } from 'ws';
import { toSubgraphFailure, unavailable } from '../subgraph-failure.ts';
import { type SubgraphResponse, bodyOf } from '../transport.ts';
import { type EventQueue, createEventQueue } from './event-queue.ts';
import {
  type Opening,
  type SubscriptionLine,
  clientTooSlow,
  notGraphql,
  notOpenedInTime,
  readEvent,
} from './opening.ts';

/** The one subscription of its connection. */
const subscriptionId = '1';

/**
 * Opens a subscription over a WebSocket of its own (graphql-transport-ws). Only so a slow client makes the subgraph wait:
 * the socket is not read while events wait for it.
 */
export async function* openWebSocket(line: SubscriptionLine, opening: Opening): AsyncGenerator<SubgraphResponse> {
  const { subgraph, url, connectTimeout, maxEventBytes, maxBufferedBytes } = line;
  const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    headers: opening.headers,
    handshakeTimeout: connectTimeout,
    maxPayload: maxEventBytes,
    perMessageDeflate: false,
  });
  const events = createEventQueue<SubgraphResponse>({
    maxBytes: maxBufferedBytes,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    overflow: clientTooSlow,
  });
  const end = (): void => events.end();
  opening.signal.addEventListener('abort', end, { once: true });
  converse(socket, events, line, opening);
  try {
    yield* events;
  } catch (error) {
    throw error instanceof GraphQLError ? error : toSubgraphFailure(subgraph, error, opening.signal);
  } finally {
    opening.signal.removeEventListener('abort', end);
    leave(socket);
  }
}

/** Speaks the protocol: init, ack, subscribe, then what the subgraph sends. */
function converse(
  socket: WebSocket,
  events: EventQueue<SubgraphResponse>,
  { subgraph, connectTimeout }: SubscriptionLine,
  { request, headers }: Opening,
): void {
  const timer = setTimeout(() => events.fail(notOpenedInTime(subgraph)), connectTimeout);
  socket.on('open', () => socket.send(stringifyMessage({ type: MessageType.ConnectionInit, payload: { ...headers } })));
  socket.on('error', (cause) => events.fail(unavailable(subgraph, { cause, isOutage: true })));
  socket.on('close', (code, reason) => {
    clearTimeout(timer);
    // A subgraph cuts who does not read: then the client is to blame, not the subgraph.
    const cause = new Error(`The WebSocket was closed: ${code} ${String(reason)}`);
    events.fail(socket.isPaused ? clientTooSlow() : unavailable(subgraph, { cause, isOutage: true }));
  });
  socket.on('message', (data: RawData) => {
    const text = textOf(data);
    const message = readMessage(text);
    switch (message?.type) {
      case MessageType.ConnectionAck:
        clearTimeout(timer);
        socket.send(`{"id":"${subscriptionId}","type":"${MessageType.Subscribe}","payload":${bodyOf(request)}}`);
        break;
      case MessageType.Ping:
        socket.send(stringifyMessage({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) }));
        break;
      case MessageType.Next:
        events.push(readEvent(subgraph, message.payload), text.length);
        break;
      case MessageType.Error:
        events.push(readEvent(subgraph, { errors: message.payload }), text.length);
        events.end();
        break;
      case MessageType.Complete:
        events.end();
        break;
      case undefined:
        events.fail(notGraphql(subgraph));
        break;
      case MessageType.Pong:
      case MessageType.ConnectionInit:
      case MessageType.Subscribe:
        break;
    }
  });
}

/** Text frames come as one buffer. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function readMessage(text: string) {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}

/** Says goodbye and closes; a socket that was not read any more is read again, to see the answer. */
function leave(socket: WebSocket): void {
  socket.removeAllListeners('message');
  socket.resume();
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(stringifyMessage({ id: subscriptionId, type: MessageType.Complete }));
  }
  socket.close(1000);
}
