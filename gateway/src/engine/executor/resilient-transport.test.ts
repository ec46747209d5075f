import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BreakerReport, breakerChannelName } from './breaker-channel.ts';
import { type ResilienceOptions, createResilientTransport } from './resilient-transport.ts';
import { SubgraphFailure, requestEnded, unavailable } from './subgraph-failure.ts';
import { type RequestScope, type SubgraphResponse, createSubgraphOperation } from './transport.ts';

type Answer = SubgraphResponse | Error | ((scope: RequestScope) => Promise<SubgraphResponse>);

const good = { data: { a: 1 } };
const reset = unavailable('people', { cause: new Error('ECONNRESET'), isRetryable: true, isOutage: true });
const late = new SubgraphFailure('people', 'SUBGRAPH_TIMEOUT', 'Late.', { isOutage: true });
const status400 = new SubgraphFailure('people', 'SUBGRAPH_INVALID_RESPONSE', 'Status 400.');
const withheld =
  'SUBGRAPH_UNAVAILABLE: Subgraph "people" is not available: too many requests to it failed, and it is not asked for now.';
const errorOf = (code: string) => ({ data: { a: null }, errors: [{ message: 'No', extensions: { code } }] });

const reports: Partial<BreakerReport>[] = [];
const observe = (report: unknown): void => {
  const { subgraph, state, code, cause } = report as BreakerReport;
  reports.push({ subgraph, state, ...(code === undefined ? {} : { code }), ...(cause === undefined ? {} : { cause }) });
};

beforeEach(() => {
  reports.length = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  subscribe(breakerChannelName, observe);
});
afterEach(() => {
  unsubscribe(breakerChannelName, observe);
  vi.useRealTimers();
});

