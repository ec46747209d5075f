import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, request as sendRequest } from 'node:http';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallerSigner, generateCallerKeys, type CallerSigner } from '@hutong/schema';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ask,
  composeSupergraph,
  createSubgraphs,
  get,
  serveOpenly,
  startColocated,
  startDistributed,
  startGateway,
} from './fixtures.ts';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getIntrospectionQuery } from 'graphql';
import { assertListenable } from '@hutong/kit';
import { createInProcessSources } from './in-process-sources.ts';
import { personas } from './policy/personas.ts';

const closing: (() => Promise<unknown>)[] = [];
const urls = { distributed: '', colocated: '' };

beforeAll(async () => {
  const { sources, servers } = await startDistributed();
  const distributed = await startGateway({ sources });
  const colocated = await startGateway({ sources: startColocated() });
  Object.assign(urls, { distributed: distributed.url, colocated: colocated.url });
  closing.push(
    () => distributed.gateway.stop(1_000),
    () => colocated.gateway.stop(1_000),
    ...servers.map((server) => () => server.stop(1_000)),
  );
});

afterAll(async () => {
  for (const close of closing) await close();
});

const errorOf = (code: string, message: string, messageZh: string, action: string, actionZh: string) => ({
  message,
  extensions: { code, messageZh, action, actionZh, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
});

describe.for(['distributed', 'colocated'] as const)('%s', (mode) => {
  test('a query over two subgraphs is answered as the persona of the header, at one business time', async () => {
    const query = '{ whoAsks person region(code: "320322") { name population label } }';
    expect(await ask(urls[mode], query, { headers: { 'x-hutong-persona': 'insurance-bureau' } })).toEqual({
      status: 200,
      body: {
        data: {
          whoAsks: 'INSURANCE_BUREAU 2024-12-31T23:59:59.000+08:00',
          person: '王某',
          region: { name: '沛县', population: 1_038_337, label: '沛县（1,038,337）' },
        },
      },
    });
  });

  test('a request that names no persona is the health commission’s', async () => {
    expect(await ask(urls[mode], '{ whoAsks }')).toEqual({
      status: 200,
      body: { data: { whoAsks: 'HEALTH_COMMISSION 2024-12-31T23:59:59.000+08:00' } },
    });
  });

  test('what a client cannot read is refused with 406, without data', async () => {
    const response = await fetch(`${urls[mode]}/graphql?query={person}`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(406);
    expect(await response.text()).not.toContain('王某');
  });

  test('an unknown persona is refused with 401', async () => {
    const response = await fetch(`${urls[mode]}/graphql?query={person}`, { headers: { 'x-hutong-persona': 'king' } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'HutongPersona header="x-hutong-persona"',
    ]);
    const known =
      'health-commission, resident, family-doctor, hospital-doctor, city-hospital-doctor, hospital-manager, alliance-manager, insurance-bureau, cdc, bi, partner, auditor';
    expect(await response.json()).toEqual({
      errors: [
        errorOf(
          'UNAUTHENTICATED',
          `No such persona. The header x-hutong-persona takes one of: ${known}.`,
          `没有该演示身份。请求头 x-hutong-persona 可填：${known}。`,
          'Send valid credentials; in the demo, the id of a persona in the header x-hutong-persona.',
          '请携带有效凭证；演示环境中请在 x-hutong-persona 请求头中填写演示身份的编号。',
        ),
      ],
    });
  });

  test('an error of the catalogue comes with its own words and what to do', async () => {
    const { extensions, ...rest } = errorOf(
      'SLOT_TAKEN',
      'Slot sl_1 is taken.',
      '号源 sl_1 已被占用。',
      'Read the free slots again and choose another.',
      '请重新查询空闲时段并选择其他时段。',
    );
    expect(await ask(urls[mode], '{ slot person }')).toEqual({
      status: 200,
      body: {
        data: { slot: null, person: '王某' },
        errors: [{ ...rest, path: ['slot'], extensions: { ...extensions, subgraph: 'places' } }],
      },
    });
  });

  test.each([
    [
      '{ on(day: "nonsense") person }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
      '"nonsense" is not a Date; write it like 2024-03-01',
    ],
    ['{ on(day: SOON) person }', {}, 'GRAPHQL_VALIDATION_FAILED', 'SOON is not a Date; write it like 2024-03-01'],
    [
      'query ($day: Date!) { on(day: $day) person }',
      { day: '2024-02-30' },
      'BAD_USER_INPUT',
      'Variable "$day" got invalid value "2024-02-30"; "2024-02-30" is not a Date; write it like 2024-03-01',
    ],
  ])('what is no date is refused before any subgraph is asked: %s %j', async (query, variables, code, message) => {
    const { status, body } = await ask(urls[mode], query, { variables });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        errors: [
          {
            message,
            locations: [{ line: 1, column: expect.any(Number) }],
            extensions: expect.objectContaining({ code }),
          },
        ],
      },
    });
  });

  test('the cause of a fault never reaches the caller', async () => {
    const { status, body } = await ask(urls[mode], '{ secret person }');
    const { extensions, ...rest } = errorOf(
      'INTERNAL_SERVER_ERROR',
      'The server failed; the cause is in its log.',
      '服务器内部错误，原因已记录在日志中。',
      'Try again; if it stays, report the request id to the operator.',
      '请重试；若仍出现，请将请求编号告知运维人员。',
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: { secret: null, person: '王某' },
        errors: [{ ...rest, path: ['secret'], extensions: { ...extensions, subgraph: 'places' } }],
      },
    });
  });

  test('a request that takes longer than allowed ends with what was there', async () => {
    const sources = mode === 'colocated' ? startColocated() : await startedSources();
    const { gateway, url } = await startGateway({ sources, requestTimeout: 300 });
    const { status, body } = await ask(url, '{ slow(milliseconds: 3000) person }');
    await gateway.stop(100);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        data: { slow: null, person: '王某' },
        errors: [{ path: ['slow'], extensions: { code: 'REQUEST_TIMEOUT' } }],
      },
    });
  });

  test('/live, /ready and /health', async () => {
    expect(await get(`${urls[mode]}/live`)).toEqual({ status: 200, body: { status: 'live' } });
    expect(await get(`${urls[mode]}/health`)).toEqual({ status: 200, body: { status: 'ok' } });
    const subgraphs = { places: { status: 'ready' }, people: { status: 'ready' } };
    expect(await get(`${urls[mode]}/ready`)).toEqual({ status: 200, body: { status: 'ready', subgraphs } });
  });

  test('the page’s menu gets the personas', async () => {
    const { body } = await get(`${urls[mode]}/personas`);
    expect(body).toHaveLength(personas.length);
    expect(body).toContainEqual({
      id: 'health-commission',
      role: 'HEALTH_COMMISSION',
      name: 'County health commission',
      nameZh: '县卫生健康委',
      institution: 'Health Commission of Pei county (example)',
      institutionZh: '沛县卫生健康委员会（示例）',
      region: 'Pei county',
      regionZh: '沛县',
      sees: 'Figures, staff register and totals of the region; single cases only under a pseudonym and with a reason.',
      seesZh: '可看辖区指标、人员名册与合计；个案仅限化名且须说明理由。',
    });
  });
});

