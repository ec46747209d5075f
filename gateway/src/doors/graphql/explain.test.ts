import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, composeSupergraph, serveOpenly, startColocated, startGateway } from '../../fixtures.ts';

/** Subgraphs that were asked, in order. */
const asked: string[] = [];
const closing: (() => Promise<unknown>)[] = [];
const urls = { inProcess: '', overHttp: '', closed: '' };

beforeAll(async () => {
  const colocated = startColocated();
  if (colocated.kind !== 'colocated') throw new TypeError('The subgraphs of this test run in this process.');
  const sources: typeof colocated = {
    ...colocated,
    transport: (subgraph, ...rest) => {
      asked.push(subgraph);
      return colocated.transport(subgraph, ...rest);
    },
  };
  const [places, people] = await Promise.all([serveOpenly('places'), serveOpenly('people')]);
  const supergraphSdl = composeSupergraph({ places: places.url, people: people.url });
  const foreign = { supergraphSdl, sources: { kind: 'foreign' as const }, personas: [] };
  const inProcess = await startGateway({ sources, allowExplain: true });
  const overHttp = await startGateway({ ...foreign, allowExplain: true });
  const closed = await startGateway({ sources });
  Object.assign(urls, { inProcess: inProcess.url, overHttp: overHttp.url, closed: closed.url });
  for (const { gateway } of [inProcess, overHttp, closed]) closing.push(() => gateway.stop(1_000));
  closing.push(places.close, people.close);
});

afterAll(async () => {
  for (const close of closing) await close();
});

const query = 'query Q { region(code: "320322") { name population } }';
const fetches = [
  { kind: 'Fetch', id: 0, subgraph: 'places', query: expect.stringMatching(/^query Q__places__0/) },
  {
    kind: 'Fetch',
    id: 1,
    subgraph: 'people',
    place: 'region',
    requires: '... on Region { __typename code }',
    query: expect.stringMatching(/^query Q__people__1/),
  },
];

/** Durations vary; everything else of a text is known. */
function withoutTimes(text: unknown): string {
  return String(text).replaceAll(/[\d.]+ ms/g, '… ms');
}

function planOf(body: unknown): { readonly text: unknown; readonly tree: unknown } {
  return Object(body).extensions.plan;
}

test('a plan is answered instead of data, and no subgraph is asked', async () => {
  asked.length = 0;
  const { status, body } = await ask(urls.inProcess, query, { extensions: { explain: 'plan' } });
  const { text, tree } = planOf(body);
  expect({ status, body, asked }).toEqual({
    status: 200,
    body: { data: null, extensions: { plan: { text, tree } } },
    asked: [],
  });
  expect(tree).toEqual({ kind: 'Sequence', children: fetches });
  expect(text).toMatchInlineSnapshot(`
    "Sequence {
      Fetch from places {
        query Q__places__0 {
          region(code: 320322) {
            __typename
            code
            name
          }
        }
      }
      Fetch from people at region {
        by ... on Region { __typename code }
        query Q__people__1($representations: [_Any!]!) {
          _entities(representations: $representations) {
            ... on Region {
              population
            }
          }
        }
      }
    }"
  `);
});

test('a mutation whose plan is asked for is not run', async () => {
  asked.length = 0;
  const mutation = 'mutation { rename(code: "320322", name: "新名") { name } }';
  const { body } = await ask(urls.inProcess, mutation, { extensions: { explain: 'plan' } });
  expect({ body, asked }).toMatchObject({ body: { data: null, extensions: { plan: {} } }, asked: [] });
});

test('an operation that is run and explained has its answer, and what each request took', async () => {
  asked.length = 0;
  const { body } = await ask(urls.inProcess, query, { extensions: { explain: 'run' } });
  const { text, tree } = planOf(body);
  const time = { startedAfterMs: expect.any(Number), milliseconds: expect.any(Number) };
  expect({ body, asked }).toEqual({
    body: { data: { region: { name: '沛县', population: 1_038_337 } }, extensions: { plan: { text, tree } } },
    asked: ['places', 'people'],
  });
  expect(tree).toEqual({
    kind: 'Sequence',
    children: [
      { ...fetches[0], runs: [time] },
      { ...fetches[1], runs: [{ ...time, entities: 1 }] },
    ],
  });
  expect(withoutTimes(text)).toMatchInlineSnapshot(`
    "Sequence {
      Fetch from places {
        # … ms, started after … ms
        query Q__places__0 {
          region(code: 320322) {
            __typename
            code
            name
          }
        }
      }
      Fetch from people at region {
        # … ms, started after … ms, 1 entities
        by ... on Region { __typename code }
        query Q__people__1($representations: [_Any!]!) {
          _entities(representations: $representations) {
            ... on Region {
              population
            }
          }
        }
      }
    }"
  `);
});

test('over HTTP the size of each answer is told; a fetch without anything to ask says so', async () => {
  const nowhere = 'query Q { region(code: "none") { name population } }';
  const { body } = await ask(urls.overHttp, nowhere, { extensions: { explain: 'run' } });
  const [places, people] = Object(planOf(body).tree).children;
  expect(places.runs).toEqual([expect.objectContaining({ bytes: '{"data":{"region":null}}'.length })]);
  expect(people.runs).toEqual([]);
  expect(planOf(body).text).toContain('# not asked');
});

test('a request that fails is told with its code', async () => {
  const slow = 'query Q { slow(milliseconds: 2500) }';
  const { body } = await ask(urls.overHttp, slow, { extensions: { explain: 'run' } });
  expect(body).toMatchObject({
    errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }],
    extensions: { plan: { tree: { runs: [{ failed: 'SUBGRAPH_TIMEOUT' }] } } },
  });
});

test('where plans are not shown, who asks for one is refused, and nothing is run', async () => {
  asked.length = 0;
  const { status, body } = await ask(urls.closed, query, { extensions: { explain: 'run' } });
  expect({ status, body, asked }).toEqual({
    status: 403,
    body: {
      errors: [
        {
          message: 'Plans are not shown here (HUTONG_EXPLAIN), so the operation was not run.',
          extensions: expect.objectContaining({ code: 'FORBIDDEN' }),
        },
      ],
    },
    asked: [],
  });
});

test.each(['inProcess', 'closed'] as const)('anything else is no way to explain (%s)', async (name) => {
  asked.length = 0;
  const { status, body } = await ask(urls[name], query, { extensions: { explain: true } });
  expect({ status, body, asked }).toMatchObject({
    status: 200,
    body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    asked: [],
  });
  expect(body).not.toHaveProperty('data');
});

test('clients that take streams are explained to, and refused, likewise', async () => {
  asked.length = 0;
  const deferred = 'query Q { region(code: "320322") { name ... @defer { population } } }';
  const headers = { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' };
  const request = {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: deferred, extensions: { explain: 'plan' } }),
  };
  const [open, closed] = await Promise.all(
    [urls.inProcess, urls.closed].map(async (url) => (await fetch(`${url}/graphql`, request)).text()),
  );
  expect(open).toContain('"tree":{"kind":"Defer"');
  expect(open).toContain('"data":null,"hasNext":false');
  expect(closed).toContain('FORBIDDEN');
  expect(asked).toEqual([]);
});
