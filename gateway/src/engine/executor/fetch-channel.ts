import { channel } from 'node:diagnostics_channel';
import type { BatchFetchNode, FetchNode } from '../planner/query-plan.ts';
import type { SubgraphFailure } from './subgraph-failure.ts';
import type { RequestScope } from './transport.ts';

/** What observers learn of every request to a subgraph; it carries no data of the answer. */
export interface FetchReport {
  readonly requestId: string;
  readonly subgraph: string;
  readonly operationName: string | undefined;
  readonly milliseconds: number;
  /** Why there was no answer; its `cause` is for logs, never for clients. */
  readonly failure: SubgraphFailure | undefined;
}

/** The `node:diagnostics_channel` on which a `FetchReport` is published after each request to a subgraph. */
export const fetchChannelName = 'hutong:engine:fetch';
/** The channel on which only reports of failures are: who wants no others makes them no dearer. */
export const failureChannelName = 'hutong:engine:failure';

const fetches = channel(fetchChannelName);
const failures = channel(failureChannelName);

/** Whether anybody wants to know of a request that is over; else nothing need be made for them. */
export function isWatched({ onFetch }: RequestScope, failure?: SubgraphFailure): boolean {
  return onFetch !== undefined || fetches.hasSubscribers || (failure !== undefined && failures.hasSubscribers);
}

/** A request that is over. */
interface EndedFetch {
  readonly node: FetchNode | BatchFetchNode;
  /** When it began (`performance.now()`). */
  readonly start: number;
  readonly entities?: number | undefined;
  readonly bytes?: number | undefined;
  readonly failure?: SubgraphFailure;
}

/** Tells those who listen of a request. */
export function reportFetch(
  { requestId, onFetch }: RequestScope,
  { node, start, entities, bytes, failure }: EndedFetch,
): void {
  const milliseconds = performance.now() - start;
  onFetch?.({ node, start, milliseconds, bytes, entities, failure: failure?.code });
  if (!fetches.hasSubscribers && !failures.hasSubscribers) return;
  const { subgraph, operationName } = node;
  const report: FetchReport = { requestId, subgraph, operationName, milliseconds, failure };
  fetches.publish(report);
  if (failure !== undefined) failures.publish(report);
}
