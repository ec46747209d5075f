import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseStream, type StreamChoice } from './choose-stream.ts';
import { eventStreamHeartbeat, eventStreamType, writeEventStream } from './event-stream.ts';
import { multipartHeartbeat, multipartSubscriptionType, writeMultipartSubscription } from './multipart.ts';
import { createErrorPresenter, writeResult, type StreamResult } from './present-result.ts';
import { runStream, type StreamContexts } from './run-stream.ts';
import type { StreamParts } from './stream-parts.ts';
import type { StreamRequest } from './stream-request.ts';
import { openWebSockets } from './web-sockets.ts';
import { withHeartbeats } from './with-heartbeats.ts';
import { partsType, writeParts } from './write-parts.ts';

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

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * Opens the streams of /graphql. The function it gives answers what needs a stream (`chooseStream`); everything else, and what
 * is refused before it runs, is left to the door's own way.
 */
export function openStreams(
  fastify: FastifyInstance,
  parts: StreamParts,
  answerOnce: Answer,
): (request: FastifyRequest, reply: FastifyReply) => unknown {
  const closeWebSockets = openWebSockets(fastify.server, parts);
  fastify.addHook('preClose', async () => {
    parts.pipeline.endSubscriptions();
    await closeWebSockets();
  });
  return (request, reply) => {
    const choice = chooseStream(request, parts.limits);
    switch (choice?.kind) {
      case undefined:
        return answerOnce(request, reply);
      case 'EventStream':
        return sendResults(reply, eventStream, choice.read, parts);
      case 'Multipart':
        return sendResults(reply, multipartSubscription, choice.read, parts);
      case 'Parts':
        return sendParts(reply, choice, parts, answerOnce);
    }
  };
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

function sendResults(
  reply: FastifyReply,
  { type, heartbeat, write }: StreamProtocol,
  read: StreamRequest,
  parts: StreamParts,
): FastifyReply {
  const present = createErrorPresenter(parts.errors, reply.request.id);
  const results = runStream(parts.pipeline, read, contextsOf(parts, reply.request, reply));
  const pieces = write(results, (result) => writeResult(result, present));
  return sendPieces(reply, type, withHeartbeats(pieces, { text: heartbeat, interval: parts.streams.heartbeat }));
}

/** Answers an operation with `@defer`. One that was refused is answered as without. */
async function sendParts(
  reply: FastifyReply,
  { read, format }: Extract<StreamChoice, { readonly kind: 'Parts' }>,
  { pipeline, contextOf, errors }: StreamParts,
  answerOnce: Answer,
): Promise<unknown> {
  const { document, operationName, variables, explain } = read;
  const named = operationName === undefined ? {} : { operationName };
  const operation = { schema: pipeline.graph().schema, document, variables, explain, ...named };
  const result = await pipeline.runInParts(operation, contextOf(reply.request));
  if (!result.first.isExecuted) return answerOnce(reply.request, reply);
  const present = createErrorPresenter(errors, reply.request.id);
  return sendPieces(reply, partsType(format), writeParts(result, format, present));
}

/** Sends pieces as they come, and no faster than the client takes them. */
function sendPieces(reply: FastifyReply, type: string, pieces: AsyncGenerator<string>): FastifyReply {
  // Proxies that collect an answer before they pass it on are asked not to.
  return reply
    .headers({ 'content-type': type, 'x-accel-buffering': 'no' })
    .send(Readable.from(pieces, { objectMode: false, highWaterMark: 1 }));
}
