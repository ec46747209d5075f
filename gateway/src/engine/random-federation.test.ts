import { array, assert, asyncProperty, pre } from 'fast-check';
import { expect, test } from 'vitest';
import { createTestGraph } from './fixtures.ts';
import { disturbanceOf, disturbanceSpecs } from './random/disturbance-fixtures.ts';
import { modelOf } from './random/graph-model-fixtures.ts';
import { sdlOf } from './random/graph-sdl-fixtures.ts';
import { type GraphSpec, graphSpecs } from './random/graph-spec-fixtures.ts';
import { worldOf } from './random/graph-world-fixtures.ts';
import { type OperationSpec, type RandomOperation, operationOf, operationSpecs } from './random/operation-fixtures.ts';
import { type ComparedGraph, type Finding, compareDisturbed, runsOf } from './random/oracle-fixtures.ts';
import { comparisonFor } from './random/second-opinion-fixtures.ts';
import { subgraphOverWorld } from './world-fixtures.ts';

const waysToAnswer = ['text', 'values', 'large text', 'large values'] as const;

/** The graph of a spec; `undefined` where it does not compose. */
function createRandomGraph(spec: GraphSpec): ComparedGraph | undefined {
  const model = modelOf(spec);
  const sdl = sdlOf(model);
  const world = worldOf(model);
  const subgraphs = Object.entries(sdl).map(([name, text]) => subgraphOverWorld(name, text, world));
  try {
    return {
      ...createTestGraph(subgraphs, { composer: spec.composer, answers: waysToAnswer[JSON.stringify(sdl).length % 4] }),
      subgraphs,
      sdl,
      world,
    };
  } catch {
    return undefined;
  }
}

/** Counts what was found, and throws the first difference. */
function createTally() {
  const tally = { agrees: 0, refused: 0, invalid: 0 };
  return {
    tally,
    add({ kind, problem }: Finding): void {
      if (kind === 'differs') throw new Error(problem);
      tally[kind] += 1;
    },
  };
}

/** Several operations over one graph: to make the graph takes the time of several of them. */
const operationLists = array(operationSpecs, { minLength: 1, maxLength: 12, size: 'max' });

async function compareAll(
  graph: ComparedGraph | undefined,
  operations: readonly OperationSpec[],
  { tally, add }: ReturnType<typeof createTally>,
  compareOne: (graph: ComparedGraph, operation: RandomOperation) => Promise<Finding>,
): Promise<void> {
  pre(graph !== undefined);
  if (!graph) return;
  for (const spec of operations) {
    const operation = operationOf(graph.engine.schema, spec);
    if (operation) add(await compareOne(graph, operation));
    else tally.invalid += 1;
  }
}

const timeout = 3_600_000;

test(
  'random operations over random graphs are answered like by one process, to the order of keys',
  { timeout },
  async (context) => {
    const compareOne = await comparisonFor(context);
    const found = createTally();
    const { numRuns, ...seed } = runsOf(100);
    await assert(
      asyncProperty(graphSpecs, operationLists, (spec, operations) =>
        compareAll(createRandomGraph(spec), operations, found, compareOne),
      ),
      { numRuns, ...seed },
    );
    const { agrees, refused } = found.tally;
    expect({ agrees: agrees > numRuns, refused: refused < agrees / 20 }).toEqual({ agrees: true, refused: true });
  },
);

test('with subgraphs failing, whatever is not answered is null with an error', { timeout }, async () => {
  const found = createTally();
  const { numRuns, ...seed } = runsOf(50);
  await assert(
    asyncProperty(graphSpecs, operationLists, disturbanceSpecs, (spec, operations, choices) =>
      compareAll(createRandomGraph(spec), operations, found, (graph, operation) =>
        compareDisturbed(graph, operation, disturbanceOf(choices)),
      ),
    ),
    { numRuns, ...seed },
  );
  expect(found.tally.agrees).toBeGreaterThan(numRuns);
});
