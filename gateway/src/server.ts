import { attachScalars, toInstant, type Clock, type ListenPlace } from '@hutong/kit';
import { callerTokenHeader, type Caller, type CallerSigner } from '@hutong/schema';
import type { DocumentLimits } from './doors/graphql/graphql-door.ts';
import type { CheckSubgraphs } from './doors/health/health-door.ts';
import {
  createEngine,
  createHttpTransport,
  createResilientTransport,
  type CreatePlanner,
  type Engine,
  type HttpTransport,
  type OperationLimits,
  type Transport,
} from './engine/index.ts';
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
  | { readonly kind: 'colocated'; readonly transport: Transport; readonly checkSubgraphs: CheckSubgraphs };

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
  /** How subgraphs that are servers of their own are reached, and their failures borne. */
  readonly subgraphs: SubgraphSettings;
  readonly bodyLimit: number;
  /** What one operation may ask; beyond, QUERY_TOO_COSTLY. */
  readonly limits: OperationLimits & DocumentLimits;
  /** Longest time a request may take to arrive whole, milliseconds. */
  readonly receiveTimeout: number;
  readonly logLevel: string;
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
  const first = await graphs.open(parts.supergraphSdl, parts.apiSdl);
  const pipeline = createPipeline({
    engine: first.engine,
    ...(sources.kind === 'distributed' ? { signCaller: sources.signCaller } : {}),
  });
  let present = first;
  const isOurs = sources.kind !== 'foreign';
  const server = await createHttpServer({
    pipeline,
    authentication: isOurs ? createDemoAuthentication(parts.personas) : openAuthentication,
    ...(isOurs ? { personas: parts.personas } : {}),
    ...(parts.consoleDirectory === undefined ? {} : { consoleDirectory: parts.consoleDirectory }),
    businessTime: () => toInstant(parts.clock.now()),
    checkSubgraphs: () => present.checkSubgraphs(),
    errors: { passForeignErrors: !isOurs },
    requestTimeout: parts.requestTimeout,
    limits: parts.limits,
    bodyLimit: parts.bodyLimit,
    receiveTimeout: parts.receiveTimeout,
    logLevel: parts.logLevel,
  });
  let replacing: Promise<void> = Promise.resolve();
  const replace = async (supergraphSdl: string): Promise<void> => {
    const next = await graphs.open(supergraphSdl);
    const old = present;
    try {
      pipeline.swap(next.engine);
      present = next;
    } finally {
      graphs.retire(present === next ? old : next, present);
    }
  };
  return {
    hasConsole: server.hasConsole,
    subgraphs: () => present.engine.subgraphs.map(({ name }) => name),
    listen: (place) => server.listen(place),
    replaceSupergraph(supergraphSdl) {
      const replaced = replacing.then(() => replace(supergraphSdl));
      replacing = replaced.catch(() => undefined);
      return replaced;
    },
    async stop(drainTime, delay = 0) {
      const cut = await server.stop(drainTime, delay);
      present.engine.close();
      await graphs.close();
      return cut;
    },
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

function openConnections(addresses: ReadonlyMap<string, string>, settings: SubgraphSettings): Connections {
  const subgraphs = new Map([...addresses].map(([name, url]) => [name, { url, ...optionsOf(settings, name) }]));
  const http = createHttpTransport(subgraphs);
  return {
    urls: new Map([...subgraphs].map(([name, { url }]) => [name, url])),
    bareTransport: http.transport,
    transport: createResilientTransport(http.transport, subgraphs),
    close: () => http.close(),
  };
}

/** Makes engines; those whose subgraphs have the same addresses share the connections. */
function createGraphs({ sources, createPlanner, clock, limits, subgraphs, requestTimeout }: GatewayParts) {
  const known = new Map<string, Connections>();

  const connect = (addresses: ReadonlyMap<string, string>): Connections => {
    const key = JSON.stringify([...addresses]);
    const connections = known.get(key) ?? openConnections(addresses, subgraphs);
    known.set(key, connections);
    return connections;
  };

  /** Operations validated with another graph may still use it, for as long as a request may take. */
  const retire = ({ engine }: OpenGraph, present: OpenGraph): void => {
    setTimeout(() => engine.close(), requestTimeout).unref();
    for (const [key, connections] of known) {
      if (connections === present.connections) continue;
      known.delete(key);
      setTimeout(() => void connections.close(), requestTimeout).unref();
    }
  };

  const open = async (supergraphSdl: string, apiSdl?: string): Promise<OpenGraph> => {
    const graph = connectGraph(supergraphSdl, apiSdl);
    await graph.engine.ready();
    return graph;
  };

  const connectGraph = (supergraphSdl: string, apiSdl: string | undefined): OpenGraph => {
    switch (sources.kind) {
      case 'colocated': {
        const { transport, checkSubgraphs } = sources;
        return {
          engine: createEngine({ supergraphSdl, apiSdl, transport, createPlanner, attachScalars, limits }),
          checkSubgraphs,
        };
      }
      case 'distributed': {
        const connections = connect(sources.urls);
        const { transport, bareTransport, urls } = connections;
        const engine = createEngine({ supergraphSdl, apiSdl, transport, createPlanner, attachScalars, limits });
        const checkSubgraphs = askReadiness(urls, bareTransport, probeHeaders(sources.signCaller, clock));
        return { engine, checkSubgraphs, connections };
      }
      case 'foreign': {
        // The addresses are in the supergraph, which the engine reads: the transport is there when the first request comes.
        const engine = createEngine({
          supergraphSdl,
          transport: (...call) => transport(...call),
          createPlanner,
          limits,
        });
        const connections = connect(new Map(engine.subgraphs.map(({ name, url }) => [name, url])));
        const { transport, bareTransport, urls } = connections;
        return { engine, checkSubgraphs: askTypenames([...urls.keys()], bareTransport), connections };
      }
    }
  };

  return {
    open,
    retire,
    close: async () => {
      await Promise.all([...known.values()].map((connections) => connections.close()));
    },
  };
}
