import { attachScalars, toInstant, type Clock, type ListenPlace } from '@hutong/kit';
import { callerTokenHeader, type Caller, type CallerSigner } from '@hutong/schema';
import type { DocumentLimits, StreamLimits } from './doors/graphql/graphql-door.ts';
import type { CheckSubgraphs } from './doors/health/health-door.ts';
import {
  createEngine,
  createHttpTransport,
  createResilientTransport,
  createSubscriptionTransport,
  type CreatePlanner,
  type Engine,
  type HttpTransport,
  type OperationLimits,
  type SubscriptionTransport,
  type Transport,
} from './engine/index.ts';
import { createSuccession } from './graph-succession.ts';
import { createHttpServer } from './http-server.ts';
import { createPipeline } from './pipeline.ts';
import { createDemoAuthentication, openAuthentication } from './policy/authentication/authentication.ts';
import type { Persona } from './policy/personas.ts';
import { askReadiness, askTypenames, type ProbeHeaders } from './readiness.ts';
import { optionsOf, type SubgraphSettings } from './subgraph-options.ts';

/** Where the graph's data comes from. */
export type Sources =
  /** Somebody's subgraphs, at the addresses the supergraph names; they are told nothing of the caller. */
  | { readonly kind: 'foreign' }
  /** Our four subgraphs as servers of their own; every request carries a signed caller token. */
  | { readonly kind: 'distributed'; readonly urls: ReadonlyMap<string, string>; readonly signCaller: CallerSigner }
  /** Our four subgraphs in this process. */
  | {
      readonly kind: 'colocated';
      readonly transport: Transport;
      /** Absent as long as none of our subgraphs has a subscription. */
      readonly subscriptionTransport?: SubscriptionTransport;
      readonly checkSubgraphs: CheckSubgraphs;
    };

/** What a gateway is made of. */
export interface GatewayParts {
  readonly supergraphSdl: string;
  /** The API schema that composition made beside the supergraph, where both are our own committed files. */
  readonly apiSdl?: string;
  readonly sources: Sources;
  /** Makes what plans operations over a supergraph. */
  readonly createPlanner: CreatePlanner;
  /** The callers of the demo, the default one first; none for a foreign graph, which declares no policy. */
  readonly personas: readonly Persona[];
  /** Business time (architecture.md §4); it travels with every request. */
  readonly clock: Clock;
  readonly consoleDirectory?: string;
  readonly requestTimeout: number;
  /** What connections with streams may hold. */
  readonly streams: StreamLimits;
  /** Headers that subgraphs of a foreign graph get too. */
  readonly forwardHeaders?: readonly string[];
  /** Whether equal questions of one moment are asked once, on behalf of callers that subgraphs cannot tell apart. */
  readonly shareInFlight?: boolean;
  /** How subgraphs that are servers of their own are reached, and their failures borne. */
  readonly subgraphs: SubgraphSettings;
  readonly bodyLimit: number;
  /** What one operation may ask; beyond, QUERY_TOO_COSTLY. */
  readonly limits: OperationLimits & DocumentLimits;
  /** Whether plans are shown to those who ask for them (`extensions.explain`). */
  readonly allowExplain?: boolean;
  /** Longest time a request may take to arrive whole, milliseconds. */
  readonly receiveTimeout: number;
  readonly logLevel: string;
  /** Whether GET /metrics tells numbers to Prometheus. */
  readonly metrics?: boolean;
  /** Whether spans are made for whatever OpenTelemetry SDK is there. */
  readonly tracing?: boolean;
}

/** A gateway from start to stop. */
export interface Gateway {
  readonly hasConsole: boolean;
  /** Names of the subgraphs of the supergraph that is served. */
  readonly subgraphs: () => readonly string[];
  /** Starts to accept requests and gives the address; throws `ListenError`. */
  listen(place: ListenPlace): Promise<string>;
  /**
   * Serves another supergraph as soon as its planner is ready; rejects when it is none, and then the present one stays.
   * Replacements take place one after the other.
   */
  replaceSupergraph(supergraphSdl: string): Promise<void>;
  /**
   * Says at /ready that it stops, and takes requests until the delay is over; then accepts no more, and waits for requests in
   * flight at most the drain time (milliseconds); gives how many were cut.
   */
  stop(drainTime: number, delay?: number): Promise<number>;
}

