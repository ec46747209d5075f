import { Readable } from 'node:stream';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../context.ts';
import type { DoorContext } from './pipeline-gateway.ts';
import { piecesOf } from './result-text.ts';

/** The headers that Apollo Server and our plugins of it read. */
const headersRead = ['accept', 'content-type'] as const;

/** Hands requests of Fastify to Apollo Server. */
export function createApolloHandler(
  apollo: ApolloServer<DoorContext>,
  contextOf: (request: FastifyRequest) => RequestContext,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string | Buffer | Readable> => {
    const headers = new HeaderMap();
    for (const name of headersRead) {
      const value = request.headers[name];
      if (value !== undefined) headers.set(name, value);
    }
    const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const context: DoorContext = { request: contextOf(request), beside: { result: undefined } };
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { body: request.body, method: request.method, headers, search },
      context: async () => context,
    });
    for (const [name, value] of answer.headers) void reply.header(name, value);
    void reply.code(answer.status ?? 200);
    if (answer.body.kind === 'chunked') {
      throw new TypeError('Apollo Server answers in one piece here: what is incremental does not come to it.');
    }
    const { result } = context.beside;
    const rest = answer.body.string;
    // What is refused after it ran (406: no such media type) goes out without its data.
    if (!result || !hasSucceeded(answer.status)) return rest;
    const { body, bytes } = result;
    if (!body || rest !== '{}') return Readable.from(piecesOf(rest, result));
    if (bytes <= sentAtOnce) return Buffer.concat(body);
    void reply.header('content-length', bytes);
    return Readable.from(body);
  };
}

function hasSucceeded(status = 200): boolean {
  return status < 400;
}

/** Bytes that are put together to be sent; more go out in the pieces they are in. */
const sentAtOnce = 1_048_576;
