import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createCallerSigner, createCallerVerifier, generateCallerKeys, type CallerClaims } from '@hutong/schema';
import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subgraph } from './create-subgraph.ts';
import { serveSubgraph, type SubgraphServer } from './serve-subgraph.ts';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { whoAsks: String, slow: String, broken: String, thrown: String }
  type Resident @key(fields: "id") { id: ID! at: String }
`;

const claims: CallerClaims = {
  caller: { id: 'demo:cdc', kind: 'PERSON', role: 'CDC', regionCodes: ['320322'], scopes: [] },
  requestId: 'request-1',
  businessTime: '2024-12-31T23:59:59+08:00',
};

const keys = await generateCallerKeys('key-1');
const sign = await createCallerSigner(keys.privateKey);
let databaseIsThere = true;
let server: SubgraphServer;

beforeAll(async () => {
  server = await serveSubgraph(createDirectory(), {
    host: '127.0.0.1',
    port: 0,
    verifyCaller: await createCallerVerifier(keys.publicKeys),
    seeding: { asOf: '2024-12-31T23:59:59+08:00', seededAt: '2026-03-01T00:00:00Z' },
    checkReady: async () => {
      if (!databaseIsThere) throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    },
  });
});

afterAll(() => server.stop(1_000));

test('a request with a token for this subgraph is answered as its caller, at its business time', async () => {
  const query =
    'query ($r: [_Any!]!) { whoAsks _entities(representations: $r) { ... on Resident { id at } } _service { sdl } }';
  const variables = { r: [{ __typename: 'Resident', id: 'rs_1' }] };
  const { status, body } = await post({ query, variables }, await sign('directory', claims));
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      data: {
        whoAsks: 'demo:cdc as CDC, request-1',
        _entities: [{ id: 'rs_1', at: '2024-12-31T23:59:59+08:00' }],
        _service: { sdl: expect.stringContaining('type Resident') },
      },
    },
  });
});

describe('a request is refused with 401', () => {
  const refused = {
    status: 401,
    body: {
      errors: [
        {
          message: 'The request carries no valid caller token for this subgraph.',
          extensions: {
            code: 'UNAUTHENTICATED',
            messageZh: '请求未携带对本子图有效的调用方令牌。',
            action: 'Send valid credentials; in the demo, the id of a persona in the header x-hutong-persona.',
            actionZh: '请携带有效凭证；演示环境中请在 x-hutong-persona 请求头中填写演示身份的编号。',
          },
        },
      ],
    },
  };

  test('without a caller token', async () => {
    expect(await post({ query: '{ whoAsks }' }, undefined)).toEqual(refused);
  });

  test('with the token of another subgraph', async () => {
    expect(await post({ query: '{ whoAsks }' }, await sign('insurance', claims))).toEqual(refused);
  });

  test('with a token that somebody else signed', async () => {
    const { privateKey } = await generateCallerKeys('key-1');
    const forge = await createCallerSigner(privateKey);
    expect(await post({ query: '{ whoAsks }' }, await forge('directory', claims))).toEqual(refused);
  });

  test('with the token of another request', async () => {
    expect(await post({ query: '{ whoAsks }' }, await sign('directory', claims), server.url, 'request-2')).toEqual(
      refused,
    );
  });

  test('even when it asks only for the schema', async () => {
    expect(await post({ query: '{ _service { sdl } }' }, undefined)).toEqual(refused);
  });
});

test('an error of a resolver passes as the subgraph worded it, and what it throws otherwise stays inside', async () => {
  const token = await sign('directory', claims);
  expect(await post({ query: '{ broken }' }, token)).toEqual({
    status: 200,
    body: {
      data: { broken: null },
      errors: [{ message: 'The slot was taken.', path: ['broken'], extensions: { code: 'SLOT_TAKEN' } }],
    },
  });
  const { status, body } = await post({ query: '{ thrown }' }, token);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('relation');
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
});

test('a document that does not fit the schema is told to the log, with the request it came with', async () => {
  const faults: unknown[] = [];
  const onFault = (fault: unknown): number => faults.push(fault);
  subscribe('hutong:error', onFault);
  const { status } = await post({ query: '{ nothing }' }, await sign('directory', claims));
  unsubscribe('hutong:error', onFault);
  expect(status).toBe(400);
  const cause = expect.objectContaining({ message: 'Cannot query field "nothing" on type "Query".' });
  expect(faults).toEqual([{ subgraph: 'directory', requestId: 'request-1', cause }]);
});

test('/live says that the process runs, /ready that the database does, and when it was seeded', async () => {
  expect(await get('/live')).toEqual({ status: 200, body: { status: 'live', subgraph: 'directory' } });
  expect(await get('/ready')).toEqual({
    status: 200,
    body: {
      status: 'ready',
      subgraph: 'directory',
      seeding: { asOf: '2024-12-31T23:59:59+08:00', seededAt: '2026-03-01T00:00:00Z' },
    },
  });
  databaseIsThere = false;
  const { status, body } = await get('/ready');
  databaseIsThere = true;
  expect(status).toBe(503);
  expect(body).toMatchObject({ status: 'not ready', errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
  expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');
});

test('a stopping server finishes the request in flight and accepts no other', async () => {
  const stopping = await serveSubgraph(createDirectory(), {
    host: '127.0.0.1',
    port: 0,
    verifyCaller: await createCallerVerifier(keys.publicKeys),
  });
  const token = await sign('directory', claims);
  const inFlight = post({ query: '{ slow }' }, token, stopping.url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const start = performance.now();
  const stopped = stopping.stop(5_000);
  expect(await inFlight).toEqual({ status: 200, body: { data: { slow: 'done' } } });
  await stopped;
  expect(performance.now() - start).toBeLessThan(2_000);
  await expect(fetch(stopping.url)).rejects.toThrow('fetch failed');
});

test('until the drain delay is over a stopping server answers, and /ready says that it stops', async () => {
  const verifyCaller = await createCallerVerifier(keys.publicKeys);
  const stopping = await serveSubgraph(createDirectory(), { host: '127.0.0.1', port: 0, verifyCaller });
  const stopped = stopping.stop(5_000, 500);
  const ready = await get('/ready', stopping.url);
  const answer = await post({ query: '{ slow }' }, await sign('directory', claims), stopping.url);
  await stopped;
  expect(ready).toMatchObject({
    status: 503,
    body: { status: 'stopping', errors: [{ extensions: { code: 'SHUTTING_DOWN' } }] },
  });
  expect(answer).toEqual({ status: 200, body: { data: { slow: 'done' } } });
  await expect(fetch(stopping.url)).rejects.toThrow('fetch failed');
});

test('a request whose body does not arrive is ended', async () => {
  const verifyCaller = await createCallerVerifier(keys.publicKeys);
  const options = { host: '127.0.0.1', port: 0, verifyCaller, receiveTimeout: 300 };
  const { url, stop } = await serveSubgraph(createDirectory(), options);
  const token = await sign('directory', claims);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answer: string[] = [];
  socket.setEncoding('utf8').on('data', (text: string) => answer.push(text));
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\nx-request-id: request-1\r\nx-hutong-caller: ${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":`,
  );
  await once(socket, 'close');
  await stop(100);
  expect(answer.join('')).toMatch(/^HTTP\/1\.1 408 /);
});

