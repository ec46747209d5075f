import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { clinicSubgraphs } from '../clinic-fixtures.ts';
import { composeTestGraph } from '../fixtures.ts';
import { createInlinePlanner } from './inline-planner.ts';
import { intricateOperation, intricateSupergraph } from '../intricate-fixtures.ts';
import type { Planner, PlannerSource } from './planner.ts';
import { threadFromSource } from './thread-fixtures.ts';
import { type WorkerPlannerOptions, createWorkerPlanner } from './worker-planner.ts';

const clinic: PlannerSource = { sdl: composeTestGraph(clinicSubgraphs()), isTrusted: false };
const intricate: PlannerSource = { sdl: intricateSupergraph, isTrusted: false };
const simple = parse('{ a { id } }');
const none: ReadonlySet<string> = new Set();
const started: Planner[] = [];

function start(source: PlannerSource, options: Partial<WorkerPlannerOptions> = {}): Planner {
  const planner = createWorkerPlanner({ timeout: 60_000, ...threadFromSource, ...options })(source);
  started.push(planner);
  return planner;
}

const codeOf = (planning: Promise<unknown>): Promise<unknown> =>
  planning.then(
    () => 'planned',
    (error: unknown) => [Object(error).message, Object(error).extensions?.code],
  );

afterEach(() => {
  for (const planner of started.splice(0)) planner.close();
});

test('a plan made in a thread is the plan', async () => {
  const crew = parse('{ institutions { staff { name } parent { staff { id } } } }');
  expect(await start(clinic).plan(crew, none)).toEqual(await createInlinePlanner(clinic).plan(crew, none));
});

test('what is no supergraph is refused with the reason', async () => {
  const sdl = clinic.sdl.replace(/join\/v\d\.\d/, 'join/v7.0');
  await expect(start({ ...clinic, sdl }).ready()).rejects.toThrow('unsupported join spec version v7.0');
});

test('what takes too long to plan is refused, and those that wait are planned by another thread', async () => {
  const planner = start(intricate, { timeout: 500 });
  const plannings = [planner.plan(parse(intricateOperation(3)), none), planner.plan(simple, none)];
  expect(await Promise.all(plannings.map(codeOf))).toEqual([
    ['The operation cannot be planned within 500 ms.', 'QUERY_TOO_COSTLY'],
    'planned',
  ]);
});

test('what takes too much memory to plan is refused, and the next operation is planned', async () => {
  const planner = start(intricate, { heapMegabytes: 40 });
  const aliases = Array.from({ length: 60_000 }, (_, index) => `n${index}: id`).join(' ');
  const plannings = [planner.plan(parse(`{ a { ${aliases} } }`), none), planner.plan(simple, none)];
  expect(await Promise.all(plannings.map(codeOf))).toEqual([
    ['Planning the operation takes too much memory.', 'QUERY_TOO_COSTLY'],
    'planned',
  ]);
});

test('what can be answered in too many ways is refused', async () => {
  expect(await codeOf(createInlinePlanner(intricate).plan(parse(intricateOperation(6)), none))).toEqual([
    'The operation can be answered in more ways than can be considered; ask for less at once.',
    'QUERY_TOO_COSTLY',
  ]);
});

test('a closed planner plans what it was asked before, and nothing after', async () => {
  const planner = start(intricate);
  await planner.ready();
  const before = planner.plan(simple, none);
  planner.close();
  expect([await codeOf(before), await codeOf(planner.plan(simple, none))]).toEqual([
    'planned',
    ['The planner is closed.', undefined],
  ]);
});
