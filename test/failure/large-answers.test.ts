import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, withoutPeople, type FailingWorld } from './gateway.ts';
import { saying } from './subgraphs.ts';

// Above 4 MB an answer is read in slices, and goes out in pieces.
let world: FailingWorld;
beforeAll(async () => {
  world = await startWorld({ people: { maxResponseBytes: 20_000_000, breakerThreshold: 1 } });
});
afterAll(() => world.close());

const query = '{ motto spots: places { title: name crew: staff } }';

/** Answers of the entities, with a list of staff that makes them large. */
function largeAnswer(staff: readonly (string | null)[]): string {
  return JSON.stringify({
    data: { _entities: [1, 2, 3].map((id) => ({ __typename: 'Place', id: String(id), staff })) },
  });
}

test('an answer of many megabytes comes out as it came in, whatever its texts hold', async () => {
  const staff = Array.from({ length: 120_000 }, (_, index) => `Dr. 王 "${index}" \\ \u2028 \n`);
  world.people.behave(saying(200, largeAnswer(staff)));
  const { data, errors } = await world.ask(query);
  expect(errors).toBeUndefined();
  const spots = ['Pei', 'Ningbo', 'Qujing'].map((title) => ({ title, crew: staff }));
  expect(JSON.stringify(data) === JSON.stringify({ motto: 'One graph', spots })).toBe(true);
});

test('a null where none may stand, late in a large answer, makes its list null and says where', async () => {
  const staff = [...Array.from({ length: 150_000 }, (_, index) => `Doctor number ${index}`), null];
  world.people.behave(saying(200, largeAnswer(staff)));
  const { data, errors } = await world.ask(query);
  expect(data).toEqual({
    motto: 'One graph',
    spots: ['Pei', 'Ningbo', 'Qujing'].map((title) => ({ title, crew: null })),
  });
  expect(errors).toEqual(
    [0, 1, 2].map((index) => ({
      message: 'Cannot return null for non-nullable field Place.staff.',
      path: ['spots', index, 'crew', 150_000],
      code: 'SUBGRAPH_INVALID_RESPONSE',
      subgraph: 'people',
    })),
  );
});

test('a large answer that is no JSON in the end is an error like a small one', async () => {
  const text = largeAnswer(Array.from({ length: 120_000 }, (_, index) => `Doctor number ${index}`));
  for (const wrong of [text.slice(0, -1), `${text.slice(0, -2)}]`, `<${text}`]) {
    world.people.behave(saying(200, wrong));
    expect(await world.ask(query)).toEqual(
      withoutPeople('What subgraph "people" answered is no GraphQL response.', 'SUBGRAPH_INVALID_RESPONSE'),
    );
  }
});
