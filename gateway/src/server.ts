import { attachScalars, toInstant, type Clock, type ListenPlace } from '@hutong/kit';
import { callerTokenHeader, type Caller, type CallerSigner } from '@hutong/schema';
import type { DocumentLimits } from './doors/graphql/graphql-door.ts';
import type { CheckSubgraphs } from './doors/health/health-door.ts';
import {
  createEngine,
  createHttpTransport,
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
  /** The callers of the demo, the default one first; none for a foreign graph, which declares no policy. */
  readonly personas: readonly Persona[];
  /** Business time (architecture.md §4); it travels with every request. */
  readonly clock: Clock;
  readonly consoleDirectory?: string;
  readonly requestTimeout: number;
  readonly subgraphTimeout: number;
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
  /** Starts to accept requests and gives the address; throws `ListenError`. */
  listen(place: ListenPlace): Promise<string>;
  /** Serves another supergraph from the next request on; throws when it is none, and then the present one stays. */
  replaceSupergraph(supergraphSdl: string): void;
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
  return {
    hasConsole: server.hasConsole,
    listen: (place) => server.listen(place),
    replaceSupergraph(supergraphSdl) {
      const next = graphs.open(supergraphSdl);
      try {
        pipeline.swap(next.engine);
      } finally {
        graphs.closeUnused(pipeline.graph() === next.engine ? next : present);
      }
      present = next;
    },
    async stop(drainTime, delay = 0) {
      const cut = await server.stop(drainTime, delay);
      await graphs.close();
      return cut;
    },
  };
}

interface OpenGraph {
  readonly engine: Engine;
  readonly checkSubgraphs: CheckSubgraphs;
  /** Its connections, where it has some. */
  readonly connections?: HttpTransport;
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

function connectionsTo(urls: ReadonlyMap<string, string>, responseTimeout: number) {
  return new Map([...urls].map(([subgraph, url]) => [subgraph, { url, responseTimeout }]));
}

/** Makes engines; those whose subgraphs have the same addresses share the connections. */
function createGraphs({ sources, clock, limits, subgraphTimeout, requestTimeout }: GatewayParts) {
  const known = new Map<string, HttpTransport>();

  const connect = (urls: ReadonlyMap<string, string>): HttpTransport => {
    const key = JSON.stringify([...urls]);
    const connections = known.get(key) ?? createHttpTransport(connectionsTo(urls, subgraphTimeout));
    known.set(key, connections);
    return connections;
  };

  /** Operations validated with another graph may still ask its subgraphs, for as long as a request may take. */
  const closeUnused = (present: OpenGraph): void => {
    for (const [key, connections] of known) {
      if (connections === present.connections) continue;
      known.delete(key);
      setTimeout(() => void connections.close(), requestTimeout).unref();
    }
  };

  const open = (supergraphSdl: string, apiSdl?: string): OpenGraph => {
    switch (sources.kind) {
      case 'colocated': {
        const { transport, checkSubgraphs } = sources;
        return {
          engine: createEngine({ supergraphSdl, apiSdl, transport, attachScalars, limits }),
          checkSubgraphs,
        };
      }
      case 'distributed': {
        const { urls, signCaller } = sources;
        const connections = connect(urls);
        const { transport } = connections;
        const engine = createEngine({ supergraphSdl, apiSdl, transport, attachScalars, limits });
        const checkSubgraphs = askReadiness(urls, transport, probeHeaders(signCaller, clock));
        return { engine, checkSubgraphs, connections };
      }
      case 'foreign': {
        // The addresses are in the supergraph, which the engine reads: the transport is there when the first request comes.
        const engine = createEngine({ supergraphSdl, transport: (...call) => transport(...call), limits });
        const urls = new Map(engine.subgraphs.map(({ name, url }) => [name, url]));
        const connections = connect(urls);
        const { transport } = connections;
        return { engine, checkSubgraphs: askTypenames([...urls.keys()], transport), connections };
      }
    }
  };

  return {
    open,
    closeUnused,
    close: async () => {
      await Promise.all([...known.values()].map((connections) => connections.close()));
    },
  };
}
