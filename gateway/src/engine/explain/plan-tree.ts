import type {
  BatchFetchNode,
  DeferredPart,
  FetchNode,
  PlanNode,
  ScheduledStep,
  SubscriptionNode,
} from '../planner/query-plan.ts';
import { placeText, requiresText } from './explain-plan.ts';
import type { MeasuredRun } from './measure-fetches.ts';

/** What a fetch took, where it ran. */
export type RunsOf = (node: FetchNode | BatchFetchNode) => readonly MeasuredRun[];

/** A plan as JSON, for tools. Texts are those of `explainPlan`; `after` and `depends` hold indexes and fetch ids. */
export type PlanTree =
  | { readonly kind: 'Sequence' | 'Parallel'; readonly children: readonly PlanTree[] }
  | { readonly kind: 'Schedule'; readonly children: readonly ScheduledTree[] }
  | {
      readonly kind: 'Condition';
      readonly variable: string;
      readonly ifTrue: PlanTree | null;
      readonly ifFalse: PlanTree | null;
    }
  | { readonly kind: 'Subscription'; readonly primary: PlanTree; readonly rest: PlanTree | null }
  | { readonly kind: 'Defer'; readonly primary: PlanTree | null; readonly deferred: readonly DeferredTree[] }
  | (FetchTree & { readonly kind: 'Fetch'; readonly id: number; readonly subgraph: string; readonly query: string })
  | {
      readonly kind: 'BatchFetch';
      readonly subgraph: string;
      readonly query: string;
      readonly parts: readonly (FetchTree & { readonly id: number; readonly alias: string })[];
      readonly runs?: readonly MeasuredRun[];
    };

/** A step, and the indexes of the steps it waits for. */
export interface ScheduledTree {
  readonly after: readonly number[];
  readonly node: PlanTree;
}

/** A deferred fragment's fetches, and the ids of the fetches that must be over before. */
export interface DeferredTree {
  readonly id: string;
  readonly depends: readonly number[];
  readonly node: PlanTree | null;
}

/** What a fetch is for. */
interface FetchTree {
  /** Absent for a root fetch. */
  readonly place?: string;
  readonly requires?: string;
  readonly runs?: readonly MeasuredRun[];
}

/** Describes a plan; with what its fetches took where it has run. */
export function describePlan(root: PlanNode | SubscriptionNode | undefined, runsOf?: RunsOf): PlanTree | null {
  return root ? createDescriber(runsOf)(root) : null;
}

type Describe = (node: PlanNode | SubscriptionNode) => PlanTree;

function createDescriber(runsOf: RunsOf | undefined): Describe {
  const measured = (node: FetchNode | BatchFetchNode): Pick<FetchTree, 'runs'> =>
    runsOf ? { runs: runsOf(node) } : {};
  const orNull = (node: PlanNode | undefined): PlanTree | null => (node ? describe(node) : null);
  const describeStep = ({ after, node }: ScheduledStep): ScheduledTree => ({ after, node: describe(node) });
  const describePart = ({ id, depends, node }: DeferredPart): DeferredTree => ({ id, depends, node: orNull(node) });
  const describe: Describe = (node) => {
    const { kind } = node;
    switch (kind) {
      case 'Sequence':
      case 'Parallel':
        return { kind, children: node.nodes.map(describe) };
      case 'Schedule':
        return { kind, children: node.steps.map(describeStep) };
      case 'Condition':
        return { kind, variable: node.variable, ifTrue: orNull(node.ifTrue), ifFalse: orNull(node.ifFalse) };
      case 'Subscription':
        return { kind, primary: describe(node.primary), rest: orNull(node.rest) };
      case 'Defer':
        return { kind, primary: orNull(node.primary), deferred: node.deferred.map(describePart) };
      case 'Fetch': {
        const { id, subgraph, query } = node;
        return { kind, id, subgraph, ...purposeOf(node), query, ...measured(node) };
      }
      case 'BatchFetch': {
        const { subgraph, query } = node;
        const parts = node.parts.map(({ fetch, alias }) => ({ id: fetch.id, alias, ...purposeOf(fetch) }));
        return { kind, subgraph, parts, query, ...measured(node) };
      }
    }
  };
  return describe;
}

function purposeOf(fetch: FetchNode): Omit<FetchTree, 'runs'> {
  return {
    ...(fetch.path.length === 0 ? {} : { place: placeText(fetch) }),
    ...(fetch.requires ? { requires: requiresText(fetch.requires) } : {}),
  };
}
