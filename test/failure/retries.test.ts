import { afterAll, beforeAll, expect, test } from 'vitest';
import { spots, startWorld, withoutPeople, type FailingWorld } from './gateway.ts';
import { answering, first, midway, resetting, saying, well, type Behaviour } from './subgraphs.ts';

let world: FailingWorld;
beforeAll(async () => {
  world = await startWorld({ people: { retries: 2, breakerThreshold: 1 } });
});
afterAll(() => world.close());

const complete = {
  status: 200,
  data: {
    motto: 'One graph',
    spots: ['Pei', 'Ningbo', 'Qujing'].map((title, index) => ({ title, crew: [`Doctor ${index + 1}`] })),
  },
};
const stopping = answering(503, { errors: [{ message: 'Stopping', extensions: { code: 'SHUTTING_DOWN' } }] });
const unavailable = ['Subgraph "people" is not available.', 'SUBGRAPH_UNAVAILABLE'] as const;

const passing: readonly (readonly [string, Behaviour])[] = [
  ['breaks the connection', resetting],
  ['breaks the connection midway', midway(resetting)],
  ['answers status 502', saying(502, 'Bad Gateway')],
  ['answers status 503', saying(503, 'Service Unavailable')],
  ['answers status 504', saying(504, 'Gateway Timeout')],
  ['answers status 503 with GraphQL errors', stopping],
];

test.each(passing)('a query is complete when a subgraph %s only once', async (_, behaviour) => {
  world.people.behave(first(behaviour, well));
  expect([await world.ask(spots), world.people.requests()]).toEqual([complete, 2]);
});

test.each(passing)('a mutation is not sent again when a subgraph %s', async (_, behaviour) => {
  world.people.behave(first(behaviour, well));
  expect(await world.ask('mutation { hired: hire(name: "Li") { name } }')).toMatchObject({
    data: { hired: null },
    errors: [{ path: ['hired'], subgraph: 'people' }],
  });
  expect(world.people.requests()).toBe(1);
});

test('a subgraph that stays away is asked three times, and costs its own fields', async () => {
  world.people.behave(resetting);
  expect([await world.ask(spots), world.people.requests()]).toEqual([withoutPeople(...unavailable), 3]);
});

test('the words of a subgraph that stops are passed on when it stays so', async () => {
  world.people.behave(stopping);
  const stopped = withoutPeople('Stopping', 'SHUTTING_DOWN');
  expect([await world.ask(spots), world.people.requests()]).toEqual([stopped, 3]);
});

test.each([
  ['answers HTML', saying(200, '<html>')],
  ['answers status 500', saying(500, '<html>')],
  ['answers status 429', saying(429, 'Too Many Requests')],
  ['answers errors', answering(200, { errors: [{ message: 'No' }] })],
])('a query is not sent again when a subgraph %s, which would not help', async (_, behaviour) => {
  world.people.behave(first(behaviour, well));
  const { errors } = await world.ask('{ person { name } }');
  expect([errors?.length, world.people.requests()]).toEqual([1, 1]);
});
