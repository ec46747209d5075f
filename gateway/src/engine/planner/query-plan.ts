import type { OperationTypeNode } from 'graphql';
import type { InclusionCondition } from './inclusion-conditions.ts';

/** How an operation is answered: which subgraph is asked what, in which order. The only plan type the engine knows. */
export interface QueryPlan {
  /** Absent when nothing needs a subgraph (introspection, `__typename`). */
  readonly root: PlanNode | SubscriptionNode | undefined;
  /** Every fetch of the plan; a fetch's `id` is its index here. */
  readonly fetches: readonly FetchNode[];
}

export type PlanNode =
  | FetchNode
  | BatchFetchNode
  | SequenceNode
  | ParallelNode
  | ScheduleNode
  | ConditionNode
  | DeferNode;

/** A stream of events from one subgraph; for each of them, the rest. */
export interface SubscriptionNode {
  readonly kind: 'Subscription';
  readonly primary: FetchNode;
  readonly rest: PlanNode | undefined;
}

/** What is needed for the first answer, and what is needed for each of the parts that come later (`@defer`). */
export interface DeferNode {
  readonly kind: 'Defer';
  readonly primary: PlanNode | undefined;
  readonly deferred: readonly DeferredPart[];
}

/** One deferred fragment's fetches. */
export interface DeferredPart {
  /** The fragment's `id` in the client's operation. */
  readonly id: string;
  /** Ids of the fetches that must be over before `node` starts. */
  readonly depends: readonly number[];
  /** Absent when the fetches it depends on bring everything. */
  readonly node: PlanNode | undefined;
}

/** One after the other: a later node needs what an earlier one brought, or both are mutations. */
export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

/** At the same time. */
export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** Each as soon as what it needs is there. */
export interface ScheduleNode {
  readonly kind: 'Schedule';
  readonly steps: readonly ScheduledStep[];
}

/** A node, and the indexes of the steps before it that must be over. */
export interface ScheduledStep {
  readonly node: PlanNode;
  readonly after: readonly number[];
}

/** One of two, by a Boolean variable (`@skip`, `@include`). */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly variable: string;
  readonly ifTrue: PlanNode | undefined;
  readonly ifFalse: PlanNode | undefined;
}

/**
 * One question to one subgraph. With `requires` it asks for entities: those that stand at `path` in the answer so far,
 * each told apart by its representation.
 */
export interface FetchNode {
  readonly kind: 'Fetch';
  readonly id: number;
  readonly subgraph: string;
  /** Where in the answer it belongs; empty for a root fetch. */
  readonly path: readonly PathStep[];
  readonly operationKind: OperationTypeNode;
  readonly operationName: string | undefined;
  /** The operation, minified. */
  readonly query: string;
  /** Names of the client's variables that `query` uses. */
  readonly variables: readonly string[];
  readonly requires: readonly RequiredSelection[] | undefined;
  /** What the answer holds, under each entity for an entity fetch. */
  readonly answers: AnswerTree;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
  readonly contexts: readonly ContextArgument[];
}

/** Several entity fetches of one subgraph in one request: `_entities` once for everything asked, under aliases. */
export interface BatchFetchNode {
  readonly kind: 'BatchFetch';
  readonly subgraph: string;
  readonly operationName: string | undefined;
  readonly query: string;
  readonly variables: readonly string[];
  readonly parts: readonly BatchPart[];
}

/**
 * A fetch of a batch with the alias of its `_entities` field and the variable of its representations; fetches that ask the
 * same have the same.
 */
export interface BatchPart {
  readonly fetch: FetchNode;
  readonly alias: string;
  readonly variable: string;
}

/** A step down the answer: into a field, into the items of a list, or only where the object has one of these types. */
export type PathStep =
  | { readonly kind: 'Field'; readonly key: string }
  | { readonly kind: 'List' }
  | { readonly kind: 'Types'; readonly names: readonly string[] };

/** What a representation is made of. */
export type RequiredSelection =
  | {
      readonly kind: 'Field';
      readonly key: string;
      /** In the schema. */
      readonly name: string;
      readonly selections: readonly RequiredSelection[] | undefined;
    }
  | {
      readonly kind: 'Fragment';
      readonly typeCondition: string | undefined;
      readonly selections: readonly RequiredSelection[];
    };

/** Response keys an answer may hold. */
export type AnswerTree = ReadonlyMap<string, Answer>;

/** One of them: what is asked inside, if it is no leaf, and everywhere it is asked. */
export interface Answer {
  readonly inner: AnswerTree | undefined;
  readonly asked: readonly Asking[];
}

/** A key is asked of objects that satisfy every type condition, where every `@skip` and `@include` around it leaves it in. */
export interface Asking {
  readonly types: readonly string[];
  readonly conditions: readonly InclusionCondition[];
}

/** A step of a rewrite: into a field, or only where the type condition holds. */
export type RewriteStep =
  | { readonly kind: 'Field'; readonly key: string }
  | { readonly kind: 'Type'; readonly condition: string };

/** A change to a representation before it is sent, or to an answer as it arrives. */
export type Rewrite =
  | { readonly kind: 'SetValue'; readonly path: readonly RewriteStep[]; readonly key: string; readonly value: unknown }
  | { readonly kind: 'RenameKey'; readonly path: readonly RewriteStep[]; readonly key: string; readonly to: string };

/** A variable filled from the objects around an entity (`@fromContext`): so many fields up, then down the path. */
export interface ContextArgument {
  readonly variable: string;
  readonly levelsUp: number;
  readonly path: readonly RewriteStep[];
}
