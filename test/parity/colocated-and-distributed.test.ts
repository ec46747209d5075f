import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { showcase } from '../showcase.ts';
import { startWorld, type World } from '../world.ts';

let colocated: World;
let distributed: World;

beforeAll(async () => {
  const region = { databases: inject('region'), dataKeys: inject('dataKeys') };
  [colocated, distributed] = await Promise.all([startWorld('colocated', region), startWorld('distributed', region)]);
});
afterAll(() => Promise.all([colocated.close(), distributed.close()]));

describe('both ways to run give equal answers', () => {
  test.each(showcase)('$name', async ({ query, variables }) => {
    const [one, other] = await Promise.all(
      [colocated, distributed].map((world) => world.as('health-commission').graphql(query, variables)),
    );
    expect(one?.errors).toBeUndefined();
    expect(other).toEqual(one);
  });
});

/** Mistakes of a client, each beside a field that is right. */
const mistakes: readonly (readonly [query: string, variables: Readonly<Record<string, unknown>>])[] = [
  ['{ servicePackages { code } region(code: 320322) { code } nothing }', {}],
  ['{ servicePackages { code } claims(where: { serviceDate: { ge: "nonsense" } }) { nodes { id } } }', {}],
  [
    'query ($day: Date) { servicePackages { code } claims(where: { serviceDate: { ge: $day } }) { nodes { id } } }',
    { day: '2024-02-30' },
  ],
  ['{ servicePackages { code } institutions(after: "nonsense") { nodes { id } } }', {}],
  ['{ servicePackages { code } institutions(first: 100000) { nodes { id } } }', {}],
  ['{ servicePackages { code } institution(id: "nonsense") { id } }', {}],
];

describe('both ways to run refuse alike', () => {
  test.each(mistakes)('%s %j', async (query, variables) => {
    const [one, other] = await Promise.all(
      [colocated, distributed].map(async (world) =>
        withoutRequestId(await world.as('health-commission').graphql(query, variables)),
      ),
    );
    expect(JSON.stringify(one)).not.toContain('INTERNAL_SERVER_ERROR');
    expect(other).toEqual(one);
  });
});

function withoutRequestId(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'requestId' ? undefined : value)));
}
