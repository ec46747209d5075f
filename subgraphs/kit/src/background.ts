import type { Clock } from './clock.ts';
import type { Subgraph } from './create-subgraph.ts';
import type { Database } from './database/open-database.ts';
import { startJobs } from './jobs/start-jobs.ts';
import type { RefusedChange } from './relay/inbox.ts';
import { startRelay, type Outlet } from './relay/start-relay.ts';

/** What a subgraph does beside answering: its jobs and the relay of its changes. */
export interface Background {
  /** Seconds that the other subgraphs are behind with this one's changes, by name; null before one has been reached. */
  lag(): Readonly<Record<string, number | null>>;
  /** Changes that others could not take in, by name. */
  refused(): Readonly<Record<string, RefusedChange>>;
  stop(): Promise<void>;
}

/** What it needs for that. */
export interface BackgroundParts {
  readonly subgraph: Subgraph;
  readonly database: Database;
  /** Tells business time. */
  readonly clock: Clock;
  /** Inboxes of the other subgraphs. */
  readonly outlets: readonly Outlet[];
}

/** Starts the jobs and the relay of a subgraph; in its own server, or once in the process that holds all four (architecture.md §4). */
export async function startBackground({ subgraph, database, clock, outlets }: BackgroundParts): Promise<Background> {
  const jobs = await startJobs({ subgraph, databaseUrl: database.url, clock });
  const relay = startRelay({ source: subgraph.name, sql: database.sql, outlets, clock });
  return {
    lag: () => relay.lag(),
    refused: () => relay.refused(),
    async stop() {
      await Promise.all([jobs.stop(), relay.stop()]);
    },
  };
}
