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
