import type { DocumentNode } from 'graphql';
import type { QueryPlan } from './query-plan.ts';

/** The supergraph that a planner plans for. */
export interface PlannerSource {
  readonly sdl: string;
  /** Composition vouches for it: it is not checked again. */
  readonly isTrusted: boolean;
}

/** Plans operations that were validated and read (`readClientOperation`). */
export interface Planner {
  /**
   * `overridden` names the labels of progressive `@override` that hold for the operation. Rejects with a `GraphQLError`
   * where the operation is at fault.
   */
  plan(document: DocumentNode, overridden: ReadonlySet<string>): Promise<QueryPlan>;
  /** Rejects with the reason when the source is no supergraph. */
  ready(): Promise<void>;
  /** Gives back what planning holds when what was asked before is planned; what is asked after it is rejected. */
  close(): void;
}

/** Makes the planner of a supergraph; returns at once, `ready` tells whether it can plan. */
export type CreatePlanner = (source: PlannerSource) => Planner;
