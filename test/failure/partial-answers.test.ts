import { afterAll, beforeAll, expect, test } from 'vitest';
import { spots, startWorld, withoutPeople, type FailingWorld } from './gateway.ts';
import { answering, midway, resetting, saying, type Behaviour } from './subgraphs.ts';

let world: FailingWorld;
beforeAll(async () => {
  world = await startWorld({ people: { maxResponseBytes: 100_000, breakerThreshold: 1 } });
});
afterAll(() => world.close());

const html = '<html><body>upstream 10.1.2.3 is gone</body></html>';

const unavailable = ['Subgraph "people" is not available.', 'SUBGRAPH_UNAVAILABLE'] as const;
const invalid = (fault: string) => [`What subgraph "people" answered ${fault}.`, 'SUBGRAPH_INVALID_RESPONSE'] as const;
const status = (code: number) =>
  [`Subgraph "people" answered with HTTP status ${code}.`, 'SUBGRAPH_INVALID_RESPONSE'] as const;

const entities = (list: readonly unknown[]): Behaviour => answering(200, { data: { _entities: list } });
const staff = (id: number) => ({ __typename: 'Place', id: String(id), staff: [`Doctor ${id}`] });

test.each<readonly [string, Behaviour, readonly [string, string]]>([
  ['breaks the connection', resetting, unavailable],
  ['breaks the connection midway', midway(resetting), unavailable],
  [
    'ends midway as if that were all',
    ({ response, answer }) => response.end(answer.slice(0, 10)),
    invalid('is no GraphQL response'),
  ],
  ['answers HTML', saying(200, html), invalid('is no GraphQL response')],
  ['answers nothing', saying(200, ''), invalid('is no GraphQL response')],
  ['answers JSON that is no GraphQL response', answering(200, ['a']), invalid('is no GraphQL response')],
  ['answers neither data nor errors', answering(200, { data: null }), invalid('is no GraphQL response')],
  ['answers status 500 with HTML', saying(500, html), status(500)],
  ['answers status 404 with HTML', saying(404, html), status(404)],
  ['answers status 401 with other JSON', answering(401, { error: 'secret' }), status(401)],
  ['answers status 503 with HTML', saying(503, html), unavailable],
  ['answers status 429 with HTML', saying(429, html), unavailable],
  ['answers more than the limit', saying(200, 'x'.repeat(100_001)), invalid('is larger than 100000 bytes')],
  [
    'answers fewer entities than asked',
    entities([staff(1), staff(2)]),
    invalid('does not hold the 3 entities it was asked for'),
  ],
  [
    'answers more entities than asked',
    entities([1, 2, 3, 4].map(staff)),
    invalid('does not hold the 3 entities it was asked for'),
  ],
  [
    'answers no list of entities',
    answering(200, { data: { _entities: 'none' } }),
    invalid('does not hold the 3 entities it was asked for'),
  ],
])('a subgraph that %s costs its own fields, each null with its error', async (_, behaviour, [message, code]) => {
  world.people.behave(behaviour);
  expect(await world.ask(spots)).toEqual(withoutPeople(message, code));
  expect(world.people.requests()).toBe(1);
});

test('a subgraph that is not there costs its own fields, each null with its error', async () => {
  await world.people.die();
  expect(await world.ask(spots)).toEqual(withoutPeople(...unavailable));
  await world.people.revive();
});

test.each([200, 400, 500, 503])('GraphQL errors that come with status %d are passed on', async (code) => {
  world.people.behave(answering(code, { errors: [{ message: 'Closed today', extensions: { code: 'CLOSED' } }] }));
  expect(await world.ask(spots)).toEqual(withoutPeople('Closed today', 'CLOSED'));
});

test('data that come with status 500 are taken', async () => {
  world.people.behave(({ response, answer }) => response.writeHead(500).end(answer));
  expect(await world.ask('{ places { staff } }')).toEqual({
    status: 200,
    data: { places: [1, 2, 3].map((id) => ({ staff: [`Doctor ${id}`] })) },
  });
});

test('values of wrong types are null, each with an error at its path', async () => {
  world.people.behave(
    entities([
      { staff: 'Doctor 1', head: { age: 50 } },
      { staff: [5], head: { age: 'fifty' } },
      { staff: [['Doctor 3']], head: 7 },
    ]),
  );
  const { data, errors } = await world.ask('{ places { crew: staff head { years: age } } }');
  expect(data).toEqual({
    places: [
      { crew: null, head: { years: 50 } },
      { crew: null, head: { years: null } },
      { crew: null, head: null },
    ],
  });
  const wrong = (message: string, ...path: (string | number)[]) => ({
    message,
    path: ['places', ...path],
    code: 'SUBGRAPH_INVALID_RESPONSE',
    subgraph: 'people',
  });
  expect(errors).toEqual([
    wrong('Place.staff is not a list.', 0, 'crew'),
    wrong('Place.staff is not a value of String.', 1, 'crew', 0),
    wrong('Person.age is not a value of Int.', 1, 'head', 'years'),
    wrong('Place.staff is not a value of String.', 2, 'crew', 0),
    wrong('Place.head is not an object.', 2, 'head'),
  ]);
});

test('a field that may not be null takes its parent with it, and the error is where it arose', async () => {
  world.people.behave(entities([{ population: 1_000 }, { population: null }, { population: 3_000 }]));
  expect(await world.ask('{ spots: places { name people: population } }')).toEqual({
    status: 200,
    data: { spots: [{ name: 'Pei', people: 1_000 }, null, { name: 'Qujing', people: 3_000 }] },
    errors: [
      {
        message: 'Cannot return null for non-nullable field Place.population.',
        path: ['spots', 1, 'people'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'people',
      },
    ],
  });
});

test('when the only subgraph that was asked gives nothing, the answer is null with its error', async () => {
  world.people.behave(resetting);
  const [message, code] = unavailable;
  expect(await world.ask('{ who: person { name } }')).toEqual({
    status: 200,
    data: { who: null },
    errors: [{ message, path: ['who'], code, subgraph: 'people' }],
  });
});

test('answers say nothing of the inside of the network', async () => {
  world.people.behave(saying(502, html));
  const down = await world.ask(spots);
  await world.people.die();
  const gone = await world.ask(spots);
  await world.people.revive();
  expect(JSON.stringify([down, gone])).not.toMatch(/ECONN|10\.1\.2\.3|127\.0\.0\.1|upstream/);
});