/** A transport that gives these answers, one per attempt, and the last one from then on. */
function serve(answers: readonly [Answer, ...Answer[]], options: ResilienceOptions = {}) {
  let attempts = 0;
  const transport = createResilientTransport(
    async (_subgraph, _request, scope) => {
      const answer = answers[Math.min(attempts, answers.length - 1)] ?? answers[0];
      attempts += 1;
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(scope) : answer;
    },
    new Map([['people', options]]),
  );
  const ask = async (
    kind: 'query' | 'mutation' | 'subscription' = 'query',
    signal = new AbortController().signal,
  ): Promise<unknown> => {
    const operation = createSubgraphOperation(kind, '{ a }');
    const scope = { requestId: 'r1', signal, headersFor: async () => ({}) };
    try {
      return await transport('people', { operation, variables: '{}' }, scope);
    } catch (error) {
      if (error instanceof SubgraphFailure) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  return { ask, attempts: () => attempts };
}

const failed = (failure: SubgraphFailure): string => `${failure.code}: ${failure.message}`;

describe('retries', () => {
  test('a query is asked again after a broken connection, as often as allowed', async () => {
    const recovering = serve([reset, reset, good]);
    expect([await recovering.ask(), recovering.attempts()]).toEqual([good, 3]);
    const down = serve([reset]);
    expect([await down.ask(), down.attempts()]).toEqual([failed(reset), 3]);
    const once = serve([reset], { retries: 0 });
    expect([await once.ask(), once.attempts()]).toEqual([failed(reset), 1]);
  });

  test('so it is after GraphQL errors that came with status 503, whose words stay when all attempts fail', async () => {
    const stopping = { errors: [{ message: 'Stopping' }], isUnavailable: true };
    const recovering = serve([stopping, good]);
    expect([await recovering.ask(), recovering.attempts()]).toEqual([good, 2]);
    const down = serve([stopping], { retries: 1 });
    expect([await down.ask(), down.attempts()]).toEqual([stopping, 2]);
  });

  test.each(['mutation', 'subscription'] as const)('a %s is never asked again', async (kind) => {
    const broken = serve([reset, good]);
    expect([await broken.ask(kind), broken.attempts()]).toEqual([failed(reset), 1]);
    const stopping = serve([{ errors: [], isUnavailable: true }, good]);
    expect([await stopping.ask(kind), stopping.attempts()]).toEqual([{ errors: [], isUnavailable: true }, 1]);
  });

  test.each([late, status400])('nor is a query after $code', async (failure) => {
    const { ask, attempts } = serve([failure, good]);
    expect([await ask(), attempts()]).toEqual([failed(failure), 1]);
  });

  test('nor one whose request has ended while it waited', async () => {
    const ending = new AbortController();
    const { ask, attempts } = serve([
      async () => {
        ending.abort(new DOMException('late', 'TimeoutError'));
        throw reset;
      },
    ]);
    expect([await ask('query', ending.signal), attempts()]).toEqual([
      'REQUEST_TIMEOUT: The request\'s time ended before subgraph "people" answered.',
      1,
    ]);
  });
});

describe('the circuit breaker', () => {
  const options = { retries: 0, breakerRequests: 4, breakerPause: 5_000 };
  const outage = async (ask: () => Promise<unknown>): Promise<void> => {
    for (let request = 0; request < 4; request += 1) await ask();
  };

  test('opens when more than half of enough requests failed: the subgraph is not asked any more', async () => {
    const { ask, attempts } = serve([good, reset, good, reset, late], options);
    for (let request = 0; request < 4; request += 1) await ask();
    expect(reports).toEqual([]);
    expect(await ask()).toBe(failed(late));
    expect(reports).toEqual([{ subgraph: 'people', state: 'open', code: 'SUBGRAPH_TIMEOUT' }]);
    expect([await ask(), await ask('mutation'), attempts()]).toEqual([withheld, withheld, 5]);
  });

  test('lets one request through after the pause, and closes when that one is answered', async () => {
    let answer: (response: SubgraphResponse) => void = () => undefined;
    const probe = new Promise<SubgraphResponse>((resolve) => {
      answer = resolve;
    });
    const { ask, attempts } = serve([reset, reset, reset, reset, () => probe, good], options);
    await outage(ask);
    vi.setSystemTime(1_004_999);
    expect([await ask(), attempts()]).toEqual([withheld, 4]);
    vi.setSystemTime(1_005_000);
    const probing = ask();
    expect([await ask(), attempts()]).toEqual([withheld, 5]);
    answer(good);
    expect([await probing, await ask(), attempts()]).toEqual([good, good, 6]);
    expect(reports).toEqual([
      { subgraph: 'people', state: 'open', code: 'SUBGRAPH_UNAVAILABLE', cause: reset.cause },
      { subgraph: 'people', state: 'half-open' },
      { subgraph: 'people', state: 'closed' },
    ]);
  });

  test.each([
    ['fails', reset],
    ['is given up by its client', requestEnded('people', AbortSignal.abort())],
    ['was never sent', new TypeError('no key')],
  ])('opens again when that one %s', async (_, probe) => {
    const { ask, attempts } = serve([reset, reset, reset, reset, probe, good], options);
    await outage(ask);
    vi.setSystemTime(1_005_000);
    await ask().catch(() => undefined);
    expect([await ask(), attempts()]).toEqual([withheld, 5]);
    vi.setSystemTime(1_010_000);
    expect([await ask(), attempts()]).toEqual([good, 6]);
    expect(reports.map(({ state }) => state)).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  test('forgets what failed before a lull', async () => {
    const { ask } = serve([reset], options);
    for (let request = 0; request < 3; request += 1) await ask();
    vi.setSystemTime(1_010_000);
    expect([await ask(), reports]).toEqual([failed(reset), []]);
  });

  test('counts every attempt, and ends retries when it opens', async () => {
    const { ask, attempts } = serve([reset], { breakerRequests: 2, retries: 5 });
    expect([await ask(), attempts()]).toEqual([withheld, 2]);
  });

  test.each([
    ['an error code that says the subgraph is ill', errorOf('DATABASE_UNAVAILABLE'), 'DATABASE_UNAVAILABLE'],
    ['status 503', { errors: [{ message: 'Stopping' }], isUnavailable: true }, 'SUBGRAPH_UNAVAILABLE'],
  ])('opens by answers with %s, which are passed on', async (_, response, code) => {
    const { ask, attempts } = serve([response], { ...options, breakerCodes: ['OVERLOADED', 'DATABASE_UNAVAILABLE'] });
    expect(await ask()).toEqual(response);
    await outage(ask);
    expect([attempts(), reports]).toEqual([4, [{ subgraph: 'people', state: 'open', code }]]);
  });

  test.each([
    ['errors of a field', errorOf('INTERNAL_SERVER_ERROR')],
    ['errors of codes it was not given', errorOf('DATABASE_UNAVAILABLE')],
    ['errors of no known form', JSON.parse('{"errors":{"extensions":5}}') as SubgraphResponse],
    ['a failure that the request is to blame for', status400],
    ['a request that its client gave up', requestEnded('people', AbortSignal.abort())],
  ])('does not open by %s', async (_, answer) => {
    const { ask, attempts } = serve([answer], options);
    for (let request = 0; request < 20; request += 1) await ask();
    expect([attempts(), reports]).toEqual([20, []]);
  });

  test('never opens with the threshold 1', async () => {
    const { ask, attempts } = serve([reset], { ...options, breakerThreshold: 1 });
    for (let request = 0; request < 20; request += 1) await ask();
    expect([attempts(), reports]).toEqual([20, []]);
  });
});

test('a subgraph without options is asked as it was', async () => {
  const transport = createResilientTransport(async () => Promise.reject(reset), new Map());
  const request = { operation: createSubgraphOperation('query', '{ a }'), variables: '{}' };
  const scope = { requestId: 'r1', signal: new AbortController().signal, headersFor: async () => ({}) };
  await expect(transport('people', request, scope)).rejects.toBe(reset);
});
