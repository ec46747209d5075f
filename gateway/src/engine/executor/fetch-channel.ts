import { channel } from 'node:diagnostics_channel';
import type { SubgraphFailure } from './subgraph-failure.ts';

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

const fetchChannel = channel(fetchChannelName);

/** Whether anybody listens; a report is made only then. */
export function hasFetchObservers(): boolean {
  return fetchChannel.hasSubscribers;
}

/** Publishes a report. */
export function reportFetch(report: FetchReport): void {
  fetchChannel.publish(report);
}
