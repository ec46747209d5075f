import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { clinicSubgraphs } from '../clinic-fixtures.ts';
import { composeTestGraph } from '../fixtures.ts';
import { createInlinePlanner } from './inline-planner.ts';
import { intricateOperation, intricateSupergraph } from '../intricate-fixtures.ts';
import type { Planner, PlannerSource } from './planner.ts';
import { processFromSource } from './process-fixtures.ts';
import { type ProcessPlannerOptions, createProcessPlanner } from './process-planner.ts';

const clinic: PlannerSource = { sdl: composeTestGraph(clinicSubgraphs()), isTrusted: false };
const intricate: PlannerSource = { sdl: intricateSupergraph, isTrusted: false };
const simple = parse('{ a { id } }');
const none: ReadonlySet<string> = new Set();
const started: Planner[] = [];

function start(source: PlannerSource, options: Partial<ProcessPlannerOptions> = {}): Planner {
  const planner = createProcessPlanner({ timeout: 60_000, ...processFromSource, ...options })(source);
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

test('a plan made in a process of its own is the plan', async () => {
  const crew = parse('{ institutions { staff { name } parent { staff { id } } } }');
  expect(await start(clinic).plan(crew, none)).toEqual(await createInlinePlanner(clinic).plan(crew, none));
});

test('what is no supergraph is refused with the reason', async () => {
  const sdl = clinic.sdl.replace(/join\/v\d\.\d/, 'join/v7.0');
  await expect(start({ ...clinic, sdl }).ready()).rejects.toThrow('unsupported join spec version v7.0');
});

test('what takes too long to plan is refused, and those that wait are planned by another process', async () => {
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

/** Makes the planning process do something else first when it is asked to plan what holds a word. */
function whenAsked(word: string, todo: string): Pick<ProcessPlannerOptions, 'execArgv'> {
  // What comes before the program listens is kept for the first that does: nobody may listen before it.
  const program = `process.once("newListener", () => process.once("message", () =>
    process.prependListener("message", ({ text = "" }) => { if (text.includes("${word}")) { ${todo} } })))`;
  return {
    execArgv: [...processFromSource.execArgv, '--import', `data:text/javascript,${encodeURIComponent(program)}`],
  };
}

test('planning that breaks its process down, as V8 does where memory ends, is refused, and what waits is planned', async () => {
  const planner = start(intricate, whenAsked('boundless', 'process.abort()'));
  const plannings = [planner.plan(parse('{ boundless: a { id } }'), none), planner.plan(simple, none)];
  expect(await Promise.all(plannings.map(codeOf))).toEqual([
    ['Planning the operation takes too much memory.', 'QUERY_TOO_COSTLY'],
    'planned',
  ]);
});

test('time in which planning has no processor does not count', async () => {
  const asleep = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);';
  const planner = start(intricate, { timeout: 500, ...whenAsked('sleepy', asleep) });
  await planner.ready();
  const isCounted = process.platform === 'linux';
  expect((await codeOf(planner.plan(parse('{ sleepy: a { id } }'), none))) === 'planned').toBe(isCounted);
});

test(
  'a planner with nothing to plan gives its process back, and starts another when there is something',
  { timeout: 120_000 },
  async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hutong-planner-')), 'processes');
    const tell = `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(file)}, process.pid + " ")`;
    const execArgv = [...processFromSource.execArgv, '--import', `data:text/javascript,${encodeURIComponent(tell)}`];
    const planner = start(intricate, { idleTime: 1, execArgv });
    await planner.ready();
    await expect.poll(() => processesOf(file).map(isAlive), { timeout: 60_000 }).toEqual([false]);
    expect(await codeOf(planner.plan(simple, none))).toBe('planned');
    await expect.poll(() => processesOf(file).map(isAlive), { timeout: 60_000 }).toEqual([false, false]);
  },
);

function processesOf(file: string): readonly number[] {
  return readFileSync(file, 'utf8').trim().split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
