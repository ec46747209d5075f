import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { startDeadline, type Asker, type RequestContext } from './context.ts';
import { openConsoleDoor } from './doors/console/console-door.ts';
import { openPersonasDoor } from './doors/console/personas-door.ts';
import { openSchemaDoor } from './doors/console/schema-door.ts';
import { openGraphqlDoor, type DocumentLimits, type StreamLimits } from './doors/graphql/graphql-door.ts';
import { openMetricsDoor } from './doors/metrics/metrics-door.ts';
import { openHealthDoor, type CheckSubgraphs } from './doors/health/health-door.ts';
import { catalogueError, errorCatalogue, publishFault, refusal, type ErrorPolicy } from './errors.ts';
import { serverTimeouts, toListenError, type ListenPlace } from '@hutong/kit';
import { logEvents } from './observability/log-events.ts';
import { collectMetrics } from './observability/metrics.ts';
import { traceEvents } from './observability/tracing.ts';
import type { Pipeline } from './pipeline.ts';
import { personaHeader, type Authentication, type RequestHeaders } from './policy/authentication/authentication.ts';
import type { Persona } from './policy/personas.ts';

/** What the HTTP server is made of. */
export interface HttpServerParts {
  readonly pipeline: Pipeline;
  readonly authentication: Authentication;
  readonly businessTime: () => string;
  readonly checkSubgraphs: CheckSubgraphs;
  readonly errors: ErrorPolicy;
  /** Shown to the page's menu; only in the demo. The first is who asks when a request names nobody. */
  readonly personas?: readonly Persona[];
  /** Where the built page is, if anywhere. */
  readonly consoleDirectory?: string;
  readonly requestTimeout: number;
  /** Names of the headers that subgraphs get too, in small letters. */
  readonly forwardHeaders: readonly string[];
  readonly bodyLimit: number;
  readonly limits: DocumentLimits;
  readonly streams: StreamLimits;
  readonly receiveTimeout: number;
  readonly logLevel: string;
  /** Whether GET /metrics tells numbers to Prometheus. */
  readonly metrics: boolean;
  /** Whether spans are made (OpenTelemetry). */
  readonly tracing: boolean;
}

/** A server that accepts requests from `listen` to `stop`. */
export interface HttpServer {
  /** Starts to accept requests and gives the address, such as http://127.0.0.1:4000; throws `ListenError`. */
  listen(place: ListenPlace): Promise<string>;
  /** Whether a page is served at `/`. */
  readonly hasConsole: boolean;
  /** Resolves when the requests that are in flight now have ended. */
  requestsEnd(): Promise<void>;
  /** After the delay accepts no more, waits for requests in flight at most so long, then cuts them; gives how many were cut. */
  stop(drainTime: number, delay: number): Promise<number>;
}

/** Puts the doors together (the route table) with what they all need: authentication, deadline, request id, errors. */
export async function createHttpServer(parts: HttpServerParts): Promise<HttpServer> {
  const app = fastify({
    logger: parts.logLevel === 'silent' ? false : { level: parts.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    // What is logged of a request names it itself (observability/log-events.ts).
    childLoggerFactory: (logger) => logger,
    bodyLimit: parts.bodyLimit,
    ...serverTimeouts({ receiveTimeout: parts.receiveTimeout, answerTimeout: parts.requestTimeout }),
    return503OnClosing: false,
    // A busy machine may take its time to start; nobody is served before.
    pluginTimeout: 0,
  });
  const lifetime = trackLifetime(app);
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(catalogueError('ROUTE_NOT_FOUND'), request, reply));
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
  const { metrics, traceHeaders } = openObservers(app, parts);
  if (metrics) openMetricsDoor(app, metrics);

  openHealthDoor(app, { checkSubgraphs: parts.checkSubgraphs, isStopping: lifetime.isStopping });
  if (parts.personas !== undefined) {
    openPersonasDoor(
      app,
      parts.personas.map(({ caller, ...view }) => ({ ...view, role: caller.role })),
    );
  }
  openSchemaDoor(app, () => parts.pipeline.graph().schema);
  await app.register(async (doors) => {
    doors.addHook('onRequest', (request, reply, done) => {
      contexts.set(request, beginRequest(request, reply, { ...parts, traceHeaders }));
      done();
    });
    await openGraphqlDoor(doors, {
      pipeline: parts.pipeline,
      errors: parts.errors,
      limits: parts.limits,
      streams: parts.streams,
      askerOf: (headers) => readAsker(headers, { ...parts, traceHeaders }),
      businessTime: parts.businessTime,
      requestTimeout: parts.requestTimeout,
      bodyLimit: parts.bodyLimit,
      contextOf: (request) => known(contexts.get(request)),
    });
  });
  const { consoleDirectory } = parts;
  const hasConsole = consoleDirectory !== undefined && (await openConsoleDoor(app, consoleDirectory));
  const { requestsEnd, stop } = lifetime;
  return { hasConsole, listen: (place) => listen(app, place), requestsEnd, stop };
}

