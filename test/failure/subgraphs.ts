import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';

/** The part of the graph that stays well: who knows the places. */
export const placesSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { places: [Place]  motto: String }
  type Place @key(fields: "id") { id: ID!  name: String }
`;

/** The part that falls ill: who works there. */
export const peopleSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { person: Person }
  type Mutation { hire(name: String!): Person }
  type Person { name: String  age: Int }
  type Place @key(fields: "id") { id: ID!  staff: [String!]  head: Person  population: Int! }
`;

const names = ['Pei', 'Ningbo', 'Qujing'];

const resolvers = {
  places: {
    Query: { places: () => names.map((name, index) => ({ id: index + 1, name })), motto: () => 'One graph' },
    Place: { __resolveReference: ({ id }: { id: string }) => ({ id, name: names[Number(id) - 1] }) },
  },
  people: {
    Query: { person: () => ({ name: 'Wang', age: 69 }) },
    Mutation: { hire: (_: unknown, { name }: { name: string }) => ({ name, age: 30 }) },
    Place: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      staff: ({ id }: { id: string }) => [`Doctor ${id}`],
      head: ({ id }: { id: string }) => ({ name: `Head ${id}`, age: 50 }),
      population: ({ id }: { id: string }) => Number(id) * 1_000,
    },
  },
};

const schemas = {
  places: buildSubgraphSchema([{ typeDefs: parse(placesSdl), resolvers: resolvers.places }]),
  people: buildSubgraphSchema([{ typeDefs: parse(peopleSdl), resolvers: resolvers.people }]),
};

/** One request that has reached a subgraph. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the subgraph answers when it is well. */
  readonly answer: string;
  /** Its number since the subgraph was started, from 1. */
  readonly number: number;
}

/** What a subgraph does with a request. */
export type Behaviour = (exchange: Exchange) => void;

/** A subgraph on a port of its own, which can be made ill. */
export interface TestSubgraph {
  readonly url: string;
  /** How many requests have reached it since the last `behave`. */
  readonly requests: () => number;
  /** From now on it does this, and counts anew. */
  readonly behave: (behaviour: Behaviour) => void;
  /** Its process dies: connections break, and nobody listens any more. */
  readonly die: () => Promise<void>;
  /** It is there again, at the same address. */
  readonly revive: () => Promise<void>;
}

/** It answers as it should. */
export const well: Behaviour = ({ response, answer }) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
};

/** It answers with this status and this text. */
export function saying(status: number, content: string, type = 'text/html'): Behaviour {
  return ({ response }) => void response.writeHead(status, { 'content-type': type }).end(content);
}

/** It answers with this status and this as JSON. */
export function answering(status: number, body: unknown): Behaviour {
  return saying(status, JSON.stringify(body), 'application/json');
}

/** It takes the request and says nothing. */
export const silent: Behaviour = () => undefined;

/** It breaks the connection before it has answered. */
export const resetting: Behaviour = ({ request }) => void request.socket.resetAndDestroy();

/** It begins an answer, and then does something else. */
export function midway(then: Behaviour): Behaviour {
  return (exchange) => {
    exchange.response.writeHead(200, { 'content-type': 'application/json' });
    exchange.response.write(exchange.answer.slice(0, 10), () => then(exchange));
  };
}

/** It does one thing with the first request, and another with those that follow. */
export function first(behaviour: Behaviour, next: Behaviour): Behaviour {
  return (exchange) => (exchange.number === 1 ? behaviour : next)(exchange);
}

/** Starts a subgraph that is well. */
export async function startSubgraph(name: keyof typeof schemas): Promise<TestSubgraph> {
  let behaviour = well;
  let number = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    number += 1;
    // Whoever has gone before the request was here wants no answer.
    respond(behaviour, name, { request, response, number }).catch(() => response.destroy());
  };
  let server = await listen(createServer(onRequest), 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests: () => number,
    behave: (next) => {
      behaviour = next;
      number = 0;
    },
    die: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    revive: async () => {
      server = await listen(createServer(onRequest), port);
    },
  };
}

async function respond(
  behaviour: Behaviour,
  name: keyof typeof schemas,
  { request, ...rest }: Omit<Exchange, 'answer'>,
): Promise<void> {
  const { query, variables } = JSON.parse(await text(request)) as { query: string; variables: object };
  const result = await execute({
    schema: schemas[name],
    document: parse(query),
    variableValues: Object.fromEntries(Object.entries(variables)),
  });
  behaviour({ request, ...rest, answer: JSON.stringify(result) });
}

async function listen(server: Server, port: number): Promise<Server> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
