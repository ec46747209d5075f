import { parentPort, workerData } from 'node:worker_threads';
import { GraphQLError, parse } from 'graphql';
import { type PlanOperation, createPlanner } from './create-planner.ts';
import type { PlannerSource } from './planner.ts';
import type { PlanningOrder, PlanningReport } from './planning-thread.ts';

/** Plans one operation after the other, in a thread of its own: planning takes the processor for milliseconds to seconds. */
function main(): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own planning-thread.ts made it.
  const source = workerData as PlannerSource;
  try {
    serve(createPlanner(source));
  } catch (error) {
    report({ kind: 'unfit', reason: messageOf(error) });
  }
}

function serve(planOperation: PlanOperation): void {
  parentPort?.on('message', (order: PlanningOrder) => report(answer(planOperation, order)));
  report({ kind: 'ready' });
}

function answer(planOperation: PlanOperation, { text, overridden }: PlanningOrder): PlanningReport {
  try {
    return { kind: 'planned', plan: planOperation(parse(text, { noLocation: true }), overridden) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) return { kind: 'failed', reason: messageOf(error) };
    const { code, messageZh } = error.extensions;
    return { kind: 'refused', message: error.message, extensions: { code, messageZh } };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function report(message: PlanningReport): void {
  parentPort?.postMessage(message);
}

main();
