import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
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

/** Milliseconds before jobs that ended are begun anew. */
const restartDelay = 5_000;

type Tell = (what: string, cause: unknown) => void;

/** Runs a subgraph's jobs on time; several processes may do so on one database. What fails is tried again, and told on `hutong:error`. */
export async function startJobs({ subgraph, databaseUrl, clock }: JobParts): Promise<RunningJobs> {
  const names = Object.keys(subgraph.jobs);
  if (names.length === 0) return { stop: async () => undefined };
  const tell: Tell = (what, cause) => {
    faults.publish({ subgraph: subgraph.name, requestId: what, cause } satisfies ErrorEvent);
  };
  const taskList: TaskList = Object.fromEntries(
    names.map((name) => [name, async () => subgraph.runJob(name, toInstant(clock.now()))]),
  );
  const begin = async (): Promise<Runner> => {
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
      // Without a batch of their own, what becomes of a job is written unawaited: a database that went away would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: new Logger(() => () => undefined),
    });
    runner.events.on('job:error', ({ job, error }) => tell(`job ${job.task_identifier} ${job.id}`, error));
    return runner;
  };
  return keepRunning(await begin(), begin, tell);
}

/** Starts the runner anew when it ended though nobody stopped it: the database was away for long. */
function keepRunning(first: Runner, begin: () => Promise<Runner>, tell: Tell): RunningJobs {
  const stopping = new AbortController();
  let runner: Runner | undefined = first;
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        runner ??= await begin();
        await runner.promise;
      } catch (error) {
        if (!stopping.signal.aborted) tell('jobs', error);
      }
      if (stopping.signal.aborted) return;
      runner = undefined;
      await pause(restartDelay, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      // A runner that ended by itself refuses to be stopped.
      await runner?.stop().catch(() => undefined);
      await watching;
    },
  };
}
