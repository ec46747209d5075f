import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, subscribe, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Feed } from './feed.ts';

/** Who knows the wards, and tells when something changes there. */
export const wardsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { ward(id: ID!): Ward  wards: [Ward!] }
  type Mutation { close(id: ID!): Ward }
  type Subscription { wardChanged(from: ID): Ward  pulse(size: Int!): Pulse! }
  type Pulse { number: Int!  text: String! }
  type Ward @key(fields: "id") { id: ID!  free: Int }
`;

/** Who knows the people there. */
export const staffSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { chief: Person }
  type Ward @key(fields: "id") { id: ID!  nurse: String  doctor: Person  onDuty: String! }
  type Person { name: String  pager: String }
`;

/** What tests see of a running subgraph, and do to it. */
export interface StreamingSubgraph {
  readonly url: string;
  /** Its address for WebSockets. */
  readonly socketUrl: string;
  /** Headers of the requests that opened subscriptions. */
  readonly opened: IncomingMessage['headers'][];
  readonly close: () => Promise<void>;
}

/** Starts the subgraph of wards, whose events come from the feed. */
export function startWards(feed: Feed): Promise<StreamingSubgraph> {
  const free = (id: string): number => Number(id) * 10;
  const ward = (id: string): object => ({ id, free: free(id) });
  return startStreaming(wardsSdl, {
    Query: { ward: (_: unknown, { id }: { id: string }) => ward(id), wards: () => ['1', '2', '3'].map(ward) },
    Mutation: { close: (_: unknown, { id }: { id: string }) => ({ id, free: 0 }) },
    Subscription: {
      wardChanged: { subscribe: () => feed.wards(), resolve: (event: unknown) => event },
      pulse: {
        subscribe: (_: unknown, { size }: { size: number }) => feed.pulses(size),
        resolve: (event: unknown) => event,
      },
    },
    Ward: { __resolveReference: ({ id }: { id: string }) => ward(id) },
  });
}

/** What stands between a question to the subgraph of staff and its answer. */
export type Gate = (field: string, id: string) => Promise<void> | void;

/** Starts the subgraph of staff. Ward 13 has nobody: its fields fail. */
export function startStaff(gate: Gate): Promise<StreamingSubgraph> {
  const answer =
    (field: string, value: (id: string) => unknown) =>
    async ({ id }: { id: string }) => {
      await gate(field, id);
      if (id === '13') throw new Error('Nobody works in ward 13.');
      return value(id);
    };
  return startStreaming(staffSdl, {
    Query: { chief: () => ({ name: 'Zhou', pager: '1' }) },
    Ward: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      nurse: answer('nurse', (id) => `Nurse ${id}`),
      doctor: answer('doctor', (id) => ({ name: `Doctor ${id}` })),
      onDuty: answer('onDuty', (id) => `Porter ${id}`),
    },
    Person: {
      pager: async ({ name }: { name: string }) => {
        await gate('pager', name);
        return `Pager of ${name}`;
      },
    },
  });
}

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A subgraph that answers over HTTP, and streams over server-sent events and WebSockets. */
async function startStreaming(sdl: string, resolvers: Resolvers): Promise<StreamingSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: Object(resolvers) }]);
  const opened: IncomingMessage['headers'][] = [];
  const stream = createHandler({ schema });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.accept === 'text/event-stream') {
      opened.push(request.headers);
      void stream(request, response);
    } else if (request.headers.accept?.startsWith('multipart/mixed')) {
      opened.push(request.headers);
      void answerParts(schema, request, response);
    } else {
      void answerOnce({ schema, document: parse('{ __typename }') }, request, response);
    }
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  sockets.on('connection', (_socket, request) => opened.push(request.headers));
  useServer({ schema }, sockets);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    socketUrl: `ws://127.0.0.1:${port}/graphql`,
    opened,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Multipart subscriptions, no faster than they are read. */
async function answerParts(schema: GraphQLSchema, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { query, variables } = await readBody(request);
  const results = await subscribe({ schema, document: parse(query), variableValues: variables });
  response.writeHead(200, { 'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0' });
  if (!(Symbol.asyncIterator in results)) return void response.end();
  let wake = (): void => undefined;
  response.on('drain', () => wake());
  response.once('close', () => {
    wake();
    void results.return();
  });
  response.write('--graphql');
  for await (const payload of results) {
    const part = `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ payload })}\r\n--graphql`;
    if (!response.write(`\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql${part}`)) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  response.end('--\r\n');
}

async function answerOnce(base: ExecutionArgs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { query, variables } = await readBody(request);
  const result = await execute({ ...base, document: parse(query), variableValues: variables });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

/** What the gateway sends, in its form. */
async function readBody(request: IncomingMessage) {
  return (await json(request)) as { readonly query: string; readonly variables: Record<string, unknown> };
}
