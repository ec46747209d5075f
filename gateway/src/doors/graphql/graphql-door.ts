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
import { catalogueError, presentError, type ErrorPolicy } from '../../errors.ts';
import type { Pipeline } from '../../pipeline.ts';
import { answerStatusPlugin } from './answer-status.ts';
import { createApolloHandler } from './apollo-handler.ts';
import { nestingOf } from './nesting.ts';
import { createPipelineGateway, type DoorContext } from './pipeline-gateway.ts';
import { stringifyResult } from './result-text.ts';

/** What the GraphQL door is made of. */
export interface GraphqlDoorParts {
  readonly pipeline: Pipeline;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly errors: ErrorPolicy;
  readonly limits: DocumentLimits;
}

/** What a document may be, to be read at all. */
export interface DocumentLimits {
  readonly maxTokens: number;
  /** Brackets of arguments stand between selection sets, so they may stand twice as deep. */
  readonly maxDepth: number;
}

/**
 * Opens POST and GET /graphql (GraphQL over HTTP): Apollo Server 5, with the pipeline in place of its gateway.
 *
 * Apollo Server's prevention of cross-site request forgery is off, for three reasons that must stay true: who is asking comes
 * from a header that pages of other origins cannot set, never from a cookie; only application/json is read, which such pages
 * cannot send without asking first, and nobody answers them; GET runs queries only. So GET works from a browser's address bar.
 */
export async function openGraphqlDoor(fastify: FastifyInstance, parts: GraphqlDoorParts): Promise<void> {
  const apollo = new ApolloServer<DoorContext>({
    gateway: createPipelineGateway(parts.pipeline),
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: parts.limits.maxTokens },
    stopOnTerminationSignals: false,
    stringifyResult,
    formatError: (_formatted, error) => presentError(error, parts.errors),
    plugins: [answerStatusPlugin(parts.errors), ...disabledPlugins()],
  });
  await apollo.start();
  fastify.addHook('onClose', () => apollo.stop());
  fastify.route({
    // Apollo Server answers the others 405 with the `allow` header (GraphQL over HTTP §5).
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    preHandler: async ({ body, query }) => refuseNesting([body, query], 2 * parts.limits.maxDepth),
    onSend: async (request, reply, payload) => (reply.statusCode < 400 ? payload : withRequestId(payload, request.id)),
    handler: createApolloHandler(apollo, (request) => ({ request: parts.contextOf(request) })),
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

/** Refuses a text so deep that parsing and validating it might exhaust the stack, before either starts. */
function refuseNesting(sources: readonly unknown[], maxNesting: number): void {
  for (const source of sources) {
    const text: unknown = typeof source === 'object' && source !== null && 'query' in source ? source.query : undefined;
    if (typeof text !== 'string' || nestingOf(text) <= maxNesting) continue;
    throw catalogueError('QUERY_TOO_COSTLY', {
      message: `The brackets of the document stand more than ${maxNesting} levels deep.`,
      messageZh: `文档的括号嵌套超过 ${maxNesting} 层。`,
    });
  }
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