async function post(
  body: object,
  token: string | undefined,
  url = server.url,
  requestId = claims.requestId,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const headers = {
    'content-type': 'application/json',
    'x-request-id': requestId,
    ...(token === undefined ? {} : { 'x-hutong-caller': token }),
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function get(path: string, url = server.url): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(new URL(path, url));
  return { status: response.status, body: await response.json() };
}

/** A subgraph without a database: it answers with what it was told of the call. */
function createDirectory(): Subgraph {
  const resolvers = {
    Query: {
      whoAsks: (_: unknown, _args: unknown, { caller, requestId }: CallerClaims) =>
        `${caller.id} as ${caller.role}, ${requestId}`,
      slow: () => new Promise((resolve) => setTimeout(resolve, 400, 'done')),
    },
    Resident: {
      __resolveReference: ({ id }: { id: string }, { businessTime }: CallerClaims) => ({ id, at: businessTime }),
    },
  };
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: Object(resolvers) }]);
  return {
    name: 'directory',
    sdl,
    schema,
    jobs: {},
    runJob: async () => undefined,
    takeIn: async () => ({ position: '0-0', types: [] }),
    execute: async ({ query, variables }, call) => {
      if (query.includes('thrown')) throw new Error('relation "residents" does not exist');
      if (query.includes('broken')) {
        const slotTaken = { message: 'The slot was taken.', path: ['broken'], extensions: { code: 'SLOT_TAKEN' } };
        return { data: { broken: null }, errors: [slotTaken] };
      }
      const { data } = await execute({
        schema,
        document: parse(query),
        contextValue: call,
        variableValues: variables ?? {},
      });
      return { data: data ?? null };
    },
  };
}
