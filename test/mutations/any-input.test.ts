import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personas } from '@hutong/gateway';
import type { Database } from '@hutong/kit';
import { errorCatalogue, repositoryRoot } from '@hutong/schema';
import { assert, asyncProperty, constantFrom } from 'fast-check';
import { buildSchema, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from '../journeys/journey.ts';
import { inputArbitrary, type KnownIds } from './input-arbitrary.ts';
import { knownIds } from './known-ids.ts';

// What nobody thought of: every mutation with inputs that are right in type and mostly wrong in sense, as any of the demo callers.

const schema = buildSchema(readFileSync(join(repositoryRoot, 'schema', 'api.graphql'), 'utf8'), { assumeValid: true });
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

let journey: Journey;
let ids: KnownIds;

beforeAll(async () => {
  journey = await startJourney({ background: false });
  ids = await knownIds(schema, Object.values(journey.databases));
});
afterAll(() => journey?.close());

test.each(mutations.map(({ name }) => name))(
  '%s either is done or is refused with codes, paths and texts, and then leaves no trace',
  async (name) => {
    const type = schema.getMutationType()?.getFields()[name]?.args[0]?.type;
    const inputs = inputArbitrary(type ?? expect.fail('a mutation without input'), ids);
    const property = asyncProperty(inputs, constantFrom(...personas.map(({ id }) => id)), async (input, persona) => {
      const before = await traces();
      const { data, errors } = await journey.as(persona).sends(name, Object(input));
      if (errors !== undefined) {
        expect(errors.map((error) => Object(error).extensions?.code)).toEqual(errors.map(() => 'BAD_USER_INPUT'));
        return;
      }
      const told = Object(data).told;
      expect(told.ok).toBe(told.errors.length === 0);
      for (const { code, path, message } of told.errors) {
        expect(Object.keys(errorCatalogue)).toContain(code);
        expect(message).toMatch(/[a-z]/);
        expect(path[0]).toBe('input');
        expect(inputPaths(name)).toContain(path[1]);
      }
      if (!told.ok) expect(await traces()).toEqual(before);
    });
    await assert(property, { numRuns: 10, seed: 20_241_231, endOnFailure: true });
  },
  600_000,
);

/** What the path of a fault of a mutation may name: a field of its input, or the input as a whole. */
function inputPaths(name: string): readonly (string | undefined)[] {
  const type = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
  return isInputObjectType(type) ? [...Object.keys(type.getFields()), undefined] : [];
}

/** How much each database tells of what was written. */
function traces(): Promise<readonly unknown[]> {
  return Promise.all(Object.values(journey.databases).map(tracesIn));
}

async function tracesIn({ sql }: Database): Promise<unknown> {
  const [counts] = await sql`
    select (select count(*) from changes) as changes, (select count(*) from status_history) as steps,
      (select count(*) from idempotency_keys) as keys`;
  return counts;
}
