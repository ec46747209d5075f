import { expect, test } from 'vitest';
import { createEngine } from './engine/index.ts';
import { createInlinePlanner } from './engine/planner/inline-planner.ts';
import { composeSupergraph } from './fixtures.ts';
import { createPipeline, type Graph } from './pipeline.ts';

const open = (supergraphSdl: string) =>
  createEngine({ supergraphSdl, createPlanner: createInlinePlanner, transport: async () => ({ data: {} }) });

test('a graph that a listener cannot take is none for the others either', () => {
  const first = open(composeSupergraph());
  const second = open(composeSupergraph().replace(/^ {2}person: .*$/m, ''));
  const pipeline = createPipeline({ engine: first });
  const seen: Graph[] = [];
  pipeline.onGraph((graph) => seen.push(graph));
  pipeline.onGraph((graph) => {
    if (graph === second) throw new Error('not for me');
  });
  expect(() => pipeline.swap(second)).toThrow('not for me');
  expect(pipeline.graph()).toBe(first);
  expect(seen).toEqual([first, second, first]);
});
