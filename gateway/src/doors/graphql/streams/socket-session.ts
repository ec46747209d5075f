import type { GraphQLError } from 'graphql';
import { CloseCode, MessageType, parseMessage, stringifyMessage, type SubscribePayload } from 'graphql-ws';
import { startDeadline, type Asker } from '../../../context.ts';
import { catalogueError } from '../../../errors.ts';
import { refuseNesting } from '../refuse-nesting.ts';
import { createErrorPresenter, toGraphqlError, writeResult } from './present-result.ts';
import { runStream, type StreamContexts } from './run-stream.ts';
import type { RequestHeaders, StreamParts } from './stream-parts.ts';
import { readStreamRequest, type StreamRequest } from './stream-request.ts';

/** The socket of a session. */
export interface SocketLine {
  readonly headers: RequestHeaders;
  /** Ends when the text has left; also when it cannot any more. */
  send(text: string): Promise<void>;
  close(code: number, reason: string): void;
  /** Bytes that the client has not taken yet. */
  bytesWaiting(): number;
}

/** One client's conversation. */
export interface SocketSession {
  take(text: string): void;
  /** The socket is closed. */
  end(): void;
  /** Operations that have not ended. */
  underWay(): number;
}

/**
 * Speaks graphql-transport-ws with one client, by the messages of graphql-ws. Its server is not used for two reasons: results
 * are text here and stay it; and an operation ends at once when its client ends it, not at its next event.
 */
export function createSocketSession(line: SocketLine, parts: StreamParts): SocketSession {
  const operations = new Map<string, AbortController>();
  let asker: Asker = { caller: undefined };
  let stage: 'new' | 'greeting' | 'open' = 'new';
  const timer = setTimeout(() => {
    line.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
  }, parts.streams.heartbeat);

  function greet(params: unknown): void {
    if (stage !== 'new') {
      return line.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
    }
    stage = 'greeting';
    clearTimeout(timer);
    try {
      asker = parts.askerOf({ ...line.headers, ...headersIn(params) });
    } catch {
      return line.close(CloseCode.Forbidden, 'Forbidden');
    }
    stage = 'open';
    void line.send(stringifyMessage({ type: MessageType.ConnectionAck }));
  }

  function start(id: string, payload: SubscribePayload): void {
    if (stage !== 'open') return line.close(CloseCode.Unauthorized, 'Unauthorized');
    if (operations.has(id)) {
      return line.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    }
    const ending = new AbortController();
    operations.set(id, ending);
    const isOver = (): boolean => operations.get(id) !== ending;
    void answer(line, parts, { id, payload, asker, count: operations.size, signal: ending.signal, isOver }).finally(
      () => {
        if (!isOver()) operations.delete(id);
      },
    );
  }

  function stop(id: string): void {
    const ending = operations.get(id);
    operations.delete(id);
    ending?.abort();
  }

  return {
    take(text) {
      const message = readMessage(text);
      switch (message?.type) {
        case undefined:
          return line.close(CloseCode.BadRequest, 'Invalid message received');
        case MessageType.ConnectionInit:
          return greet(message.payload);
        case MessageType.Subscribe:
          return start(message.id, message.payload);
        case MessageType.Complete:
          return stop(message.id);
        case MessageType.Ping:
          return void line.send(stringifyMessage({ ...message, type: MessageType.Pong }));
        case MessageType.Pong:
          return undefined;
        case MessageType.ConnectionAck:
        case MessageType.Next:
        case MessageType.Error:
          return line.close(CloseCode.BadRequest, `A client sends no ${message.type}`);
      }
    },
    end() {
      clearTimeout(timer);
      for (const id of operations.keys()) stop(id);
    },
    underWay: () => operations.size,
  };
}

/** One operation of a session. */
interface SocketOperation {
  readonly id: string;
  readonly payload: SubscribePayload;
  readonly asker: Asker;
  /** How many operations the session has with this one. */
  readonly count: number;
  /** Aborts when the client ends the operation, or is gone. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
}

/** Answers an operation to its end. The next result is asked for when the one before has left. */
async function answer(line: SocketLine, parts: StreamParts, operation: SocketOperation): Promise<void> {
  const { id, signal, isOver } = operation;
  const requestId = crypto.randomUUID();
  const present = createErrorPresenter(parts.errors, requestId);
  const fail = (errors: readonly GraphQLError[]): Promise<void> =>
    line.send(stringifyMessage({ id, type: MessageType.Error, payload: present(errors) }));
  const deadline = startDeadline(parts.requestTimeout);
  signal.addEventListener('abort', () => deadline.cancel(), { once: true });
  try {
    const read = readOperation(line, parts, operation);
    for await (const result of runStream(
      parts.pipeline,
      read,
      contextsOf(parts, operation, requestId, deadline.signal),
    )) {
      if (isOver()) return;
      if (result.text === undefined) return await fail(result.errors ?? []);
      await line.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${writeResult(result, present)}}`);
    }
    if (!isOver()) await line.send(stringifyMessage({ id, type: MessageType.Complete }));
  } catch (error) {
    if (!isOver()) await fail([toGraphqlError(error)]);
  } finally {
    deadline.end();
  }
}

function readOperation(line: SocketLine, parts: StreamParts, { payload, count }: SocketOperation): StreamRequest {
  const { maxSubscriptions, maxBufferedBytes } = parts.streams;
  if (count > maxSubscriptions) {
    throw catalogueError('TOO_MANY_SUBSCRIPTIONS', {
      message: `This connection already has ${maxSubscriptions} subscriptions, as many as it may have.`,
      messageZh: `该连接已有 ${maxSubscriptions} 个订阅，已达上限。`,
    });
  }
  if (line.bytesWaiting() > maxBufferedBytes) throw catalogueError('SUBSCRIPTION_TOO_SLOW');
  refuseNesting([payload], parts.limits);
  return readStreamRequest(payload, parts.limits);
}

function contextsOf(
  { businessTime, requestTimeout }: StreamParts,
  { asker, signal }: SocketOperation,
  requestId: string,
  untilDeadline: AbortSignal,
): StreamContexts {
  return {
    single: () => ({ requestId, ...asker, businessTime: businessTime(), signal: untilDeadline }),
    stream: () => ({ requestId, ...asker, businessTime, signal, eventTimeout: requestTimeout }),
  };
}

function readMessage(text: string) {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}

/** Browsers cannot set headers of a WebSocket: what they would say in headers, they say in the first message. */
function headersIn(params: unknown): RequestHeaders {
  const said = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  const headers: Record<string, string> = {};
  for (const [name, value] of said) if (typeof value === 'string') headers[name.toLowerCase()] = value;
  return headers;
}
