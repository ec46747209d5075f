import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createGateway,
  createInlinePlanner,
  createInProcessSources,
  personaId,
  resolvePersonas,
  type GatewayParts,
  type Persona,
  type Sources,
} from '@hutong/gateway';
import {
  createKeyRing,
  fixedClock,
  openDatabase,
  parseDataKeys,
  serveSubgraph,
  startBackground,
  type Background,
  type Clock,
  type Database,
  type Subgraph,
  type SubgraphCall,
} from '@hutong/kit';
import { createCallerSigner, createCallerVerifier, generateCallerKeys, repositoryRoot } from '@hutong/schema';
import { packages } from './region.ts';

/** How the parts run (architecture.md §4). */
export type Way = 'colocated' | 'distributed';

/** A GraphQL answer, as a client reads it. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
  readonly extensions?: unknown;
}

/** The whole product on a seeded region, through its doors. */
export interface World {
  /** Address of the gateway. */
  readonly url: string;
  /** The doors, as one of the demo personas. */
  as(persona: string): { graphql(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer> };
  close(): Promise<void>;
}

/** Where the seeded databases are: what test/region.ts provides. */
export interface RegionPlace {
  readonly databases: Readonly<Record<string, string>>;
  readonly dataKeys: string;
}

/** By which the payment sandbox of the tests signs. */
const paymentSandboxKey = 'payment sandbox of the tests';

/** The business time of the tests: the last instant of the generated data. */
const businessTime = '2024-12-31T23:59:59+08:00';

/** What a gateway of the tests is made of, besides where its data come from. */
export const gatewayParts: Omit<GatewayParts, 'sources' | 'personas'> = {
  supergraphSdl: readFileSync(join(repositoryRoot, 'schema', 'supergraph.graphql'), 'utf8'),
  apiSdl: readFileSync(join(repositoryRoot, 'schema', 'api.graphql'), 'utf8'),
  createPlanner: createInlinePlanner,
  clock: fixedClock(businessTime),
  consoleDirectory: join(repositoryRoot, 'gateway', 'dist', 'console'),
  requestTimeout: 30_000,
  streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000 },
  subgraphs: { common: { responseTimeout: 20_000 }, named: new Map() },
  bodyLimit: 1_000_000,
  limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
  receiveTimeout: 30_000,
  logLevel: 'silent',
};

/** Told of every call that reaches a subgraph. */
export type Observe = (subgraph: string, call: SubgraphCall) => void;

/** What a test may want otherwise. */
export interface WorldOptions {
  readonly observe?: Observe;
  /** Business time, where it does not stand still at the last instant of the generated data. */
  readonly clock?: Clock;
  /** Runs jobs and relays between the subgraphs. */
  readonly background?: boolean;
  /** Callers beside the demo's. */
  readonly personas?: readonly Persona[];
}

/** Starts gateway and subgraphs on the seeded databases. */
export async function startWorld(
  way: Way,
  region: RegionPlace,
  { observe = () => undefined, clock = gatewayParts.clock, background = false, personas = [] }: WorldOptions = {},
): Promise<World> {
  const keys = createKeyRing(parseDataKeys(region.dataKeys));
  const running = await Promise.all(
    packages.map(async ({ name, create }) => {
      const database = await openDatabase({ url: region.databases[name] ?? '' });
      return { database, subgraph: observed(create({ database, keys, paymentSandboxKey }), observe) };
    }),
  );
  const { sources, stop } = await openSources(way, running);
  const work = background ? await startBackgrounds(running, clock) : [];
  const callers = [...resolvePersonas(personaId), ...personas];
  const gateway = await createGateway({ ...gatewayParts, clock, sources, personas: callers });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    as: (persona) => ({ graphql: (query, variables) => post(`${url}/graphql`, persona, { query, variables }) }),
    close: async () => {
      await gateway.stop(5_000);
      await stop();
      await Promise.all(work.map((one) => one.stop()));
      await Promise.all(running.map(({ database }) => database.close()));
    },
  };
}

/** Each subgraph delivers its changes to the inboxes of the others. */
function startBackgrounds(running: readonly Running[], clock: Clock): Promise<readonly Background[]> {
  return Promise.all(
    running.map(({ subgraph, database }) => {
      const outlets = running.map((other) => other.subgraph).filter((other) => other !== subgraph);
      return startBackground({ subgraph, database, clock, outlets });
    }),
  );
}

function observed(subgraph: Subgraph, observe: Observe): Subgraph {
  return {
    ...subgraph,
    execute: (request, call) => {
      observe(subgraph.name, call);
      return subgraph.execute(request, call);
    },
  };
}

interface Running {
  readonly database: Database;
  readonly subgraph: Subgraph;
}

async function openSources(
  way: Way,
  running: readonly Running[],
): Promise<{ sources: Sources; stop: () => Promise<void> }> {
  switch (way) {
    case 'colocated': {
      const entries = running.map(({ subgraph, database }) => ({
        subgraph,
        checkReady: async () => void (await database.sql`select 1`),
      }));
      return { sources: createInProcessSources(entries), stop: async () => undefined };
    }
    case 'distributed': {
      const { privateKey, publicKeys } = await generateCallerKeys('test');
      const verifyCaller = await createCallerVerifier(publicKeys);
      const servers = await Promise.all(
        running.map(async ({ subgraph }) => {
          const server = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, verifyCaller });
          return [subgraph.name, server] as const;
        }),
      );
      const urls = new Map(servers.map(([name, server]) => [name, server.url]));
      const stop = async (): Promise<void> => {
        await Promise.all(servers.map(([, server]) => server.stop(5_000)));
      };
      return { sources: { kind: 'distributed', urls, signCaller: await createCallerSigner(privateKey) }, stop };
    }
  }
}

async function post(url: string, persona: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-hutong-persona': persona },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}
