import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SubgraphConnection, createHttpTransport } from './http-transport.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import { type RequestScope, createSubgraphOperation } from './transport.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let handle: Handler = (_, response) => response.end();
let open = 0;
let mostOpen = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  open += 1;
  mostOpen = Math.max(mostOpen, open);
  response.on('close', () => {
    open -= 1;
  });
  request.on('data', (chunk) => {
    chunks.push(chunk);
  });
  request.on('end', () => handle(request, response, Buffer.concat(chunks).toString()));
});

let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?v=1`;
});
beforeEach(() => {
  mostOpen = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const scope = (signal: AbortSignal = new AbortController().signal): RequestScope => ({
  requestId: 'r1',
  signal,
  headersFor: (subgraph) => Promise.resolve({ 'x-caller-token': `token for ${subgraph}` }),
});

/** What is told of a short answer without escapes. */
const usual = { isPlain: true, isLarge: false, isUnavailable: false };
const sentBody = { query: '{ a }', operationName: 'Q', variables: { n: 1 } };
const request = { operation: createSubgraphOperation('query', '{ a }', 'Q'), variables: '{"n":1}' };

async function ask(options: Partial<SubgraphConnection> = {}, asking = scope(), subgraph = 'people') {
  const { transport, close } = createHttpTransport(new Map([['people', { url, ...options }]]));
  try {
    return await transport(subgraph, request, asking);
  } catch (error) {
    if (!(error instanceof SubgraphFailure)) throw error;
    return { code: error.code, message: error.message };
  } finally {
    await close();
  }
}

const json = (status: number, body: unknown): Handler => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
};

test('a request is a POST of JSON with the scope’s headers, the answer is its JSON', async () => {
  const seen: unknown[] = [];
  handle = ({ method, url: path, headers }, response, body) => {
    seen.push({
      method,
      path,
      type: headers['content-type'],
      token: headers['x-caller-token'],
      body: JSON.parse(body),
    });
    response.end('{"data":{"a":1}}');
  };
  expect(await ask()).toEqual({ data: { a: 1 }, ...usual, bytes: 16 });
  expect(seen).toEqual([
    { method: 'POST', path: '/graphql?v=1', type: 'application/json', token: 'token for people', body: sentBody },
  ]);
});

test('a long body arrives whole and says its length, wherever it is cut', async () => {
  const lengths: unknown[] = [];
  handle = ({ headers }, response, body) => {
    lengths.push(Number(headers['content-length']) - Buffer.byteLength(body));
    response.end(JSON.stringify({ data: JSON.parse(body).variables }));
  };
  const { transport, close } = createHttpTransport(new Map([['people', { url }]]));
  for (const before of ['', 'a']) {
    const variables = { text: before + '𠮷'.repeat(600_000) };
    const answer = await transport('people', { ...request, variables: JSON.stringify(variables) }, scope());
    expect(answer.data).toEqual(variables);
  }
  expect(lengths).toEqual([0, 0]);
  await close();
});

test('an answer with errors is one whatever its status', async () => {
  const answer = { errors: [{ message: 'No token', extensions: { code: 'UNAUTHENTICATED' } }] };
  handle = json(401, answer);
  expect(await ask()).toEqual({ ...answer, ...usual, bytes: JSON.stringify(answer).length });
});

test.each([
  [503, 'SUBGRAPH_UNAVAILABLE', 'Subgraph "people" is not available.'],
  [404, 'SUBGRAPH_INVALID_RESPONSE', 'Subgraph "people" answered with HTTP status 404.'],
  [200, 'SUBGRAPH_INVALID_RESPONSE', 'What subgraph "people" answered is no GraphQL response.'],
])('status %d without a GraphQL answer is %s', async (status, code, message) => {
  handle = (_, response) => {
    response.writeHead(status).end('<html>secret host</html>');
  };
  expect(await ask()).toEqual({ code, message });
});

test.each([
  [502, { isRetryable: true, isOutage: true }],
  [503, { isRetryable: true, isOutage: true }],
  [504, { isRetryable: true, isOutage: true }],
  [500, { isRetryable: false, isOutage: true }],
  [200, { isRetryable: false, isOutage: true }],
  [404, { isRetryable: false, isOutage: false }],
  [429, { isRetryable: false, isOutage: false }],
])('status %d without a GraphQL answer says %j', async (status, expected) => {
  handle = (_, response) => {
    response.writeHead(status).end('<html>');
  };
  const { transport, close } = createHttpTransport(new Map([['people', { url }]]));
  await expect(transport('people', request, scope())).rejects.toMatchObject(expected);
  await close();
});

test.each([502, 503, 504])('GraphQL errors that come with status %d say that the subgraph is away', async (status) => {
  handle = json(status, { errors: [{ message: 'Stopping' }] });
  expect(await ask()).toEqual({ errors: [{ message: 'Stopping' }], ...usual, isUnavailable: true, bytes: 35 });
});

test('nobody listening is SUBGRAPH_UNAVAILABLE, and so is a subgraph without an address', async () => {
  const unavailable = { code: 'SUBGRAPH_UNAVAILABLE', message: 'Subgraph "people" is not available.' };
  expect(await ask({ url: 'http://127.0.0.1:1/graphql' })).toEqual(unavailable);
  expect(await ask({}, scope(), 'animals')).toEqual({
    ...unavailable,
    message: 'Subgraph "animals" is not available.',
  });
});

test('no answer in time is SUBGRAPH_TIMEOUT, before the first byte and between two', async () => {
  const late = { code: 'SUBGRAPH_TIMEOUT', message: 'Subgraph "people" did not answer in time.' };
  handle = () => undefined;
  expect(await ask({ responseTimeout: 50 })).toEqual(late);
  handle = (_, response) => {
    response.write('{"data":');
  };
  expect(await ask({ responseTimeout: 50 })).toEqual(late);
});

test('a request that ends stops the one to the subgraph', async () => {
  const ending = new AbortController();
  const closed = new Promise<string>((resolve) => {
    handle = (incoming) => {
      incoming.on('close', () => resolve('closed'));
      ending.abort();
    };
  });
  expect(await ask({}, scope(ending.signal))).toEqual({
    code: 'REQUEST_CANCELLED',
    message: 'The request was cancelled before subgraph "people" answered.',
  });
  expect(await closed).toBe('closed');
});

test('an answer over the limit is refused while it arrives', async () => {
  handle = json(200, { data: { a: 'x'.repeat(5000) } });
  expect(await ask({ maxResponseBytes: 1000 })).toEqual({
    code: 'SUBGRAPH_INVALID_RESPONSE',
    message: 'What subgraph "people" answered is larger than 1000 bytes.',
  });
});

test('256 requests are under way at once', async () => {
  const waiting: ServerResponse[] = [];
  handle = (_, response) => {
    waiting.push(response);
    if (waiting.length === 256) for (const one of waiting) one.end('{"data":{"a":1}}');
  };
  const { transport, close } = createHttpTransport(new Map([['people', { url }]]));
  const answers = await Promise.all(Array.from({ length: 256 }, () => transport('people', request, scope())));
  await close();
  expect(answers).toEqual(Array.from({ length: 256 }, () => ({ data: { a: 1 }, ...usual, bytes: 16 })));
  expect(mostOpen).toBe(256);
});
