import { Readable } from 'node:stream';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../context.ts';
import type { OperationResult, Pipeline } from '../../pipeline.ts';
import type { DoorContext } from './pipeline-gateway.ts';
import { piecesOf, textOf } from './result-text.ts';
import { type UsualRequest, createUsualRequests } from './usual-requests.ts';

/** The headers that Apollo Server and our plugins of it read. */
const headersRead = ['accept', 'content-type'] as const;

/** What answers requests of Fastify. */
export interface ApolloHandlerParts {
  readonly apollo: ApolloServer<DoorContext>;
  readonly pipeline: Pipeline;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

type Payload = string | Buffer | Readable;

/**
 * Hands requests of Fastify to Apollo Server. Of a usual one (`usual-requests.ts`) it would only look up again what it did
 * the last time: that goes to the pipeline at once. If the answer is more than data, Apollo Server puts it into words.
 */
export function createApolloHandler({ apollo, pipeline, contextOf }: ApolloHandlerParts) {
  const usualRequests = createUsualRequests();

  async function askApollo(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome?: Promise<OperationResult>,
  ): Promise<Payload> {
    const context: DoorContext = { request: contextOf(request), beside: { outcome } };
    const { beside } = context;
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: requestFor(request),
      context: async () => context,
    });
    for (const [name, value] of answer.headers) void reply.header(name, value);
    void reply.code(answer.status ?? 200);
    if (answer.body.kind === 'chunked') {
      throw new TypeError('Apollo Server answers in one piece here: what is incremental does not come to it.');
    }
    // What is refused after it ran (406: no such media type) goes out without its data.
    if (!hasSucceeded(answer.status)) return answer.body.string;
    const contentType = answer.headers.get('content-type');
    if (beside.document && contentType !== undefined) usualRequests.remember(request, beside.document, contentType);
    return beside.result ? payloadOf(reply, beside.result, answer.body.string) : answer.body.string;
  }

  async function answerUsual(
    request: FastifyRequest,
    reply: FastifyReply,
    { operation, contentType }: UsualRequest,
  ): Promise<Payload> {
    const { schema } = pipeline.graph();
    const outcome = pipeline.run({ schema, ...operation }, contextOf(request));
    const result = await outcome.catch(() => undefined);
    if (!result?.hasData || result.errors || result.extensions) return askApollo(request, reply, outcome);
    void reply.header('content-type', contentType);
    return result.body || result.isLarge ? payloadOf(reply, result, '{}') : textOf(result);
  }

  return (request: FastifyRequest, reply: FastifyReply): Promise<Payload> => {
    const usual = usualRequests.find(request);
    return usual ? answerUsual(request, reply, usual) : askApollo(request, reply);
  };
}

function requestFor({ url, method, headers: given, body }: FastifyRequest) {
  const headers = new HeaderMap();
  for (const name of headersRead) {
    const value = given[name];
    if (value !== undefined) headers.set(name, value);
  }
  return { body, method, headers, search: url.includes('?') ? url.slice(url.indexOf('?')) : '' };
}

function hasSucceeded(status = 200): boolean {
  return status < 400;
}

/** A result whose data are not in the text of the rest. */
function payloadOf(reply: FastifyReply, result: OperationResult, rest: string): Payload {
  const { body, bytes } = result;
  if (!body || rest !== '{}') return Readable.from(piecesOf(rest, result));
  if (bytes <= sentAtOnce) return Buffer.concat(body);
  void reply.header('content-length', bytes);
  return Readable.from(body);
}

/** Bytes that are put together to be sent; more go out in the pieces they are in. */
const sentAtOnce = 1_048_576;
