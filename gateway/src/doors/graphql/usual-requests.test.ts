import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeSupergraph, serveOpenly, startGateway } from '../../fixtures.ts';

const closing: (() => Promise<unknown>)[] = [];
let url = '';

beforeAll(async () => {
  const [places, people] = await Promise.all([serveOpenly('places'), serveOpenly('people')]);
  const supergraphSdl = composeSupergraph({ places: places.url, people: people.url });
  const started = await startGateway({ supergraphSdl, sources: { kind: 'foreign' }, personas: [], allowExplain: true });
  url = started.url;
  closing.push(() => started.gateway.stop(1_000), places.close, people.close);
});

afterAll(async () => {
  for (const close of closing) await close();
});

/** The whole answer, but for what is another's every time. */
async function post(body: unknown, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const requestId = response.headers.get('x-request-id') ?? '';
  const others = [...response.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date');
  const text = (await response.text()).replaceAll(requestId, 'its request id');
  return { status: response.status, headers: others, text };
}

const twoOperations = 'query A { person } query B { region(code: "320322") { name } }';
const byCode = 'query ByCode($code: ID!) { region(code: $code) { label name } }';
const modern = { accept: 'application/graphql-response+json' };

interface Asked {
  readonly what: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly query?: unknown };
  readonly headers?: Readonly<Record<string, string>>;
}

const requests: readonly Asked[] = [
  { what: 'a query', body: { query: '{ person region(code: "320322") { label population name } }' } },
  { what: 'a query with variables', body: { query: byCode, variables: { code: '320322' } } },
  { what: 'a named query', body: { query: byCode, operationName: 'ByCode', variables: { code: '320322' } } },
  { what: 'one of two operations', body: { query: twoOperations, operationName: 'B' } },
  {
    what: 'members that are null',
    body: { query: '{ person }', operationName: null, variables: null, extensions: null },
  },
  { what: 'members nobody knows', body: { query: '{ person }', id: 1 } },
  { what: 'a mutation', body: { query: 'mutation { rename(code: "320322", name: "沛县") { name } }' } },
  { what: 'the newer media type', body: { query: '{ person }' }, headers: modern },
  { what: 'any media type', body: { query: '{ person }' }, headers: { accept: '*/*' } },
  {
    what: 'media types by preference',
    body: { query: '{ person }' },
    headers: { accept: `${modern.accept}, */*;q=0.1` },
  },
  { what: 'a media type there is none of', body: { query: '{ person }' }, headers: { accept: 'image/png' } },
  { what: 'a field that fails', body: { query: '{ slot person }' } },
  { what: 'an explained query', body: { query: '{ person }', extensions: { explain: 'plan' } } },
  { what: 'no operation of that name', body: { query: twoOperations, operationName: 'C' } },
  { what: 'no name of two operations', body: { query: twoOperations } },
  { what: 'an empty name', body: { query: twoOperations, operationName: '' } },
  { what: 'a variable too few', body: { query: byCode } },
  { what: 'a variable too few, the newer media type', body: { query: byCode }, headers: modern },
  { what: 'a variable that is none', body: { query: byCode, variables: { code: { a: 1 } } } },
  { what: 'a field there is none of', body: { query: '{ nothing }' } },
  { what: 'a text that is no GraphQL', body: { query: '{ person! }' } },
  { what: 'a fragment alone', body: { query: 'fragment P on Query { person }' } },
  { what: 'a subscription', body: { query: 'subscription { person }' } },
  { what: 'variables in a text', body: { query: '{ person }', variables: '{}' } },
  { what: 'variables in a list', body: { query: '{ person }', variables: [] } },
  { what: 'a name that is a number', body: { query: '{ person }', operationName: 1 } },
  { what: 'extensions in a text', body: { query: '{ person }', extensions: 'none' } },
  { what: 'an empty text', body: { query: '' } },
  { what: 'no text', body: { variables: {} } },
];

let texts = 0;

test.for(requests)(
  '$what: the same answer to a text that was never asked and to one that is usual',
  async ({ body, headers = {} }) => {
    const usual = typeof body.query === 'string' ? body.query : undefined;
    const fresh = (): unknown => {
      texts += 1;
      // Nothing is usual about it but what it asks.
      return usual ? { ...body, query: `${usual}#${texts}` } : body;
    };
    const [unheard, ...again] = [
      await post(fresh(), headers),
      await post(body, headers),
      await post(body, headers),
      await post(body, headers),
    ];
    expect(again).toEqual([unheard, unheard, unheard]);
  },
);

test('after a mistake in its variables a usual text is answered as ever', async () => {
  const right = { query: byCode, variables: { code: '320322' } };
  const answers = [
    await post(right, {}),
    await post(right, {}),
    await post({ query: byCode }, {}),
    await post(right, {}),
  ];
  expect(answers.map(({ text }) => text.slice(0, 8))).toEqual(['{"data":', '{"data":', '{"errors', '{"data":']);
});
