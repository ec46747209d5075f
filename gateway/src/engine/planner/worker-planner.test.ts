import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { clinicSubgraphs } from '../clinic-fixtures.ts';
import { composeTestGraph } from '../fixtures.ts';
import { createInlinePlanner } from './inline-planner.ts';
import type { Planner, PlannerSource } from './planner.ts';
import { threadFromSource } from './thread-fixtures.ts';
import { type WorkerPlannerOptions, createWorkerPlanner } from './worker-planner.ts';

const clinic: PlannerSource = { sdl: composeTestGraph(clinicSubgraphs()), isTrusted: false };
const crew = parse('{ institutions { staff { name } parent { staff { id } } } }');
const none: ReadonlySet<string> = new Set();
const open: Planner[] = [];

const start = (source: PlannerSource, options: Partial<WorkerPlannerOptions> = {}): Planner => {
  const planner = createWorkerPlanner({ timeout: 60_000, ...threadFromSource, ...options })(source);
  open.push(planner);
  return planner;
};

afterEach(() => {
  for (const planner of open.splice(0)) planner.close();
});

test('a plan made in a thread is the plan', async () => {
  expect(await start(clinic).plan(crew, none)).toEqual(await createInlinePlanner(clinic).plan(crew, none));
});
