import { channel } from 'node:diagnostics_channel';

/** What observers learn when the circuit breaker of a subgraph changes its state; it carries no data of an answer. */
export interface BreakerReport {
  readonly subgraph: string;
  /** `open`: the subgraph is not asked; `half-open`: one request is let through as a probe; `closed`: all are. */
  readonly state: 'closed' | 'open' | 'half-open';
  /** Of the failure that opened it: its code, and for logs what was behind it. */
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/** The `node:diagnostics_channel` on which a `BreakerReport` is published at each change of state. */
export const breakerChannelName = 'hutong:engine:breaker';

const breakerChannel = channel(breakerChannelName);

/** Publishes a report. */
export function reportBreaker(report: BreakerReport): void {
  breakerChannel.publish(report);
}
