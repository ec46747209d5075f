import type { ParallelNode, PlanNode, ScheduleNode, ScheduledStep, SequenceNode } from '../planner/query-plan.ts';

/** Runs the parts of a node, each by the given function, in the order and as far at the same time as the node says. */
export async function runInOrder(
  node: SequenceNode | ParallelNode | ScheduleNode,
  run: (part: PlanNode) => Promise<void>,
): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const part of node.nodes) await run(part);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map(run));
      return;
    case 'Schedule':
      await runSteps(node.steps, run);
      return;
  }
}

/** Starts every step as soon as those are over that it comes after; they stand before it. */
async function runSteps(steps: readonly ScheduledStep[], run: (part: PlanNode) => Promise<void>): Promise<void> {
  const running: Promise<unknown>[] = [];
  for (const { node, after } of steps) {
    const ready = after.length === 0 ? undefined : Promise.all(after.flatMap((index) => running[index] ?? []));
    running.push(ready ? ready.then(() => run(node)) : run(node));
  }
  await Promise.all(running);
}
