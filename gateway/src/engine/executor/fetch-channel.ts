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

/** Tells those who listen, if any, of a request that began at `start` (`performance.now()`) and is over. */
export function reportFetch(
  { subgraph, operationName }: FetchNode | BatchFetchNode,
  { requestId }: RequestScope,
  start: number,
  failure?: SubgraphFailure,
): void {
  const isWanted = fetches.hasSubscribers || (failure !== undefined && failures.hasSubscribers);
  if (!isWanted) return;
  const milliseconds = performance.now() - start;
  const report: FetchReport = { requestId, subgraph, operationName, milliseconds, failure };
  fetches.publish(report);
  if (failure !== undefined) failures.publish(report);
}