test('a subgraph that is down costs its own fields only, and /ready says which one is missing', async () => {
  const { sources, servers } = await startDistributed();
  const { gateway, url } = await startGateway({ sources });
  await servers[1]?.stop(100);
  const answer = await ask(url, '{ whoAsks person }');
  const ready = await get(`${url}/ready`);
  const health = await get(`${url}/health`);
  await gateway.stop(100);
  await servers[0]?.stop(100);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      data: { whoAsks: 'HEALTH_COMMISSION 2024-12-31T23:59:59.000+08:00', person: null },
      errors: [{ path: ['person'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'people' } }],
    },
  });
  expect(ready).toMatchObject({
    status: 503,
    body: {
      status: 'not ready',
      missing: ['people'],
      subgraphs: { places: { status: 'ready' }, people: { status: 'missing' } },
      errors: [{ message: 'Not ready: no answer from people.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    },
  });
  expect(health).toEqual({ status: 200, body: { status: 'ok' } });
});

test('a subgraph that is asked several times for one request gets one token', async () => {
  const { sources, servers } = await startDistributed();
  const signed: string[] = [];
  const signCaller: CallerSigner = (subgraph, claims) => {
    signed.push(subgraph);
    return sources.signCaller(subgraph, claims);
  };
  const { gateway, url } = await startGateway({ sources: { ...sources, signCaller } });
  const { body } = await ask(url, '{ person region(code: "320322") { label } }');
  await gateway.stop(100);
  await Promise.all(servers.map((server) => server.stop(100)));
  expect(body).toEqual({ data: { person: '王某', region: { label: '沛县（1,038,337）' } } });
  expect(signed.toSorted()).toEqual(['people', 'places']);
});

describe('what an operation may cost', () => {
  const deep = (levels: number): string => `{ ${'... { '.repeat(levels)} person ${'}'.repeat(levels)} }`;
  const chain = Array.from({ length: 100 }, (_, no) => `fragment F${no} on Query { person ...F${no + 1} }`).join(' ');
  const regions = (number: number): string =>
    `{ ${Array.from({ length: number }, (_, no) => `r${no}: region(code: "${no}") { label }`).join(' ')} }`;

  test.each([
    ['levels', deep(60), 'QUERY_TOO_COSTLY', 'The operation is more than 50 levels deep.'],
    ['brackets', deep(3_000), 'QUERY_TOO_COSTLY', 'The brackets of the document stand more than 100 levels deep.'],
    [
      'fragments in each other',
      `{ ...F0 } ${chain} fragment F100 on Query { person }`,
      'QUERY_TOO_COSTLY',
      'The operation is more than 50 levels deep.',
    ],
    [
      'tokens',
      `{ ${'person '.repeat(10_000)} }`,
      'GRAPHQL_PARSE_FAILED',
      'Syntax Error: Document contains more that 10000 tokens. Parsing aborted.',
    ],
    ['selections', regions(600), 'QUERY_TOO_COSTLY', 'The operation has more than 1000 selections.'],
    ['fetches', regions(101), 'QUERY_TOO_COSTLY', 'The operation needs 102 requests to subgraphs; 100 are allowed.'],
  ])('too many %s are refused before any subgraph is asked', async (_, query, code, message) => {
    const { status, body } = await ask(urls.colocated, query, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(body).toMatchObject({ errors: [{ message, extensions: { code } }] });
    expect(body).not.toHaveProperty('data');
    expect(status).toBe(400);
  });

  test('a deep question, one with many fields, and introspection are answered', async () => {
    const fields = Array.from({ length: 400 }, (_, no) => `p${no}: person`).join(' ');
    for (const query of [deep(45), `{ ${fields} }`, getIntrospectionQuery()]) {
      expect((await ask(urls.colocated, query)).body).not.toHaveProperty('errors');
    }
  });
});

describe('/ready finds out that no query can work, though every subgraph is up', () => {
  test.each([
    ['with the wrong caller key', '/graphql', true],
    ['with a wrong address', '/graph', false],
  ])('%s', async (_, path, isWrongKey) => {
    const { sources, servers } = await startDistributed();
    const { privateKey } = await generateCallerKeys('test');
    const moved = new Map([...sources.urls].map(([name, url]) => [name, new URL(path, url).href]));
    const signCaller = isWrongKey ? await createCallerSigner(privateKey) : sources.signCaller;
    const { gateway, url } = await startGateway({ sources: { ...sources, urls: moved, signCaller } });
    const ready = await get(`${url}/ready`);
    await gateway.stop(100);
    await Promise.all(servers.map((server) => server.stop(100)));
    expect(ready).toMatchObject({ status: 503, body: { missing: ['places', 'people'] } });
  });
});

test('subgraphs behind a path of a proxy are found ready there', async () => {
  const { sources, servers } = await startDistributed();
  const targets = new Map(servers.map((server, index) => [`/${index}`, new URL(server.url).origin]));
  const proxy = createHttpServer((request, response) => {
    const [, prefix = '', path = ''] = /^(\/\d)(.*)$/.exec(request.url ?? '') ?? [];
    const { method, headers } = request;
    const forward = sendRequest(`${targets.get(prefix)}${path}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${portOf(proxy)}`;
  const moved = new Map([...sources.urls.keys()].map((name, index) => [name, `${base}/${index}/graphql`]));
  const { gateway, url } = await startGateway({ sources: { ...sources, urls: moved } });
  const ready = await get(`${url}/ready`);
  await gateway.stop(100);
  await Promise.all(servers.map((server) => server.stop(100)));
  proxy.closeAllConnections();
  proxy.close();
  expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test.each([
  ['is too long for it', '/graphql', { bodyLimit: 200 }, 'The request body is larger than the server accepts.'],
  ['goes to a wrong address', '/graph', {}, 'There is nothing at this address.'],
])('what we ask of a subgraph and %s is a fault of ours, and the log learns why', async (_, path, options, message) => {
  const { sources, servers } = await startDistributed(options);
  const moved = new Map([...sources.urls].map(([name, url]) => [name, new URL(path, url).href]));
  const { gateway, url } = await startGateway({ sources: { ...sources, urls: moved } });
  const { result, faults } = await withFaults(() => ask(url, `{ region(code: "${'x'.repeat(200)}") { name } }`));
  await gateway.stop(100);
  await Promise.all(servers.map((server) => server.stop(100)));
  expect(result).toMatchObject({
    status: 200,
    body: {
      data: { region: null },
      errors: [{ path: ['region'], extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'places' } }],
    },
  });
  const cause = expect.objectContaining({ message });
  expect(faults).toEqual([{ subgraph: 'places', requestId: expect.any(String), cause }]);
});

async function withFaults<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly faults: unknown[] }> {
  const faults: unknown[] = [];
  const onFault = (fault: unknown): number => faults.push(fault);
  subscribe('hutong:error', onFault);
  try {
    return { result: await work(), faults };
  } finally {
    unsubscribe('hutong:error', onFault);
  }
}

test('what a subgraph in this process throws is an internal error, and the log learns the cause', async () => {
  const subgraphs = createSubgraphs().map((subgraph) => ({ subgraph, checkReady: async () => undefined }));
  const running = subgraphs.map(({ subgraph, checkReady }) => ({
    checkReady,
    subgraph: { ...subgraph, execute: subgraph.name === 'people' ? throwing : subgraph.execute },
  }));
  const { gateway, url } = await startGateway({ sources: createInProcessSources(running) });
  const { result, faults } = await withFaults(() => ask(url, '{ whoAsks person }'));
  await gateway.stop(100);
  expect(result).toMatchObject({
    status: 200,
    body: {
      data: { whoAsks: 'HEALTH_COMMISSION 2024-12-31T23:59:59.000+08:00', person: null },
      errors: [{ path: ['person'], extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'people' } }],
    },
  });
  expect(faults).toEqual([{ subgraph: 'people', requestId: expect.any(String), cause: expect.any(TypeError) }]);
});

const throwing = async (): Promise<never> => {
  throw new TypeError('x is not a function');
};

test('a stopping gateway finishes requests in flight, tells watchers, and accepts no new connection', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated() });
  const inFlight = ask(url, '{ slow(milliseconds: 400) }');
  await pause(100);
  const start = performance.now();
  const stopped = gateway.stop(5_000);
  expect(await inFlight).toEqual({ status: 200, body: { data: { slow: 'done' } } });
  expect(await stopped).toBe(0);
  expect(performance.now() - start).toBeLessThan(2_000);
  await expect(fetch(`${url}/live`)).rejects.toThrow('fetch failed');
});

test('until the drain delay is over a stopping gateway serves requests, and /ready says that it stops', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated() });
  const stopped = gateway.stop(5_000, 700);
  const during = { ready: await get(`${url}/ready`), answer: await ask(url, '{ person }') };
  await pause(300);
  const late = await ask(url, '{ person }');
  expect(await stopped).toBe(0);
  expect(during).toMatchObject({
    ready: { status: 503, body: { status: 'stopping', errors: [{ extensions: { code: 'SHUTTING_DOWN' } }] } },
    answer: { status: 200, body: { data: { person: '王某' } } },
  });
  expect(late).toEqual(during.answer);
  await expect(fetch(`${url}/ready`)).rejects.toThrow('fetch failed');
});

