import { GraphQLError, parse } from 'graphql';
import { type PlanOperation, createPlanner } from './create-planner.ts';
import type { PlannerSource } from './planner.ts';
import type { PlanningOrder, PlanningReport } from './planning-process.ts';

/** Plans one operation after the other, in a process of its own: planning takes the processor for milliseconds to seconds. */
function main(): void {
  let planOperation: PlanOperation | undefined;
  process.on('message', (order: PlanningOrder) => {
    if (order.kind === 'begin') planOperation = begin(order.source);
    else if (planOperation) report(answer(planOperation, order));
  });
  // Without those who ask there is nothing to plan; they end this process, not a signal to all of a terminal.
  process.on('disconnect', () => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

function begin(source: PlannerSource): PlanOperation | undefined {
  try {
    const planOperation = createPlanner(source);
    report({ kind: 'ready' });
    return planOperation;
  } catch (error) {
    report({ kind: 'unfit', reason: messageOf(error) });
    return undefined;
  }
}

function answer(
  planOperation: PlanOperation,
  { text, overridden }: Extract<PlanningOrder, { readonly kind: 'plan' }>,
): PlanningReport {
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
  process.send?.(message);
}

main();
