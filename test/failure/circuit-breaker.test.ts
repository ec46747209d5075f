import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spots, startWorld, withoutPeople, type FailingWorld, type WorldOptions } from './gateway.ts';
import { answering, resetting, saying, well } from './subgraphs.ts';

const reports: unknown[] = [];
const observe = (report: unknown): void => {
  const { subgraph, state, code } = report as Readonly<Record<string, unknown>>;
  reports.push([subgraph, state, ...(code === undefined ? [] : [code])]);
};

beforeEach(() => {
  reports.length = 0;
  // The circuit breaker reads the clock; so its pause is over when a test says so.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  subscribe('hutong:engine:breaker', observe);
});
afterEach(async () => {
  unsubscribe('hutong:engine:breaker', observe);
  vi.useRealTimers();
  await Promise.all(closing.splice(0).map((close) => close()));
});

const closing: (() => Promise<void>)[] = [];

async function start(options: WorldOptions = {}): Promise<FailingWorld> {
  const world = await startWorld({
    people: { breakerRequests: 4, breakerPause: 5_000, ...options.people },
    ...options,
  });
  closing.push(() => world.close());
  return world;
}

const who = '{ person { name } }';
const known = { status: 200, data: { person: { name: 'Wang' } } };
const unavailable = withoutPeople('Subgraph "people" is not available.', 'SUBGRAPH_UNAVAILABLE');
const withheldMessage =
  'Subgraph "people" is not available: too many requests to it failed, and it is not asked for now.';
const withheld = withoutPeople(withheldMessage, 'SUBGRAPH_UNAVAILABLE');

async function askTimes(world: FailingWorld, times: number, query = spots): Promise<void> {
  for (let request = 0; request < times; request += 1) await world.ask(query);
}

test('a subgraph that dies is soon not asked any more, and is asked again some time after it came back', async () => {
  const world = await start();
  await world.people.die();
  await askTimes(world, 3);
  expect(await world.ask(spots)).toEqual(unavailable);
  await world.people.revive();
  world.people.behave(well);
  expect([await world.ask(spots), world.people.requests()]).toEqual([withheld, 0]);
  vi.setSystemTime(1_005_000);
  expect([await world.ask(who), await world.ask(who), world.people.requests()]).toEqual([known, known, 2]);
  expect(reports).toEqual([
    ['people', 'open', 'SUBGRAPH_UNAVAILABLE'],
    ['people', 'half-open'],
    ['people', 'closed'],
  ]);
});

test('one that is still ill after the pause is left alone for another', async () => {
  const world = await start();
  world.people.behave(saying(500, '<html>'));
  await askTimes(world, 4);
  vi.setSystemTime(1_005_000);
  await askTimes(world, 3);
  expect(world.people.requests()).toBe(5);
  expect(await world.ask(spots)).toEqual(withheld);
  expect(reports.slice(1)).toEqual([
    ['people', 'half-open'],
    ['people', 'open', 'SUBGRAPH_INVALID_RESPONSE'],
  ]);
});

test('while one request probes, others are answered at once', async () => {
  const world = await start();
  world.people.behave(resetting);
  await askTimes(world, 4);
  vi.setSystemTime(1_005_000);
  const meanwhile = new Promise((resolve) => {
    world.people.behave((exchange) => {
      void world.ask(spots).then((answer) => {
        well(exchange);
        resolve(answer);
      });
    });
  });
  expect([await world.ask(who), await meanwhile, world.people.requests()]).toEqual([known, withheld, 1]);
});

test('a mutation is not sent to a subgraph that is not asked', async () => {
  const world = await start();
  world.people.behave(resetting);
  await askTimes(world, 4);
  expect(await world.ask('mutation { hire(name: "Li") { name } }')).toEqual({
    status: 200,
    data: { hire: null },
    errors: [{ message: withheldMessage, path: ['hire'], code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'people' }],
  });
  expect(world.people.requests()).toBe(4);
});

test('a subgraph that says by an error code that it is ill is spared too', async () => {
  const world = await start({ common: { retries: 0, breakerCodes: ['DATABASE_UNAVAILABLE'] } });
  const errors = [{ message: 'No database', extensions: { code: 'DATABASE_UNAVAILABLE' }, path: ['person'] }];
  world.people.behave(answering(200, { data: { person: null }, errors }));
  await askTimes(world, 6, who);
  expect([world.people.requests(), reports]).toEqual([4, [['people', 'open', 'DATABASE_UNAVAILABLE']]]);
});

test.each([
  ['status 400', saying(400, '<html>')],
  ['status 401', saying(401, '<html>')],
  ['status 429', saying(429, '<html>')],
  ['an answer over the limit', saying(200, 'x'.repeat(5_000))],
  ['errors of a field', answering(200, { errors: [{ message: 'No', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })],
])('%s, which the request may be to blame for, keeps nobody else from asking', async (_, behaviour) => {
  const world = await start({ people: { breakerRequests: 4, maxResponseBytes: 4_000 } });
  world.people.behave(behaviour);
  await askTimes(world, 6, who);
  world.people.behave(well);
  expect([await world.ask(who), reports]).toEqual([known, []]);
});

test('/ready tells that a subgraph is there again before its circuit breaker has closed', async () => {
  const world = await start();
  world.people.behave(resetting);
  await askTimes(world, 4);
  world.people.behave(well);
  expect(await world.ask(spots)).toEqual(withheld);
  expect(await world.get('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect(reports).toEqual([['people', 'open', 'SUBGRAPH_UNAVAILABLE']]);
});

test('a new supergraph whose subgraphs are the same goes on with what is known of them', async () => {
  const world = await start();
  world.people.behave(resetting);
  await askTimes(world, 4);
  await world.replaceSupergraph(`${world.supergraphSdl}\n# changed`);
  expect(await world.ask(spots)).toEqual(withheld);
});
