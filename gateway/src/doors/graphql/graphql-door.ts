import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../context.ts';
import { presentError, type ErrorPolicy } from '../../errors.ts';
import type { Pipeline } from '../../pipeline.ts';
import { answerStatusPlugin } from './answer-status.ts';
import { createApolloHandler } from './apollo-handler.ts';
import { createPipelineGateway, type DoorContext } from './pipeline-gateway.ts';
import { type DocumentLimits, refuseNesting } from './refuse-nesting.ts';
import { stringifyResult } from './result-text.ts';
import { openStreams } from './streams/open-streams.ts';
import type { StreamParts } from './streams/stream-parts.ts';

export type { DocumentLimits } from './refuse-nesting.ts';
export type { StreamLimits } from './streams/stream-parts.ts';

/** What the GraphQL door is made of. */
export interface GraphqlDoorParts extends StreamParts {
  readonly pipeline: Pipeline;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly errors: ErrorPolicy;
  readonly limits: DocumentLimits;
}

/**
 * Opens POST and GET /graphql (GraphQL over HTTP): Apollo Server 5, with the pipeline in place of its gateway; beside it, what
 * Apollo Server cannot answer, streams, and what it need not see again (`apollo-handler.ts`).
 *
 * Apollo Server's prevention of cross-site request forgery is off, for three reasons that must stay true: who is asking comes
 * from a header that pages of other origins cannot set, never from a cookie; only application/json is read, which such pages
 * cannot send without asking first, and nobody answers them; GET runs queries only. So GET works from a browser's address bar.
 */
export async function openGraphqlDoor(fastify: FastifyInstance, parts: GraphqlDoorParts): Promise<void> {
  const apollo = new ApolloServer<DoorContext>({
    gateway: createPipelineGateway(parts.pipeline),
    csrfPrevention: false,
    // The pipeline validates, once per operation; it knows what must be refused before that.
    dangerouslyDisableValidation: true,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    parseOptions: { maxTokens: parts.limits.maxTokens },
    stopOnTerminationSignals: false,
    stringifyResult,
    formatError: (_formatted, error) => presentError(error, parts.errors),
    plugins: [answerStatusPlugin(parts.errors), ...disabledPlugins()],
  });
  await apollo.start();
  fastify.addHook('onClose', () => apollo.stop());
  const answerOnce = createApolloHandler({ apollo, pipeline: parts.pipeline, contextOf: parts.contextOf });
  fastify.route({
    // Apollo Server answers the others 405 with the `allow` header (GraphQL over HTTP §5).
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    preHandler: ({ body, query }, _reply, done) => {
      refuseNesting([body, query], parts.limits);
      done();
    },
    onSend: (request, reply, payload, done) => {
      done(null, reply.statusCode < 400 ? payload : withRequestId(payload, request.id));
    },
    handler: openStreams(fastify, parts, answerOnce),
  });
}

/** What Apollo Server refuses before there is a context, it answers without the request id. */
function withRequestId(payload: unknown, requestId: string): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('{"errors":') || payload.includes(requestId)) return payload;
  const { errors }: { readonly errors: readonly object[] } = JSON.parse(payload);
  const named = errors.map((error) => {
    const { extensions, ...rest } = Object(error);
    return { ...rest, extensions: { ...extensions, requestId } };
  });
  return JSON.stringify({ errors: named });
}

/** Nothing is reported to anybody, and no page of another origin is loaded; caching is the server's matter. */
function disabledPlugins(): ApolloServerPlugin<DoorContext>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
