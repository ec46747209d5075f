import { loadSubgraphSdl, subgraphNames } from '@hutong/schema';
import { assert, asyncProperty } from 'fast-check';
import { expect, test } from 'vitest';
import { createTestGraph } from './fixtures.ts';
import { disturbanceOf, disturbanceSpecs } from './random/disturbance-fixtures.ts';
import { givenArgumentsOf } from './random/given-arguments-fixtures.ts';
import { operationOf, operationSpecsOf } from './random/operation-fixtures.ts';
import { type ComparedGraph, compareDisturbed, isAnswered, runsOf } from './random/oracle-fixtures.ts';
import { worldOfSchema } from './random/schema-world-fixtures.ts';
import { comparisonFor } from './random/second-opinion-fixtures.ts';
import { subgraphOverWorld } from './world-fixtures.ts';

/** The graph of this repository, without its subgraphs' code and data: what they answer is made up from their SDL. */
function createRealGraph(): ComparedGraph {
  const sdl = subgraphNames.map((name) => ({ name, text: loadSubgraphSdl(name) }));
  const world = worldOfSchema(sdl.map(({ text }) => text));
  // This SDL links the federation specification itself.
  const subgraphs = sdl.map(({ name, text }) => ({ ...subgraphOverWorld(name, text, world), link: false }));
  return { ...createTestGraph(subgraphs), subgraphs, sdl: {}, world };
}

/** Types have up to 140 fields; a list of one type lies two fields below the root, in a connection. */
const operationSpecs = operationSpecsOf({ depth: 8, width: 3, fields: 1000 });

const timeout = 3_600_000;

test(
  'random operations over our own graph are answered like by one process, to the order of keys',
  { timeout },
  async (context) => {
    const compareOne = await comparisonFor(context);
    const graph = createRealGraph();
    const given = givenArgumentsOf(graph.engine.schema);
    const { numRuns, ...seed } = runsOf(100);
    const tally = { agrees: 0, refused: 0, fetches: 0 };
    await assert(
      asyncProperty(operationSpecs, async (spec) => {
        const operation = operationOf(graph.engine.schema, spec, given);
        if (!operation) return;
        tally[isAnswered(await compareOne(graph, operation)) ? 'agrees' : 'refused'] += 1;
        tally.fetches += graph.sent.length;
      }),
      { numRuns, ...seed },
    );
    const { agrees, refused, fetches } = tally;
    expect({
      agrees: agrees > numRuns * 0.9,
      refused: refused < numRuns / 20,
      fetches: fetches > numRuns,
    }).toEqual({
      agrees: true,
      refused: true,
      fetches: true,
    });
  },
);

test(
  'over our own graph with subgraphs failing, whatever is not answered is null with an error',
  { timeout },
  async () => {
    const graph = createRealGraph();
    const given = givenArgumentsOf(graph.engine.schema);
    const { numRuns, ...seed } = runsOf(50);
    let answered = 0;
    await assert(
      asyncProperty(operationSpecs, disturbanceSpecs, async (spec, choices) => {
        const operation = operationOf(graph.engine.schema, spec, given);
        if (operation && isAnswered(await compareDisturbed(graph, operation, disturbanceOf(choices)))) answered += 1;
      }),
      { numRuns, ...seed },
    );
    expect(answered).toBeGreaterThan(numRuns / 2);
  },
);
