import { OperationTypeNode } from 'graphql';
import type { DeferNode, FetchNode, PlanNode, SubscriptionNode } from '../planner/query-plan.ts';
import { askBatch, askFetch, receiveRoot } from './ask-subgraph.ts';
import { createDeferredParts } from './deferred-parts.ts';
import type { PlanRun } from './plan-run.ts';
import { type CheckedResponse, readResponse } from './read-response.ts';
import { runInOrder } from './run-in-order.ts';
import { type SubgraphFailure, toSubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphResponse } from './transport.ts';

/** Runs a plan; never rejects: what fails is noted in the state. The parts of `@defer` may still be under way. */
export async function runPlan(run: PlanRun): Promise<void> {
  const { root } = run.compiled.prepared.plan;
  if (root && root.kind !== 'Subscription') await runNode(run, root);
}

/** Takes one event of a subscription as the answer of its first fetch, and runs the rest; never rejects. */
export async function runEvent(
  run: PlanRun,
  { primary, rest }: SubscriptionNode,
  event: SubgraphResponse,
): Promise<void> {
  const response = readEvent(run, primary.subgraph, event);
  receiveRoot(run, primary, response);
  if (rest && 'data' in response) await runNode(run, rest);
}

function readEvent({ state, scope }: PlanRun, subgraph: string, event: unknown): CheckedResponse | SubgraphFailure {
  try {
    const response = readResponse(subgraph, event);
    if (!response.isPlain) state.isPlain = false;
    return response;
  } catch (error) {
    return toSubgraphFailure(subgraph, error, scope.signal);
  }
}

async function runNode(run: PlanRun, node: PlanNode): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
    case 'Schedule':
      await runInOrder(node, (part) => runNode(run, part));
      return;
    case 'Condition': {
      const branch = run.state.isTrue(node.variable) ? node.ifTrue : node.ifFalse;
      if (branch) await runNode(run, branch);
      return;
    }
    case 'Defer':
      await runDefer(run, node);
      return;
    case 'Fetch':
      await runFetch(run, node);
      run.deferredParts?.fetchEnded(node.id);
      return;
    case 'BatchFetch':
      await askBatch(run, node);
      if (run.deferredParts) for (const { fetch } of node.parts) run.deferredParts.fetchEnded(fetch.id);
      return;
  }
}

async function runFetch(run: PlanRun, fetch: FetchNode): Promise<void> {
  const { state, compiled } = run;
  if (state.isRootLost && fetch.operationKind === OperationTypeNode.MUTATION) return;
  await askFetch(run, fetch);
  const slot = compiled.layout.mounts[fetch.id]?.slot;
  if (slot !== undefined && compiled.mutationLoss(fetch, state.root, slot)) state.isRootLost = true;
}

/** Without anybody who waits for the parts one by one, they are waited for all. */
async function runDefer(run: PlanRun, node: DeferNode): Promise<void> {
  const parts = run.deferredParts ?? createDeferredParts();
  await parts.run(node, (inner) => runNode({ ...run, deferredParts: parts }, inner));
  if (!run.deferredParts) await Promise.all(node.deferred.map(({ id }) => parts.ended(id)));
}
