import { channel } from 'node:diagnostics_channel';
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker';
import { toInstant, type Clock } from '../clock.ts';
import type { ErrorEvent, Subgraph } from '../create-subgraph.ts';

/** Jobs that run until they are stopped. */
export interface RunningJobs {
  /** Begins no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

/** What the jobs of a subgraph need. */
export interface JobParts {
  readonly subgraph: Pick<Subgraph, 'name' | 'jobs' | 'runJob'>;
  /** Address of the subgraph's database, which also keeps the queue: each job is run once, whoever is up (architecture.md §4). */
  readonly databaseUrl: string;
  /** Tells business time. */
  readonly clock: Clock;
}

const faults = channel('hutong:error');

/** Runs a subgraph's jobs on time; several processes may do so on one database. What fails is tried again, and told on `hutong:error`. */
export async function startJobs({ subgraph, databaseUrl, clock }: JobParts): Promise<RunningJobs> {
  const names = Object.keys(subgraph.jobs);
  if (names.length === 0) return { stop: async () => undefined };
  const taskList: TaskList = Object.fromEntries(
    names.map((name) => [name, async () => subgraph.runJob(name, toInstant(clock.now()))]),
  );
  const runner = await run({
    connectionString: databaseUrl,
    taskList,
    parsedCronItems: parseCronItems(
      Object.entries(subgraph.jobs).map(([task, { cron }]) => ({
        task,
        match: cron,
        options: { jobKey: task, maxAttempts: 5 },
      })),
    ),
    concurrency: 1,
    maxPoolSize: 2,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });
  runner.events.on('job:error', ({ job, error }) => {
    faults.publish({
      subgraph: subgraph.name,
      requestId: `job ${job.task_identifier} ${job.id}`,
      cause: error,
    } satisfies ErrorEvent);
  });
  return { stop: () => runner.stop() };
}
