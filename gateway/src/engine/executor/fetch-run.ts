import type { BatchFetchNode, FetchNode } from '../planner/query-plan.ts';
import type { SubgraphFailureCode } from './subgraph-failure.ts';

/** What is known of a request to a subgraph when it is over, or has failed; it carries no data of the answer. */
export interface FetchRun {
  /** What it was for. */
  readonly node: FetchNode | BatchFetchNode;
  /** When it began, by `performance.now()`. */
  readonly start: number;
  readonly milliseconds: number;
  /** Of the answer; absent where the subgraph runs in this process. */
  readonly bytes: number | undefined;
  /** Different entities it asked for; absent for a root fetch. */
  readonly entities: number | undefined;
  /** Why there was no answer. */
  readonly failure: SubgraphFailureCode | undefined;
}

/** Learns of the requests of one operation. */
export type FetchObserver = (run: FetchRun) => void;