test('a request whose body does not arrive is ended', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated(), receiveTimeout: 300 });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answer: string[] = [];
  socket.setEncoding('utf8').on('data', (text: string) => answer.push(text));
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":',
  );
  await once(socket, 'close');
  await gateway.stop(100);
  expect(answer.join('')).toMatch(/^HTTP\/1\.1 408 /);
});

test('requests that outlast the drain time are cut, and counted', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated() });
  const inFlight = ask(url, '{ slow(milliseconds: 3000) }');
  const outcome = inFlight.then(
    () => 'answered',
    (error: Error) => error.message,
  );
  await pause(100);
  expect(await gateway.stop(200)).toBe(1);
  expect(await outcome).toBe('fetch failed');
});

test('when the client goes away, what was asked of subgraphs is given up', async () => {
  const silent = createHttpServer();
  const events: string[] = [];
  silent.on('request', (_request, response) => {
    events.push('asked');
    response.once('close', () => events.push('given up'));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const supergraphSdl = composeSupergraph({ people: `http://127.0.0.1:${portOf(silent)}/graphql` });
  const { gateway, url } = await startGateway({ supergraphSdl, sources: { kind: 'foreign' }, personas: [] });
  const client = new AbortController();
  const left = fetch(`${url}/graphql?query={person}`, { signal: client.signal }).catch(() => 'left');
  await vi.waitFor(() => expect(events).toEqual(['asked']));
  client.abort();
  expect(await left).toBe('left');
  await vi.waitFor(() => expect(events).toEqual(['asked', 'given up']));
  await gateway.stop(100);
  silent.close();
});

test('a taken port is one sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const port = portOf(taken);
  const starting = startGateway({ sources: startColocated() }, port);
  await expect(starting).rejects.toThrow(
    `Port ${port} is taken: another program listens on 127.0.0.1:${port}. Stop it, or choose another port with PORT=N (or --port N).`,
  );
  await expect(assertListenable({ host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is taken`);
  taken.close();
  await expect(assertListenable({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
    'HOST 192.0.2.1 is not an address of this machine',
  );
  expect(await assertListenable({ host: '127.0.0.1', port: 0 })).toBeUndefined();
});

test('a supergraph that is none is refused, and the present one goes on serving', async () => {
  const { gateway, url } = await startGateway({ sources: startColocated() });
  await expect(gateway.replaceSupergraph('type Query { person: String }')).rejects.toThrow('supergraph');
  const answer = await ask(url, '{ person }');
  await gateway.stop(100);
  expect(answer).toEqual({ status: 200, body: { data: { person: '王某' } } });
});

test('a new supergraph serves the next request, while one in flight ends on the old one', async () => {
  const [old, next, people] = await Promise.all([serveOpenly('places'), serveOpenly('places'), serveOpenly('people')]);
  const supergraphSdl = composeSupergraph({ places: old.url, people: people.url });
  const { gateway, url } = await startGateway({ supergraphSdl, sources: { kind: 'foreign' }, personas: [] });
  const inFlight = ask(url, '{ slow(milliseconds: 400) }');
  await pause(100);
  await gateway.replaceSupergraph(
    composeSupergraph({ places: next.url, people: people.url }).replace(/^ {2}person: .*$/m, ''),
  );
  expect(await ask(url, '{ person }')).toMatchObject({
    body: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  });
  expect(await inFlight).toEqual({ status: 200, body: { data: { slow: 'done' } } });
  await old.close();
  expect(await ask(url, '{ region(code: "320322") { label } }')).toEqual({
    status: 200,
    body: { data: { region: { label: '沛县（1,038,337）' } } },
  });
  await gateway.stop(100);
  await Promise.all([next.close(), people.close()]);
});

test('a foreign graph has no personas, and asks its subgraphs for nothing but their type name to be ready', async () => {
  const places = await serveOpenly('places');
  const supergraphSdl = composeSupergraph({ places: places.url, people: 'http://127.0.0.1:1/graphql' });
  const { gateway, url } = await startGateway({ supergraphSdl, sources: { kind: 'foreign' }, personas: [] });
  const answers = {
    whoAsks: await ask(url, '{ whoAsks }', { headers: { 'x-hutong-persona': 'king' } }),
    personas: await get(`${url}/personas`),
    ready: await get(`${url}/ready`),
  };
  await gateway.stop(100);
  await places.close();
  expect(answers).toMatchObject({
    whoAsks: { status: 200, body: { data: { whoAsks: 'NOBODY now' } } },
    personas: { status: 404, body: { errors: [{ extensions: { code: 'ROUTE_NOT_FOUND' } }] } },
    ready: { status: 503, body: { missing: ['people'], subgraphs: { places: { status: 'ready' } } } },
  });
});

test('the built page is served at / and may load and call nothing but this server', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hutong-page-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>互通</title>');
  await writeFile(join(directory, 'assets', 'page-1a2b.js'), 'export {};');
  const { gateway, url } = await startGateway({ sources: startColocated(), consoleDirectory: directory });
  const page = await fetch(`${url}/`);
  const script = await fetch(`${url}/assets/page-1a2b.js`);
  const outside = await fetch(`${url}/..%2f..%2fetc/passwd`);
  await gateway.stop(100);
  await rm(directory, { recursive: true });
  expect(gateway.hasConsole).toBe(true);
  expect(await page.text()).toContain('互通');
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect([page.headers.get('cache-control'), script.headers.get('cache-control')]).toEqual([
    'no-cache',
    'public, max-age=31536000, immutable',
  ]);
  expect(outside.status).toBe(404);
});

async function startedSources() {
  const { sources, servers } = await startDistributed();
  closing.push(...servers.map((server) => () => server.stop(100)));
  return sources;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
