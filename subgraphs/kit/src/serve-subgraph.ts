import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import {
  callerTokenHeader,
  catalogueError,
  errorCatalogue,
  toClientError,
  type CallerClaims,
  type CallerVerifier,
  type ErrorCode,
} from '@hutong/schema';
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Seeding } from './clock.ts';
import type { ErrorEvent, Subgraph, SubgraphResponse } from './create-subgraph.ts';
import type { RefusedChange } from './relay/inbox.ts';
import { inboxPath, openSignedPage } from './relay/signed-pages.ts';
import { serverTimeouts } from './server-timeouts.ts';

/** What a subgraph needs to be a server of its own. */
export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Checks the caller token of every request (architecture.md §6). */
  readonly verifyCaller: CallerVerifier;
  /** Rejects while the subgraph cannot answer, for example because its database is away; asked by GET /ready. */
  readonly checkReady?: () => Promise<void>;
  /** When the demo data were written; GET /ready tells it, for the gateway's business clock. */
  readonly seeding?: Seeding;
  /** Seconds that the other subgraphs are behind with this one's changes; GET /ready tells it. */
  readonly lag?: () => Readonly<Record<string, number | null>>;
  /** Changes that others could not take in, and behind which they wait; GET /ready tells them. */
  readonly refused?: () => Readonly<Record<string, RefusedChange>>;
  /** Longest request body, bytes; an `_entities` batch may be long. */
  readonly bodyLimit?: number;
  /** Longest time a request may take to arrive whole, milliseconds. */
  readonly receiveTimeout?: number;
}

/** A subgraph that answers over HTTP. */
export interface SubgraphServer {
  /** Address of the graph, such as http://127.0.0.1:4001/graphql. */
  readonly url: string;
  /**
   * Says at /ready that it stops, and takes requests until the delay is over; then accepts no more, waits for requests in
   * flight at most the drain time (milliseconds), and cuts them.
   */
  stop(drainTime: number, delay?: number): Promise<void>;
}

interface Context {
  readonly claims: CallerClaims;
}

const faults = channel('hutong:error');

type ApolloGateway = ApolloServerOptionsWithGateway<Context>['gateway'];

/**
 * Serves a subgraph: POST /graphql, refused with 401 without a caller token made for this subgraph; POST /changes, the inbox for
 * signed pages of the others' change logs; GET /live and /ready.
 * Rejects with the system's error when the port cannot be had.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<SubgraphServer> {
  const app = fastify({
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 16 * 1_048_576,
    ...serverTimeouts({ receiveTimeout: options.receiveTimeout ?? 15_000, answerTimeout: 60_000 }),
    return503OnClosing: false,
    // A busy machine may take its time to start; nobody is served before.
    pluginTimeout: 0,
  });
  app.removeContentTypeParser('text/plain');
  const answerError = createErrorAnswer(subgraph.name);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(catalogueError('ROUTE_NOT_FOUND'), request, reply));
  const { stop, isStopping } = drainable(app);
  openHealthRoutes(app, subgraph.name, options, isStopping);
  await openGraphRoute(app, subgraph, options.verifyCaller);
  await openInboxRoute(app, subgraph, options.verifyCaller);
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/graphql`, stop };
}

async function openGraphRoute(app: FastifyInstance, subgraph: Subgraph, verifyCaller: CallerVerifier): Promise<void> {
  const apollo = new ApolloServer<Context>({
    gateway: executionOf(subgraph),
    // Every request carries a token in a header of our own, which a page of another origin cannot send.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    introspection: false,
    stopOnTerminationSignals: false,
    formatError: (formatted) => formatted,
    plugins: [documentFaults(subgraph.name), ...disabledPlugins()],
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const claims = new WeakMap<FastifyRequest, CallerClaims>();
  app.route({
    method: 'POST',
    url: '/graphql',
    onRequest: async (request) => {
      claims.set(request, await claimsOf(request, subgraph.name, verifyCaller));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => {
        const known = claims.get(request);
        if (known === undefined) throw catalogueError('UNAUTHENTICATED');
        return { claims: known };
      },
    }),
  });
}

/** Takes in changes of the other subgraphs, each page signed by its relay. */
async function openInboxRoute(app: FastifyInstance, subgraph: Subgraph, verifyCaller: CallerVerifier): Promise<void> {
  await app.register(async (route) => {
    route.removeContentTypeParser('application/json');
    route.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    const claims = new WeakMap<FastifyRequest, CallerClaims>();
    route.post<{ Body: string }>(
      inboxPath,
      // A body is read only of who has a token; that it is the body of this token is seen then.
      { onRequest: async (request) => void claims.set(request, await claimsOf(request, subgraph.name, verifyCaller)) },
      async (request) => {
        const known = claims.get(request);
        const page = known === undefined ? undefined : openSignedPage(request.body, known);
        if (page === undefined) throw catalogueError('UNAUTHENTICATED');
        return subgraph.takeIn(page);
      },
    );
  });
}

