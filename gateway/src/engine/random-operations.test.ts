import { assert, asyncProperty } from 'fast-check';
import { expect, test } from 'vitest';
import { clinicSdl, clinicSubgraphs } from './clinic-fixtures.ts';
import { createWorld } from './clinic-world-fixtures.ts';
import { createTestGraph } from './fixtures.ts';
import { disturbanceOf, disturbanceSpecs } from './random/disturbance-fixtures.ts';
import { type GivenArguments, operationOf, operationSpecs } from './random/operation-fixtures.ts';
import { type ComparedGraph, compareDisturbed, isAnswered, runsOf } from './random/oracle-fixtures.ts';
import { comparisonFor } from './random/second-opinion-fixtures.ts';

/** Arguments that make sense in the clinics' region. */
const given: GivenArguments = {
  'Query.institution': ['(id: "in_1")', '(id: "in_2")', '(id: "in_3")'],
  'Query.institutions': ['', '(first: 2)', '(kinds: [CLINIC])', '(first: $no, kinds: [HOSPITAL, CLINIC])'],
  'Query.encounter': ['(id: "en_1")', '(id: "en_3")', '(id: "none")'],
  'Query.search': ['(text: "1")', '(text: "2")'],
  'Query.doctor': ['(no: 1)', '(no: 3)', '(no: $no)'],
  'Query.resident': ['(id: "rs_1")', '(id: "rs_2")'],
  cap: ['(year: 1)', '(year: $no)'],
  encounters: ['', '(kind: "Stay")'],
  cost: ['', '(currency: "USD")', '(currency: "EUR")'],
  followUps: ['', '(first: 1)', '(first: $no)'],
};

function createClinic(): ComparedGraph {
  const world = createWorld();
  const subgraphs = clinicSubgraphs(world);
  return { ...createTestGraph(subgraphs), subgraphs, sdl: clinicSdl, world };
}

const timeout = 3_600_000;

test('random operations are answered like by one process, to the order of keys', { timeout }, async (context) => {
  const compareOne = await comparisonFor(context);
  const clinic = createClinic();
  const { numRuns, ...seed } = runsOf(300);
  let answered = 0;
  await assert(
    asyncProperty(operationSpecs, async (spec) => {
      const operation = operationOf(clinic.engine.schema, spec, given);
      if (operation && isAnswered(await compareOne(clinic, operation))) answered += 1;
    }),
    { numRuns, ...seed },
  );
  expect(answered).toBeGreaterThan(numRuns / 2);
});

test('with subgraphs failing, whatever is not answered is null with an error', { timeout }, async () => {
  const clinic = createClinic();
  const { numRuns, ...seed } = runsOf(150);
  let answered = 0;
  await assert(
    asyncProperty(operationSpecs, disturbanceSpecs, async (spec, choices) => {
      const operation = operationOf(clinic.engine.schema, spec, given);
      if (operation && isAnswered(await compareDisturbed(clinic, operation, disturbanceOf(choices)))) answered += 1;
    }),
    { numRuns, ...seed },
  );
  expect(answered).toBeGreaterThan(numRuns / 2);
});
