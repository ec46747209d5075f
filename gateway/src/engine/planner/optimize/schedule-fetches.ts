import type { FetchNode, PlanNode, QueryPlan, ScheduledStep } from '../query-plan.ts';
import { joinFetches } from './join-fetches.ts';

/**
 * Lets every fetch wait for those only that it needs, and makes entity fetches of one subgraph that are as many steps from
 * the start one request (engine.md, step 2).
 *
 * A joined request waits for what its parts wait for. Requests are what an answer costs, at both ends: the fewer, the
 * better; and no way through the plan has more steps than the longest had before.
 */
export function scheduleFetches(plan: QueryPlan): QueryPlan {
  const { root } = plan;
  if (root?.kind !== 'Subscription') return { ...plan, root: root && scheduleNode(root) };
  return { ...plan, root: { ...root, rest: root.rest && scheduleNode(root.rest) } };
}

function scheduleNode(node: PlanNode): PlanNode {
  const steps: Step[] = [];
  addSteps(node, [], steps);
  return arrange(joinLevels(steps));
}

/** A part of a plan that runs once others are over: those of its level and above never are among them. */
interface Step {
  readonly node: PlanNode;
  readonly after: readonly Step[];
  readonly level: number;
}

/** Adds the steps of a node, and gives the last ones: what comes next in a sequence waits for them. */
function addSteps(node: PlanNode, after: readonly Step[], into: Step[]): readonly Step[] {
  switch (node.kind) {
    case 'Sequence':
      return node.nodes.reduce((last, child) => addSteps(child, last, into), after);
    case 'Parallel': {
      const last = new Set(node.nodes.flatMap((child) => addSteps(child, after, into)));
      return node.nodes.length === 0 ? after : [...last];
    }
    case 'Fetch':
    case 'BatchFetch':
    case 'Schedule':
      return addStep(node, after, into);
    case 'Condition': {
      const { ifTrue, ifFalse } = node;
      return addStep(
        { ...node, ifTrue: ifTrue && scheduleNode(ifTrue), ifFalse: ifFalse && scheduleNode(ifFalse) },
        after,
        into,
      );
    }
    case 'Defer': {
      const deferred = node.deferred.map((part) => ({ ...part, node: part.node && scheduleNode(part.node) }));
      return addStep({ ...node, primary: node.primary && scheduleNode(node.primary), deferred }, after, into);
    }
  }
}

function addStep(node: PlanNode, after: readonly Step[], into: Step[]): readonly Step[] {
  const step = { node, after, level: 1 + Math.max(-1, ...after.map(({ level }) => level)) };
  into.push(step);
  return [step];
}

/** A request of the schedule, of one step or several. */
interface Joined {
  readonly steps: readonly Step[];
  readonly level: number;
}

/** The steps by level; entity fetches of one level and subgraph together. */
function joinLevels(steps: readonly Step[]): readonly Joined[] {
  const groups = new Map<string, { readonly steps: Step[]; readonly level: number }>();
  const levelOf = latestLevels(steps);
  for (const [index, step] of steps.entries()) {
    const level = levelOf(step);
    const key = isJoinable(step.node) ? `${level} ${step.node.subgraph}` : `#${index}`;
    const group = groups.get(key);
    if (group) group.steps.push(step);
    else groups.set(key, { steps: [step], level });
  }
  return [...groups.values()].toSorted((one, other) => one.level - other.level);
}

/**
 * When a step runs: as early as it can; but an entity fetch that nothing waits for goes with the last one of its subgraph,
 * for the answer waits for that one anyway.
 */
function latestLevels(steps: readonly Step[]): (step: Step) => number {
  const needed = new Set(steps.flatMap(({ after }) => after));
  const lastOf = new Map<string, number>();
  for (const { node, level } of steps) {
    if (isJoinable(node)) lastOf.set(node.subgraph, Math.max(level, lastOf.get(node.subgraph) ?? 0));
  }
  return (step) =>
    isJoinable(step.node) && !needed.has(step) ? (lastOf.get(step.node.subgraph) ?? step.level) : step.level;
}

/** Context arguments have one value per request. */
function isJoinable(node: PlanNode): node is FetchNode {
  return node.kind === 'Fetch' && node.requires !== undefined && node.contexts.length === 0;
}

function arrange(joined: readonly Joined[]): PlanNode {
  const indexOf = new Map(joined.flatMap(({ steps }, index) => steps.map((step) => [step, index] as const)));
  const steps = joined.map((group): ScheduledStep => {
    const after = group.steps.flatMap((step) => step.after.map((one) => indexOf.get(one) ?? 0));
    return {
      node: joinNodes(group.steps.map(({ node }) => node)),
      after: [...new Set(after)].toSorted((a, b) => a - b),
    };
  });
  const nodes = steps.map(({ node }) => node);
  const [only] = nodes;
  if (only && nodes.length === 1) return only;
  if (steps.every(({ after }) => after.length === 0)) return { kind: 'Parallel', nodes };
  if (steps.every(({ after }, index) => after.length === Math.min(index, 1) && (after[0] ?? -1) === index - 1)) {
    return { kind: 'Sequence', nodes };
  }
  return { kind: 'Schedule', steps };
}

function joinNodes(nodes: readonly PlanNode[]): PlanNode {
  const [only] = nodes;
  return only && nodes.length === 1 ? only : joinFetches(nodes.filter(isJoinable));
}
