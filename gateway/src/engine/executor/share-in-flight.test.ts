import { expect, test } from 'vitest';
import { shareInFlight } from './share-in-flight.ts';
import { SubgraphFailure, toSubgraphFailure } from './subgraph-failure.ts';
import { type RequestScope, type SubgraphResponse, type Transport, createSubgraphOperation } from './transport.ts';

/** A transport whose answers are given by hand, in the order of the requests. */
function createHeldTransport() {
  const asked: {
    readonly requestId: string;
    readonly variables: string;
    readonly answer: (value: SubgraphResponse) => void;
  }[] = [];
  const transport: Transport = (subgraph, { variables }, { requestId, signal }) =>
    new Promise((resolve, reject) => {
      asked.push({ requestId, variables, answer: resolve });
      signal.addEventListener('abort', () => reject(toSubgraphFailure(subgraph, signal.reason, signal)));
    });
  return { asked, transport: shareInFlight(transport) };
}

const scope = (requestId: string, options: Partial<RequestScope> = {}): RequestScope => ({
  requestId,
  signal: new AbortController().signal,
  headersFor: () => ({}),
  sharingKey: '',
  ...options,
});

const shareable = createSubgraphOperation('query', '{ a }', undefined, true);
const request = { operation: shareable, variables: '{}' };

test('equal questions of one moment are asked once, later ones again', async () => {
  const { asked, transport } = createHeldTransport();
  const both = [transport('people', request, scope('1')), transport('people', request, scope('2'))];
  expect(asked.map(({ requestId }) => requestId)).toEqual(['1']);
  asked[0]?.answer({ data: { a: 1 } });
  expect(await Promise.all(both)).toEqual([{ data: { a: 1 } }, { data: { a: 1 } }]);
  void transport('people', request, scope('3'));
  expect(asked.map(({ requestId }) => requestId)).toEqual(['1', '3']);
});

test.each([
  ['other variables', 'people', { ...request, variables: '{"n":1}' }, {}],
  ['another subgraph', 'money', request, {}],
  ['another caller', 'people', request, { sharingKey: '{"authorization":"other"}' }],
  ['a caller of whom nothing is said', 'people', request, { sharingKey: undefined }],
  [
    'another question',
    'people',
    { ...request, operation: createSubgraphOperation('query', '{ b }', undefined, true) },
    {},
  ],
  ['what may not be shared', 'people', { ...request, operation: createSubgraphOperation('query', '{ a }') }, {}],
])('%s is asked apart', (_, subgraph, other, options) => {
  const { asked, transport } = createHeldTransport();
  void transport('people', request, scope('1'));
  void transport(subgraph, other, scope('2', options));
  expect(asked.map(({ requestId }) => requestId)).toEqual(['1', '2']);
});

test('who joined gets an answer of its own when the first one’s client is gone', async () => {
  const { asked, transport } = createHeldTransport();
  const gone = new AbortController();
  const first = transport('people', request, scope('1', { signal: gone.signal }));
  const second = transport('people', request, scope('2'));
  gone.abort();
  await expect(first).rejects.toThrow('The request was cancelled before subgraph "people" answered.');
  asked[1]?.answer({ data: { a: 2 } });
  expect(await second).toEqual({ data: { a: 2 } });
  expect(asked.map(({ requestId }) => requestId)).toEqual(['1', '2']);
});

test('who joined and goes does not take the answer from the others', async () => {
  const { asked, transport } = createHeldTransport();
  const gone = new AbortController();
  const first = transport('people', request, scope('1'));
  const second = transport('people', request, scope('2', { signal: gone.signal }));
  gone.abort();
  await expect(second).rejects.toThrow('The request was cancelled before subgraph "people" answered.');
  asked[0]?.answer({ data: { a: 1 } });
  expect(await first).toEqual({ data: { a: 1 } });
});

test('a failure is everybody’s', async () => {
  const failure = new SubgraphFailure('people', 'SUBGRAPH_TIMEOUT', 'Subgraph "people" did not answer in time.');
  const transport = shareInFlight(() => Promise.reject(failure));
  const both = [transport('people', request, scope('1')), transport('people', request, scope('2'))];
  expect(await Promise.allSettled(both)).toEqual([
    { status: 'rejected', reason: failure },
    { status: 'rejected', reason: failure },
  ]);
});
