import { expect, test } from 'vitest';
import { spots, startWorld, withoutPeople, type FailingWorld, type WorldOptions } from './gateway.ts';
import { midway, silent, type Behaviour, type TestSubgraph } from './subgraphs.ts';

async function within<T>(options: WorldOptions, work: (world: FailingWorld) => Promise<T>): Promise<T> {
  const world = await startWorld(options);
  try {
    // Planning and connecting take their time too, once.
    await world.ask(spots);
    return await work(world);
  } finally {
    await world.close();
  }
}

/** Resolves when the gateway has given up a request of which nothing was answered yet. */
function givenUp(subgraph: TestSubgraph, begin: Behaviour = silent): Promise<void> {
  return new Promise((resolve) => {
    subgraph.behave((exchange) => {
      exchange.response.once('close', () => resolve());
      begin(exchange);
    });
  });
}

test.each([
  ['takes a request and is silent', silent],
  ['stops midway', midway(silent)],
])('a subgraph that %s is given up after its own time, and costs its own fields', async (_, behaviour) => {
  await within({ people: { responseTimeout: 500 } }, async ({ ask, people }) => {
    const closed = givenUp(people, behaviour);
    const late = withoutPeople('Subgraph "people" did not answer in time.', 'SUBGRAPH_TIMEOUT');
    expect([await ask(spots), await closed, people.requests()]).toEqual([late, undefined, 1]);
  });
});

test('a slow subgraph is waited for while its own time lasts, though that of another is over', async () => {
  await within({ people: { responseTimeout: 500 } }, async ({ ask, people, places }) => {
    const closed = givenUp(people);
    places.behave(({ response, answer }) => void closed.then(() => response.end(answer)));
    expect(await ask('{ motto person { name } }')).toEqual({
      status: 200,
      data: { motto: 'One graph', person: null },
      errors: [
        {
          message: 'Subgraph "people" did not answer in time.',
          path: ['person'],
          code: 'SUBGRAPH_TIMEOUT',
          subgraph: 'people',
        },
      ],
    });
  });
});

test('the deadline of the whole request ends what is under way, and gives what is there', async () => {
  await within({ requestTimeout: 1_000 }, async ({ ask, people }) => {
    const closed = givenUp(people);
    const over = withoutPeople('The request\'s time ended before subgraph "people" answered.', 'REQUEST_TIMEOUT');
    expect([await ask(spots), await closed, people.requests()]).toEqual([over, undefined, 1]);
  });
});

test('after the deadline nobody is asked any more', async () => {
  await within({ requestTimeout: 300 }, async ({ ask, people, places }) => {
    places.behave(silent);
    people.behave(silent);
    expect(await ask('{ places { staff } }')).toMatchObject({
      data: { places: null },
      errors: [{ path: ['places'], code: 'REQUEST_TIMEOUT', subgraph: 'places' }],
    });
    expect(people.requests()).toBe(0);
  });
});

test('when the client goes, the requests to subgraphs are cancelled', async () => {
  await within({}, async ({ ask, people }) => {
    const leaving = new AbortController();
    const closed = givenUp(people, () => leaving.abort());
    await expect(ask(spots, leaving.signal)).rejects.toThrow('This operation was aborted');
    await closed;
    expect(people.requests()).toBe(1);
  });
});

test('a gateway that stops cuts what is under way', async () => {
  const world = await startWorld();
  const closed = givenUp(world.people, () => void world.close());
  await expect(world.ask(spots)).rejects.toThrow('fetch failed');
  await closed;
  expect(world.people.requests()).toBe(1);
});
