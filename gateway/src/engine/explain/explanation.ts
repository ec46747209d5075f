import type { QueryPlan } from '../planner/query-plan.ts';
import { explainPlan } from './explain-plan.ts';
import { type FetchMeasurements, runText } from './measure-fetches.ts';
import { type PlanTree, describePlan } from './plan-tree.ts';

/** How an operation is answered: for people, and for tools. */
export interface Explanation {
  readonly text: string;
  /** `null` where no subgraph is asked. */
  readonly tree: PlanTree | null;
}

/** Explains a plan; with what its fetches took where it has run. */
export function explain(plan: QueryPlan, measurements?: FetchMeasurements): Explanation {
  if (!measurements) return { text: explainPlan(plan), tree: describePlan(plan.root) };
  const { runsOf } = measurements;
  const text = explainPlan(plan, (node) => {
    const runs = runsOf(node);
    return runs.length === 0 ? ['# not asked'] : runs.map(runText);
  });
  return { text, tree: describePlan(plan.root, runsOf) };
}
