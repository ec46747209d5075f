import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, createProcessPlanner } from '@hutong/gateway';
import { fixedClock } from '@hutong/kit';
import { composeSubgraphs } from '@hutong/schema/compose';

/** What clients get, whatever they ask of the graph's only resolver. */
const answer = { n: 1, heard: 'yes', o: { n: 1 }, a: { id: '1' } };

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

const plain = `
  ${link}
  scalar Json
  input Filter { not: Filter  any: [Filter!]  text: String }
  type Query { n: Int  o: Node  heard(text: String, filter: Filter, json: Json): String }
  type Node { n: Int  o: Node }
`;

/**
 * Each field of `A` and `B` can be had from three subgraphs, and after each of them another must be asked: the ways to
 * answer an operation grow nine times with each level.
 */
const intricate = [0, 1, 2].flatMap((copy) => [
  {
    name: `odd${copy}`,
    sdl: `${link} type Query { a: A @shareable } type A @key(fields: "id") { id: ID! } type B @key(fields: "id") { id: ID!  a: A @shareable }`,
  },
  {
    name: `even${copy}`,
    sdl: `${link} type A @key(fields: "id") { id: ID!  b: B @shareable } type B @key(fields: "id") { id: ID! }`,
  },
]);

/** An answer as a client sees it. */
export interface Seen {
  readonly status: number;
  readonly data?: unknown;
  /** Message and code of the first error. */
  readonly error?: readonly [string, unknown];
}

/** A gateway as it is served, with a planner in a process of its own, over a graph made for hostile questions. */
export interface HostileWorld {
  /** Sends a body as it is. */
  readonly send: (body: string | Uint8Array) => Promise<Seen>;
  readonly ask: (query: string, more?: object) => Promise<Seen>;
  readonly close: () => Promise<void>;
}

/** Lets the planner's process run from source, on any Node. */
const loader = import.meta.resolve('tsx/esm/api');
const execArgv = ['--import', `data:text/javascript,import { register } from ${JSON.stringify(loader)}; register();`];

/** Starts the gateway with the limits it has by default, but for times: planning has a second. */
export async function startHostileWorld(): Promise<HostileWorld> {
  const subgraph = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ data: answer })));
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  const gateway = await createGateway({
    supergraphSdl: compose((subgraph.address() as AddressInfo).port),
    sources: { kind: 'foreign' },
    createPlanner: createProcessPlanner({ timeout: 1_000, execArgv }),
    personas: [],
    clock: fixedClock('2024-12-31T23:59:59+08:00'),
    requestTimeout: 60_000,
    streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000 },
    subgraphs: { common: {}, named: new Map() },
    bodyLimit: 1_048_576,
    limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
    // Clients are in this process: what they need to write a thousand requests is not the gateway's time.
    receiveTimeout: 60_000,
    logLevel: 'silent',
  });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const send: HostileWorld['send'] = async (body) => {
    const headers = { 'content-type': 'application/json' };
    return seen(await fetch(`${url}/graphql`, { method: 'POST', headers, body }));
  };
  return {
    send,
    ask: (query, more = {}) => send(JSON.stringify({ query, ...more })),
    close: async () => {
      await gateway.stop(0);
      subgraph.closeAllConnections();
      subgraph.close();
    },
  };
}

function compose(port: number): string {
  const composed = composeSubgraphs([{ name: 'plain', sdl: plain }, ...intricate]);
  if (composed.kind === 'failed') throw new Error(composed.errors.join('\n'));
  return composed.supergraphSdl.replaceAll(/http:\/\/\w+\/graphql/g, `http://127.0.0.1:${port}/graphql`);
}

async function seen(response: Response): Promise<Seen> {
  // The form of GraphQL §7.1, which the door's own tests look at.
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  const [first] = errors ?? [];
  return {
    status: response.status,
    ...(data === undefined ? {} : { data }),
    ...(first === undefined ? {} : { error: [first.message, first.extensions['code']] }),
  };
}
