import { type GraphQLSchema, execute, parse } from 'graphql';
import { inject } from 'vitest';
import {
  type Disturbance,
  type PlainError,
  type PlainResult,
  type TestGraph,
  type TestSubgraph,
  toPlain,
} from '../fixtures.ts';
import { InvalidOperationError } from '../index.ts';
import type { World } from '../world-fixtures.ts';
import type { RandomOperation } from './operation-fixtures.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How many runs `npm run test:oracle` wants of every property. */
    oracleRuns?: number;
  }
}

/** How often a property is tried: the same runs every time, or as many others as `npm run test:oracle -- 20000` says. */
export function runsOf(numRuns: number) {
  const wanted = inject('oracleRuns');
  return wanted === undefined ? { numRuns, seed: 20_260_701 } : { numRuns: wanted };
}

/** A graph, its data, and the subgraphs it is made of. */
export interface ComparedGraph extends TestGraph {
  readonly subgraphs: readonly TestSubgraph[];
  /** SDL that a problem shows, by subgraph: what is not in a file of the repository. */
  readonly sdl: Readonly<Record<string, string>>;
  readonly world: World;
}

/** What was found of one operation; `problem` says everything that repeats it. */
export interface Finding {
  readonly kind: 'agrees' | 'refused' | 'differs';
  readonly problem?: string;
}

/** Throws a difference; says whether the operation was answered. */
export function isAnswered({ kind, problem }: Finding): boolean {
  if (kind === 'differs') throw new Error(problem);
  return kind === 'agrees';
}

/** Refusals of what the planner gets wrong (constructs/planner-faults.test.ts). */
const plannerRefusals = /^(No right plan was found|".*" requires ".*" with other arguments|No plan was found)/;

/** Compares the engine's answer with that of one process that resolves everything: the same text, to the order of keys. */
export async function compareAnswers(graph: ComparedGraph, operation: RandomOperation): Promise<Finding> {
  return compare(graph, operation, undefined, (got, wanted) =>
    JSON.stringify(got) === JSON.stringify(wanted) ? [] : ['The answers differ.'],
  );
}

/** Compares answers where subgraphs fail: whatever is not answered is null with an error that says so. */
export async function compareDisturbed(
  graph: ComparedGraph,
  operation: RandomOperation,
  disturb: Disturbance,
): Promise<Finding> {
  return compare(graph, operation, disturb, (got, wanted) =>
    silentDifferences(got.data, wanted.data, [], got.errors ?? []),
  );
}

async function compare(
  graph: ComparedGraph,
  operation: RandomOperation,
  disturb: Disturbance | undefined,
  differences: (got: PlainResult, wanted: PlainResult) => readonly string[],
): Promise<Finding> {
  const { query, variables } = operation;
  // Of one graph with many thousands of operations they would fill the memory.
  graph.sent.length = 0;
  const wanted = await answerAlone(graph.engine.schema, graph.world, operation);
  try {
    const got = await graph.run(query, { ...variables }, disturb ? { disturb } : {});
    const found = differences(got, wanted);
    if (found.length === 0) return { kind: 'agrees' };
    const { text: plan } = graph.engine.explain(await graph.engine.prepare(parse(query)));
    const answers = [`got  ${JSON.stringify(got)}`, `want ${JSON.stringify(wanted)}`];
    return { kind: 'differs', problem: [...describe(graph, operation), plan, ...answers, ...found].join('\n') };
  } catch (error) {
    if (error instanceof InvalidOperationError && plannerRefusals.test(error.message)) return { kind: 'refused' };
    return { kind: 'differs', problem: [...describe(graph, operation), String(error)].join('\n') };
  }
}

/** What repeats an operation. */
export function describe({ sdl }: ComparedGraph, { query, variables }: RandomOperation): readonly string[] {
  const schemas = Object.entries(sdl).map(([name, text]) => `--- ${name}\n${text}`);
  return ['', ...schemas, '---', query, JSON.stringify(variables)];
}

/** The answer of one process without federation. */
export async function answerAlone(
  schema: GraphQLSchema,
  world: World,
  { query, variables }: RandomOperation,
): Promise<PlainResult> {
  const result = await execute({ schema, document: parse(query), rootValue: world.query, variableValues: variables });
  return toPlain(result);
}

type ResponsePath = readonly (string | number)[];

/** Of errors that do not say where. */
export const astrayMessage = 'Spoilt somewhere';

/** Where the answer lacks something without an error that says so, or differs. */
function silentDifferences(
  got: unknown,
  wanted: unknown,
  path: ResponsePath,
  errors: readonly PlainError[],
): readonly string[] {
  const isSaid = (): boolean =>
    errors.some(
      (error) => error.message === astrayMessage || path.every((step, index) => error.path?.[index] === step),
    );
  if (got === null && wanted !== null) return isSaid() ? [] : [`${path.join('.')} is null without an error`];
  if (Array.isArray(got) && Array.isArray(wanted)) {
    // What a subgraph gives in place of a list may be one of another length.
    if (got.length !== wanted.length) return isSaid() ? [] : [`${path.join('.')} has another length without an error`];
    return got.flatMap((item, index) => silentDifferences(item, wanted[index], [...path, index], errors));
  }
  if (typeof got !== 'object' || got === null || typeof wanted !== 'object' || wanted === null) {
    return got === wanted ? [] : [`${path.join('.')} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`];
  }
  const keys = new Set([...Object.keys(got), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) =>
    silentDifferences(Reflect.get(got, key), Reflect.get(wanted, key), [...path, key], errors),
  );
}