/** Puts the parts together: engine → pipeline → doors. Throws when the supergraph is none. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { sources } = parts;
  const graphs = createGraphs(parts);
  const first = graphs.open(parts.supergraphSdl, parts.apiSdl);
  const pipeline = createPipeline({
    engine: first.engine,
    allowExplain: parts.allowExplain,
    ...(sources.kind === 'distributed' ? { signCaller: sources.signCaller } : {}),
  });
  const isOurs = sources.kind !== 'foreign';
  const server = await createHttpServer({
    pipeline,
    authentication: isOurs ? createDemoAuthentication(parts.personas) : openAuthentication,
    ...(isOurs ? { personas: parts.personas } : {}),
    ...(parts.consoleDirectory === undefined ? {} : { consoleDirectory: parts.consoleDirectory }),
    businessTime: () => toInstant(parts.clock.now()),
    checkSubgraphs: () => succession.present().checkSubgraphs(),
    errors: { passForeignErrors: !isOurs },
    requestTimeout: parts.requestTimeout,
    forwardHeaders: isOurs ? [] : (parts.forwardHeaders ?? []),
    streams: parts.streams,
    limits: parts.limits,
    bodyLimit: parts.bodyLimit,
    receiveTimeout: parts.receiveTimeout,
    logLevel: parts.logLevel,
    metrics: parts.metrics ?? false,
    tracing: parts.tracing ?? false,
  });
  const { requestTimeout } = parts;
  const { open, release } = graphs;
  const succession = createSuccession({
    pipeline,
    first,
    open,
    release,
    requestsEnd: () => server.requestsEnd(),
    requestTimeout,
  });
  const stop = async (drainTime: number, delay: number): Promise<number> => {
    const cut = await server.stop(drainTime, delay);
    succession.present().engine.close();
    await graphs.close();
    return cut;
  };
  await first.engine.ready().catch(async (error: unknown) => {
    await stop(0, 0);
    throw error;
  });
  return {
    hasConsole: server.hasConsole,
    subgraphs: () => succession.present().engine.subgraphs.map(({ name }) => name),
    listen: (place) => server.listen(place),
    replaceSupergraph: (supergraphSdl) => succession.replace(supergraphSdl),
    stop: (drainTime, delay = 0) => stop(drainTime, delay),
  };
}

interface OpenGraph {
  readonly engine: Engine;
  readonly checkSubgraphs: CheckSubgraphs;
  /** Its connections, where it has some. */
  readonly connections?: Connections;
}

/** The ways to the subgraphs of a graph. */
interface Connections extends HttpTransport {
  readonly subscriptionTransport: SubscriptionTransport;
  readonly urls: ReadonlyMap<string, string>;
  /** For probes of readiness, which want to know how things are: without retries and circuit breaker. */
  readonly bareTransport: Transport;
}

/** Who asks a subgraph whether it is ready: no person, and with the right to see nothing. */
const probe: Caller = { id: 'hutong:gateway', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] };

function probeHeaders(signCaller: CallerSigner, clock: Clock): ProbeHeaders {
  return async (subgraph, requestId) => ({
    'x-request-id': requestId,
    [callerTokenHeader]: await signCaller(subgraph, {
      caller: probe,
      requestId,
      businessTime: toInstant(clock.now()),
    }),
  });
}

function openConnections(
  addresses: ReadonlyMap<string, string>,
  settings: SubgraphSettings,
  { maxBufferedBytes }: StreamLimits,
): Connections {
  const subgraphs = new Map([...addresses].map(([name, url]) => [name, { url, ...optionsOf(settings, name) }]));
  const http = createHttpTransport(subgraphs);
  const subscriptions = createSubscriptionTransport(
    new Map(
      [...subgraphs].map(([name, { url, subscriptionUrl = url, subscriptionProtocol, maxResponseBytes }]) => [
        name,
        { url: subscriptionUrl, protocol: subscriptionProtocol, maxEventBytes: maxResponseBytes, maxBufferedBytes },
      ]),
    ),
  );
  return {
    urls: new Map([...subgraphs].map(([name, { url }]) => [name, url])),
    bareTransport: http.transport,
    transport: createResilientTransport(http.transport, subgraphs),
    subscriptionTransport: subscriptions.transport,
    close: async () => {
      await Promise.all([http.close(), subscriptions.close()]);
    },
  };
}

/** Makes engines; those whose subgraphs have the same addresses share the connections. */
function createGraphs(parts: GatewayParts) {
  const { sources, clock, createPlanner, limits, shareInFlight: isSharing } = parts;
  const common = { createPlanner, limits, isSharing };
  const known = new Map<string, Connections>();

  const connect = (addresses: ReadonlyMap<string, string>): Connections => {
    const key = JSON.stringify([...addresses]);
    const connections = known.get(key) ?? openConnections(addresses, parts.subgraphs, parts.streams);
    known.set(key, connections);
    return connections;
  };

  const release = ({ engine }: OpenGraph, present: OpenGraph): void => {
    engine.close();
    for (const [key, connections] of known) {
      if (connections === present.connections) continue;
      known.delete(key);
      void connections.close();
    }
  };

  const open = (supergraphSdl: string, apiSdl?: string): OpenGraph => {
    switch (sources.kind) {
      case 'colocated': {
        const { transport, subscriptionTransport, checkSubgraphs } = sources;
        const transports = { transport, subscriptionTransport };
        return {
          engine: createEngine({ ...common, ...transports, supergraphSdl, apiSdl, attachScalars }),
          checkSubgraphs,
        };
      }
      case 'distributed': {
        const connections = connect(sources.urls);
        const { transport, subscriptionTransport, bareTransport, urls } = connections;
        const transports = { transport, subscriptionTransport };
        const engine = createEngine({ ...common, ...transports, supergraphSdl, apiSdl, attachScalars });
        const checkSubgraphs = askReadiness(urls, bareTransport, probeHeaders(sources.signCaller, clock));
        return { engine, checkSubgraphs, connections };
      }
      case 'foreign': {
        // The addresses are in the supergraph, which the engine reads: the transport is there when the first request comes.
        const engine = createEngine({
          ...common,
          supergraphSdl,
          transport: (...call) => transport(...call),
          subscriptionTransport: (...call) => subscriptionTransport(...call),
        });
        const connections = connect(new Map(engine.subgraphs.map(({ name, url }) => [name, url])));
        const { transport, subscriptionTransport, bareTransport, urls } = connections;
        return { engine, checkSubgraphs: askTypenames([...urls.keys()], bareTransport), connections };
      }
    }
  };

  return {
    open,
    release,
    close: async () => {
      await Promise.all([...known.values()].map((connections) => connections.close()));
    },
  };
}
