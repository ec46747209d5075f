import { createHash } from 'node:crypto';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, composeSupergraph, get, serveOpenly, startGateway } from '../../fixtures.ts';

const closing: (() => Promise<unknown>)[] = [];
let url = '';

beforeAll(async () => {
  const [places, people] = await Promise.all([serveOpenly('places'), serveOpenly('people')]);
  const supergraphSdl = composeSupergraph({ places: places.url, people: people.url });
  const started = await startGateway({ supergraphSdl, sources: { kind: 'foreign' }, personas: [] });
  url = started.url;
  closing.push(() => started.gateway.stop(1_000), places.close, people.close);
});

afterAll(async () => {
  for (const close of closing) await close();
});

describe('GraphQL over HTTP', () => {
  // The audits are made from the address, which is known only later; their number and names do not depend on it.
  const audits = serverAudits({ url: () => `${url}/graphql`, fetchFn: fetch });

  test('there are audits', () => {
    expect(audits.length).toBeGreaterThan(60);
  });

  test.for(audits)('$name ($id)', async (audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});

test('a query over two subgraphs is answered in the order asked', async () => {
  const { status, body } = await ask(url, '{ person region(code: "320322") { label population name } }');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toBe(
    '{"data":{"person":"王某","region":{"label":"沛县（1,038,337）","population":1038337,"name":"沛县"}}}',
  );
});

test('every answer has a request id, is not to be stored and not to be guessed at', async () => {
  const { headers } = await fetch(`${url}/graphql?query={person}`);
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test.for([
  ['{', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found <EOF>.'],
  ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing" on type "Query".'],
  [
    'query A { person } query B { person }',
    'OPERATION_RESOLUTION_FAILURE',
    'Must provide operation name if query contains multiple operations.',
  ],
  [
    'query ($code: ID!) { region(code: $code) { name } }',
    'BAD_USER_INPUT',
    'Variable "$code" of required type "ID!" was not provided.',
  ],
] as const)(
  '%s is refused: 200 as application/json, 400 as application/graphql-response+json',
  async ([query, code, message]) => {
    const legacy = await ask(url, query);
    expect(legacy).toMatchObject({ status: 200, body: { errors: [{ message, extensions: { code } }] } });
    expect(legacy.body).not.toHaveProperty('data');
    const modern = await ask(url, query, { headers: { accept: 'application/graphql-response+json' } });
    expect(modern).toMatchObject({ status: 400, body: { errors: [{ message, extensions: { code } }] } });
  },
);

test('an error says in both languages what happened and what to do, and names the request', async () => {
  const { body } = await ask(url, '{ nothing }');
  expect(body).toEqual({
    errors: [
      {
        message: 'Cannot query field "nothing" on type "Query".',
        locations: [{ line: 1, column: 3 }],
        extensions: {
          code: 'GRAPHQL_VALIDATION_FAILED',
          messageZh: '查询与模式（schema）不符。',
          action: 'Correct the query; the schema documentation lists types and fields.',
          actionZh: '请对照模式文档更正查询。',
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    ],
  });
});

test("a foreign graph's own error keeps its words, loses its stack, and does not decide the status", async () => {
  const { status, body } = await ask(url, '{ slot }');
  expect(status).toBe(200);
  expect(body).toEqual({
    data: { slot: null },
    errors: [
      {
        message: 'Slot sl_1 is taken.',
        path: ['slot'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'places', requestId: expect.any(String) },
      },
    ],
  });
});

test('GET runs queries only, and other methods are named', async () => {
  const mutation = encodeURIComponent('mutation { rename(code: "1", name: "x") { name } }');
  expect(await get(`${url}/graphql?query=${mutation}`)).toMatchObject({ status: 405 });
  const response = await fetch(`${url}/graphql`, { method: 'DELETE' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});

test('what a page of another origin could send without asking is not read', async () => {
  const response = await fetch(`${url}/graphql`, { method: 'POST', body: '{"query":"{ person }"}' });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 415,
    body: { errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
  });
  const preflight = await fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([404, null]);
});

test.each(['{}', '{"query":5}', '{"query":"{ person }","variables":"x"}', '[]'])(
  'the malformed request %s is refused with the request id of its answer',
  async (body) => {
    const response = await post(body);
    const requestId = response.headers.get('x-request-id');
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: {
        errors: [
          { message: expect.any(String), extensions: expect.objectContaining({ code: 'BAD_REQUEST', requestId }) },
        ],
      },
    });
  },
);

test('a body that is not JSON, or too large, is refused by the catalogue', async () => {
  const broken = await post('{"query":');
  expect([broken.status, await broken.json()]).toMatchObject([
    400,
    { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
  ]);
  const large = await post(JSON.stringify({ query: `{ person } # ${'x'.repeat(100_000)}` }));
  expect([large.status, await large.json()]).toMatchObject([
    413,
    { errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
  ]);
});

test('a persisted query is unknown first, and then answered by its hash', async () => {
  const query = '{ person }';
  const hash = createHash('sha256').update(query).digest('hex');
  const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }));
  expect(await get(`${url}/graphql?extensions=${extensions}`)).toMatchObject({
    status: 200,
    body: { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
  });
  await get(`${url}/graphql?query=${encodeURIComponent(query)}&extensions=${extensions}`);
  expect(await get(`${url}/graphql?extensions=${extensions}`)).toEqual({
    status: 200,
    body: { data: { person: '王某' } },
  });
});

test('the schema can be asked for', async () => {
  const { body } = await ask(url, '{ __schema { queryType { name } } __type(name: "Region") { fields { name } } }');
  expect(body).toEqual({
    data: {
      __schema: { queryType: { name: 'Query' } },
      __type: { fields: ['code', 'name', 'population', 'label'].map((name) => ({ name })) },
    },
  });
});

function post(body: string): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
}
