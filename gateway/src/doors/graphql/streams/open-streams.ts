import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import { eventStreamHeartbeat, eventStreamType, writeEventStream } from './event-stream.ts';
import { multipartHeartbeat, multipartSubscriptionType, writeMultipartSubscription } from './multipart.ts';
import { createErrorPresenter, writeResult, type StreamResult } from './present-result.ts';
import { runStream, type StreamContexts } from './run-stream.ts';
import type { StreamParts } from './stream-parts.ts';
import { parametersOf, readStreamRequest, type GraphqlParameters, type StreamRequest } from './stream-request.ts';
import { openWebSockets } from './web-sockets.ts';
import { withHeartbeats } from './with-heartbeats.ts';

/** How a stream goes out. */
interface StreamProtocol {
  readonly type: string;
  readonly heartbeat: string;
  readonly write: (
    results: AsyncIterable<StreamResult>,
    write: (result: StreamResult) => string,
  ) => AsyncGenerator<string>;
}

const eventStream: StreamProtocol = { type: eventStreamType, heartbeat: eventStreamHeartbeat, write: writeEventStream };

const multipartSubscription: StreamProtocol = {
  type: multipartSubscriptionType,
  heartbeat: multipartHeartbeat,
  write: writeMultipartSubscription,
};

/**
 * Opens the streams of /graphql. The function it gives answers who accepts a stream and asks for what needs one; everybody
 * else is left to the door, and costs a look at the accept header.
 */
export function openStreams(fastify: FastifyInstance, parts: StreamParts) {
  const closeWebSockets = openWebSockets(fastify.server, parts);
  fastify.addHook('preClose', async () => {
    parts.pipeline.endSubscriptions();
    await closeWebSockets();
  });
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
    const { accept } = request.headers;
    if (accept === undefined) return undefined;
    const takesEvents = accept.includes('text/event-stream');
    if ((!takesEvents && !accept.includes('multipart/mixed')) || !['GET', 'POST'].includes(request.method)) {
      return undefined;
    }
    const isStreamOnly = takesEvents && !accept.includes('json') && !accept.includes('*/*');
    const parameters = parametersOf(request);
    if (!isStreamOnly && !mayNeedStream(parameters)) return undefined;
    const read = readStreamRequest(parameters, parts.limits);
    if (!isStreamed(read, request, isStreamOnly)) return undefined;
    const protocol = takesEvents && !accept.includes('subscriptionSpec') ? eventStream : multipartSubscription;
    return sendStream(reply, protocol, runStream(parts.pipeline, read, contextsOf(parts, request, reply)), parts);
  };
}

/** A look at the text: only if it finds something, the text is read. */
function mayNeedStream({ query }: GraphqlParameters): boolean {
  return typeof query === 'string' && query.includes('subscription');
}

/** Who takes nothing but a stream gets any operation as one; but GET runs no mutation (GraphQL over HTTP §5.3). */
function isStreamed({ kind }: StreamRequest, { method }: FastifyRequest, isStreamOnly: boolean): boolean {
  if (kind === OperationTypeNode.SUBSCRIPTION) return true;
  return isStreamOnly && (kind !== OperationTypeNode.MUTATION || method === 'POST');
}

/** A subscription has no deadline: only its client, the graph or the server ends it. */
function contextsOf(
  { contextOf, businessTime, requestTimeout }: StreamParts,
  request: FastifyRequest,
  reply: FastifyReply,
): StreamContexts {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const context = contextOf(request);
  return {
    single: () => context,
    stream: () => ({ ...context, signal: gone.signal, businessTime, eventTimeout: requestTimeout }),
  };
}

/** Sends pieces as they come, and no faster than the client takes them. */
function sendStream(
  reply: FastifyReply,
  { type, heartbeat, write }: StreamProtocol,
  results: AsyncIterable<StreamResult>,
  { errors, streams }: StreamParts,
): FastifyReply {
  const present = createErrorPresenter(errors, reply.request.id);
  const pieces = write(results, (result) => writeResult(result, present));
  const beating = withHeartbeats(pieces, { text: heartbeat, interval: streams.heartbeat });
  // Proxies that collect an answer before they pass it on are asked not to.
  return reply
    .headers({ 'content-type': type, 'x-accel-buffering': 'no' })
    .send(Readable.from(beating, { objectMode: false, highWaterMark: 1 }));
}