/** Logs, counts and traces, as far as wanted, until the server is closed. */
function openObservers(app: FastifyInstance, parts: HttpServerParts) {
  const endLog = logEvents(app.log);
  const metrics = parts.metrics ? collectMetrics() : undefined;
  const tracing = parts.tracing ? traceEvents() : undefined;
  app.addHook('onClose', async () => {
    endLog();
    metrics?.end();
    tracing?.end();
  });
  return { metrics, traceHeaders: tracing?.headers ?? [] };
}

/** What is read of the headers of every request. */
interface HeaderReading extends Pick<HttpServerParts, 'authentication' | 'forwardHeaders'> {
  /** Names of the headers that tell of traces; none where there are none. */
  readonly traceHeaders: readonly string[];
}

function beginRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HeaderReading & Pick<HttpServerParts, 'businessTime' | 'requestTimeout'>,
): RequestContext {
  const { businessTime, requestTimeout } = parts;
  void reply.header('cache-control', 'no-store');
  const asker = readAsker(request.headers, parts);
  const deadline = startDeadline(requestTimeout);
  reply.raw.once('close', () => {
    deadline.end();
    if (!reply.raw.writableFinished) deadline.cancel();
  });
  let time: string | undefined;
  return {
    requestId: request.id,
    // Read where somebody wants it, and the same from then on.
    get businessTime() {
      return (time ??= businessTime());
    },
    signal: deadline.signal,
    ...asker,
  };
}

/** What headers say about who asks; throws UNAUTHENTICATED. */
function readAsker(headers: RequestHeaders, { authentication, forwardHeaders, traceHeaders }: HeaderReading): Asker {
  const caller = authentication(headers);
  return {
    caller,
    ...(forwardHeaders.length === 0 ? {} : { forwardedHeaders: pickHeaders(headers, forwardHeaders) }),
    ...(traceHeaders.length === 0 ? {} : { traceHeaders: pickHeaders(headers, traceHeaders) }),
  };
}

function pickHeaders(headers: RequestHeaders, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return picked;
}

function known(context: RequestContext | undefined): RequestContext {
  if (context === undefined) throw new TypeError('A door was entered before its request had a context.');
  return context;
}

/** Answers what was thrown before or outside GraphQL, in the form of GraphQL's errors, with the catalogue's status. */
function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = httpFault(thrown);
  const body = refusal(error, request.id);
  const code = body.errors[0]?.extensions?.['code'];
  if (code === 'INTERNAL_SERVER_ERROR') publishFault({ requestId: request.id, subgraph: 'gateway', cause: thrown });
  if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', `HutongPersona header="${personaHeader}"`);
  void reply.code(statusOf(code)).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function statusOf(code: unknown): number {
  const entry = Object.entries(errorCatalogue).find(([name]) => name === code);
  return entry?.[1].status ?? errorCatalogue.INTERNAL_SERVER_ERROR.status;
}

/** Fastify's own refusals (body too large, not JSON, wrong type) as errors of the catalogue. */
function httpFault(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const status = 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (status === 413) return catalogueError('PAYLOAD_TOO_LARGE');
  if (status === 415) return catalogueError('UNSUPPORTED_MEDIA_TYPE');
  const isClientFault = typeof status === 'number' && status >= 400 && status < 500;
  const isBadHost = 'code' in thrown && thrown.code === 'ERR_INVALID_URL';
  return isClientFault || isBadHost ? catalogueError('BAD_REQUEST') : thrown;
}

/** Connections that wait to be accepted at most, if the system allows so many; by default a burst of 512 loses some. */
const backlog = 4_096;

async function listen(app: FastifyInstance, { host, port }: ListenPlace): Promise<string> {
  try {
    await app.listen({ host, port, backlog, listenTextResolver: (address) => `listening at ${address}` });
  } catch (error) {
    await app.close();
    throw toListenError(error, { host, port });
  }
  const address: AddressInfo | string | null = app.server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

/** Knows how many requests are in flight, and ends the server without dropping them as long as the time allows. */
function trackLifetime(app: FastifyInstance): {
  readonly isStopping: () => boolean;
  readonly requestsEnd: HttpServer['requestsEnd'];
  readonly stop: HttpServer['stop'];
} {
  let stopping = false;
  const inFlight = new Set<ServerResponse>();
  app.addHook('onRequest', (_request, { raw }, done) => {
    inFlight.add(raw);
    raw.once('close', () => inFlight.delete(raw));
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  return {
    isStopping: () => stopping,
    requestsEnd: async () => {
      await Promise.all([...inFlight].map((raw) => new Promise((resolve) => raw.once('close', resolve))));
    },
    stop: async (drainTime, delay) => {
      stopping = true;
      await pause(delay);
      let cut = 0;
      const timer = setTimeout(() => {
        cut = inFlight.size;
        app.server.closeAllConnections();
      }, drainTime);
      await app.close();
      clearTimeout(timer);
      return cut;
    },
  };
}
