import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personas } from '@hutong/gateway';
import type { Database } from '@hutong/kit';
import { errorCatalogue, repositoryRoot } from '@hutong/schema';
import { assert, asyncProperty, constantFrom } from 'fast-check';
import { buildSchema, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey, type Payload } from '../journeys/journey.ts';
import type { Answer } from '../world.ts';
import { inputArbitrary, type KnownIds } from './input-arbitrary.ts';
import { knownIds } from './known-ids.ts';

// What nobody thought of: every mutation with inputs that are right in type and mostly wrong in sense, as any of the demo callers.

const schema = buildSchema(readFileSync(join(repositoryRoot, 'schema', 'api.graphql'), 'utf8'), { assumeValid: true });
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args: [input] }) =>
  input === undefined ? [] : [{ name, type: input.type }],
);

let journey: Journey;
let ids: KnownIds;

beforeAll(async () => {
  journey = await startJourney({ background: false });
  ids = await knownIds(schema, Object.values(journey.databases));
});
afterAll(() => journey?.close());

test.each(mutations)(
  '$name either is done or is refused with codes, paths and texts, and then leaves no trace',
  async ({ name, type }) => {
    const inputs = inputArbitrary(type, ids);
    const property = asyncProperty(inputs, constantFrom(...personas.map(({ id }) => id)), async (input, persona) => {
      const before = await traces();
      const answer = await journey.as(persona).sends(name, Object(input));
      const after = await traces();
      expect(complaints(name, answer, JSON.stringify(before) === JSON.stringify(after))).toEqual([]);
    });
    await assert(property, { numRuns: 10, seed: 20_241_231, endOnFailure: true });
  },
  600_000,
);

/** What is wrong with an answer. */
function complaints(name: string, { data, errors }: Answer, unchanged: boolean): readonly string[] {
  const codes = (errors ?? []).map((error) => String(Object(error).extensions?.code));
  if (errors !== undefined) return codes.filter((code) => code !== 'BAD_USER_INPUT');
  const told: Payload = Object(data).told;
  const fields = inputFields(name);
  const faults = told.errors.filter(({ code, path: [root, field], message }) => {
    const placed = root === 'input' && (field === undefined || fields.includes(field));
    return !placed || !Object.hasOwn(errorCatalogue, code) || message === '';
  });
  return [
    ...faults.map((fault) => JSON.stringify(fault)),
    ...(told.ok === (told.errors.length === 0) ? [] : [`ok ${told.ok} with ${told.errors.length} errors`]),
    ...(told.ok || unchanged ? [] : ['refused, but something was written']),
  ];
}

function inputFields(name: string): readonly string[] {
  const type = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
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
