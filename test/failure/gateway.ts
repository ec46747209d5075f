import { createGateway, createInlinePlanner, type GatewayParts } from '@hutong/gateway';
import { fixedClock } from '@hutong/kit';
import { composeSubgraphs } from '@hutong/schema/compose';
import { peopleSdl, placesSdl, startSubgraph, type TestSubgraph } from './subgraphs.ts';

type Options = GatewayParts['subgraphs']['common'];

/** What a client reads of one error. */
export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly code: unknown;
  readonly subgraph: unknown;
}

/** What a client gets. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors?: readonly ClientError[];
}

/** A gateway over two subgraphs of somebody else's, of which `people` can be made ill. */
export interface FailingWorld {
  readonly url: string;
  readonly people: TestSubgraph;
  readonly places: TestSubgraph;
  readonly supergraphSdl: string;
  readonly ask: (query: string, signal?: AbortSignal) => Promise<Answer>;
  /** GET of an address of the gateway. */
  readonly get: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly replaceSupergraph: (supergraphSdl: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A question for both subgraphs, in names of the client's own. */
export const spots = '{ motto spots: places { title: name crew: staff } }';

/** Its answer when `people` gives nothing, and why. */
export function withoutPeople(message: string, code: string): Answer {
  const errors = [0, 1, 2].map((index) => ({ message, path: ['spots', index, 'crew'], code, subgraph: 'people' }));
  const crewless = ['Pei', 'Ningbo', 'Qujing'].map((title) => ({ title, crew: null }));
  return { status: 200, data: { motto: 'One graph', spots: crewless }, errors };
}

/** Options for all subgraphs, for single ones, and for the whole request. */
export interface WorldOptions {
  readonly common?: Options;
  readonly people?: Options;
  readonly requestTimeout?: number;
}

/** Starts a world in which everybody is well. */
export async function startWorld({ common = {}, people = {}, requestTimeout = 20_000 }: WorldOptions = {}) {
  const subgraphs = { places: await startSubgraph('places'), people: await startSubgraph('people') };
  const supergraphSdl = compose(subgraphs);
  const gateway = await createGateway({
    supergraphSdl,
    sources: { kind: 'foreign' },
    createPlanner: createInlinePlanner,
    personas: [],
    clock: fixedClock('2024-12-31T23:59:59+08:00'),
    requestTimeout,
    streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000 },
    subgraphs: { common: { retries: 0, ...common }, named: new Map([['people', people]]) },
    bodyLimit: 100_000,
    limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
    receiveTimeout: 10_000,
    logLevel: 'silent',
  });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const world: FailingWorld = {
    url,
    ...subgraphs,
    supergraphSdl,
    ask: (query, signal) => ask(url, query, signal),
    get: async (path) => {
      const response = await fetch(url + path);
      return { status: response.status, body: await response.json() };
    },
    replaceSupergraph: (sdl) => gateway.replaceSupergraph(sdl),
    close: async () => {
      await gateway.stop(0);
      await Promise.all(Object.values(subgraphs).map(({ die }) => die()));
    },
  };
  return world;
}

function compose(subgraphs: Readonly<Record<'places' | 'people', TestSubgraph>>): string {
  const composed = composeSubgraphs([
    { name: 'places', sdl: placesSdl },
    { name: 'people', sdl: peopleSdl },
  ]);
  if (composed.kind === 'failed') throw new Error(composed.errors.join('\n'));
  return Object.entries(subgraphs).reduce(
    (sdl, [name, { url }]) => sdl.replace(`http://${name}/graphql`, url),
    composed.supergraphSdl,
  );
}

async function ask(url: string, query: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal === undefined ? {} : { signal }),
  });
  // The form of GraphQL §7.1, which the door's own tests look at.
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  };
  const seen = errors?.map(({ message, path, extensions: { code, subgraph } }) => ({
    message,
    ...(path === undefined ? {} : { path }),
    code,
    subgraph,
  }));
  return { status: response.status, data, ...(seen === undefined ? {} : { errors: seen }) };
}