/** The gateway wrote the document: where Apollo Server refuses it, the log must say why. */
function documentFaults(subgraph: string): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue }) {
        for (const cause of errors) {
          if (!documentRefusals.has(cause.extensions['code'])) continue;
          publishFault({ subgraph, requestId: contextValue.claims.requestId, cause });
        }
      },
    }),
  };
}

const documentRefusals: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** Apollo Server reads and checks the request; `subgraph.execute` answers it, as it does in process. */
function executionOf(subgraph: Subgraph): ApolloGateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: subgraph.schema, coreSupergraphSdl: subgraph.sdl });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ source, operationName, request, context }) => {
        const { claims }: Partial<Context> = context;
        if (claims === undefined) throw catalogueError('UNAUTHENTICATED');
        const named = operationName === null ? {} : { operationName };
        try {
          return toExecutionResult(
            await subgraph.execute({ query: source, variables: request.variables ?? {}, ...named }, claims),
          );
        } catch (cause) {
          publishFault({ subgraph: subgraph.name, requestId: claims.requestId, cause });
          throw catalogueError('INTERNAL_SERVER_ERROR');
        }
      },
    }),
    stop: async () => undefined,
  };
}

/** The subgraph's errors are safe already; Apollo Server wants them as objects of its own kind. */
function toExecutionResult({ data, errors }: SubgraphResponse): ExecutionResult<Record<string, unknown>> {
  return {
    ...(data === undefined ? {} : { data: data === null ? null : { ...data } }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map(
            ({ message, path, extensions }) =>
              new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
          ),
        }),
  };
}

async function claimsOf(
  request: FastifyRequest,
  subgraph: string,
  verifyCaller: CallerVerifier,
): Promise<CallerClaims> {
  const token = request.headers[callerTokenHeader];
  const sentence = {
    message: 'The request carries no valid caller token for this subgraph.',
    messageZh: '请求未携带对本子图有效的调用方令牌。',
  };
  if (typeof token !== 'string') throw catalogueError('UNAUTHENTICATED', sentence);
  try {
    const claims = await verifyCaller(subgraph, token);
    if (claims.requestId !== request.headers['x-request-id']) throw new Error('The token is of another request.');
    return claims;
  } catch (cause) {
    throw catalogueError('UNAUTHENTICATED', { ...sentence, cause });
  }
}

function openHealthRoutes(
  app: FastifyInstance,
  name: string,
  { checkReady, seeding, lag, refused }: ServeOptions,
  isStopping: () => boolean,
): void {
  app.get('/live', async () => ({ status: 'live', subgraph: name }));
  app.get('/ready', async (_request, reply) => {
    const refuse = (status: string, code: ErrorCode): FastifyReply => {
      const { message, extensions } = toClientError(catalogueError(code));
      return reply.code(503).send({ status, subgraph: name, errors: [{ message, extensions }] });
    };
    if (isStopping()) return refuse('stopping', 'SHUTTING_DOWN');
    try {
      await checkReady?.();
      const relay = lag?.() ?? {};
      const stuck = refused?.() ?? {};
      return {
        status: 'ready',
        subgraph: name,
        ...(seeding === undefined ? {} : { seeding }),
        ...(Object.keys(relay).length === 0 ? {} : { secondsBehind: relay }),
        ...(Object.keys(stuck).length === 0 ? {} : { refusedChanges: stuck }),
      };
    } catch {
      return refuse('not ready', 'SUBGRAPH_UNAVAILABLE');
    }
  });
}

function createErrorAnswer(subgraph: string) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { message, extensions } = toClientError(httpFault(thrown));
    const { code } = extensions;
    if (code === 'INTERNAL_SERVER_ERROR') publishFault({ subgraph, requestId: request.id, cause: thrown });
    void reply
      .code(errorCatalogue[code].status)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [{ message, extensions }] }));
  };
}

function publishFault(event: ErrorEvent): void {
  faults.publish(event);
}

function httpFault(thrown: unknown): unknown {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (status === 413) return catalogueError('PAYLOAD_TOO_LARGE');
  if (status === 415) return catalogueError('UNSUPPORTED_MEDIA_TYPE');
  return typeof status === 'number' && status >= 400 && status < 500 ? catalogueError('BAD_REQUEST') : thrown;
}

function drainable(app: FastifyInstance): Pick<SubgraphServer, 'stop'> & { readonly isStopping: () => boolean } {
  let stopping = false;
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) void reply.header('connection', 'close');
  });
  const stop: SubgraphServer['stop'] = async (drainTime, delay = 0) => {
    stopping = true;
    await pause(delay);
    const timer = setTimeout(() => app.server.closeAllConnections(), drainTime);
    await app.close();
    clearTimeout(timer);
  };
  return { stop, isStopping: () => stopping };
}

function disabledPlugins(): ApolloServerPlugin<Context>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
