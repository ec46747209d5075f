import { GraphQLError, print } from 'graphql';
import { tooCostly } from './operation-limits.ts';
import type { CreatePlanner, Planner, PlannerSource } from './planner.ts';
import {
  type PlanningOrder,
  type PlanningReport,
  type PlanningThread,
  type PlanningThreadOptions,
  type ThreadLost,
  startPlanningThread,
} from './planning-thread.ts';
import type { QueryPlan } from './query-plan.ts';

/** What planning may cost. */
export interface WorkerPlannerOptions extends Partial<PlanningThreadOptions> {
  /** Longest time the planning of one operation may take, milliseconds. */
  readonly timeout: number;
}

interface Job {
  readonly order: PlanningOrder;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (reason: unknown) => void;
}

/** More operations than this do not wait to be planned. */
const maxWaiting = 1_000;

/**
 * Makes planners that plan in a thread of their own, so that requests are served meanwhile. An operation that takes the
 * thread longer than the timeout, or more memory than it has, is refused; the thread is replaced, and those that wait are
 * planned by the new one.
 */
export function createWorkerPlanner(options: WorkerPlannerOptions): CreatePlanner {
  return (source) => superviseThread(source, options);
}

function superviseThread(
  source: PlannerSource,
  { timeout, heapMegabytes = 512, ...rest }: WorkerPlannerOptions,
): Planner {
  const start = (): PlanningThread => startPlanningThread(source, { heapMegabytes, ...rest });
  const waiting: Job[] = [];
  let thread = start();
  let isWorking = false;
  let isClosed = false;

  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await answer(job.order).then(job.resolve, job.reject);
    }
    isWorking = false;
    if (isClosed) thread.end();
  };

  const answer = async (order: PlanningOrder): Promise<QueryPlan> => {
    if (thread.isOver()) thread = start();
    await thread.ready;
    const limited = await withTimeout(thread, order, timeout);
    if (limited.report.kind === 'lost' && !isClosed) thread = start();
    if (limited.timedOut) throw timeoutError(timeout);
    return planOf(limited.report);
  };

  return {
    ready: () => thread.ready,
    plan(document, overridden) {
      if (isClosed) return Promise.reject(new Error('The planner is closed.'));
      if (waiting.length >= maxWaiting) return Promise.reject(crowdError());
      return new Promise((resolve, reject) => {
        waiting.push({ order: { text: print(document), overridden }, resolve, reject });
        void work();
      });
    },
    close() {
      isClosed = true;
      if (!isWorking) thread.end();
    },
  };
}

interface LimitedReport {
  readonly report: PlanningReport | ThreadLost;
  readonly timedOut: boolean;
}

async function withTimeout(thread: PlanningThread, order: PlanningOrder, timeout: number): Promise<LimitedReport> {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    thread.end();
  }, timeout);
  const report = await thread.plan(order);
  clearTimeout(timer);
  return { report, timedOut: timedOut && report.kind === 'lost' };
}

function planOf(report: PlanningReport | ThreadLost): QueryPlan {
  switch (report.kind) {
    case 'planned':
      return report.plan;
    case 'refused':
      throw new GraphQLError(report.message, { extensions: report.extensions });
    case 'failed':
      throw new Error(report.reason);
    case 'lost':
      throw isOutOfMemory(report.cause) ? memoryError() : report.cause;
    case 'ready':
    case 'unfit':
      throw new Error(`The planning thread answered "${report.kind}".`);
  }
}

function isOutOfMemory(cause: Error): boolean {
  return 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

const timeoutError = (timeout: number): GraphQLError =>
  tooCostly(`The operation cannot be planned within ${timeout} ms.`, `该操作无法在 ${timeout} 毫秒内完成规划。`);

const memoryError = (): GraphQLError =>
  tooCostly('Planning the operation takes too much memory.', '规划该操作所需内存过多。');

const crowdError = (): GraphQLError =>
  new GraphQLError('Too many operations wait to be planned.', {
    extensions: { code: 'RATE_LIMITED', messageZh: '等待规划的操作过多。' },
  });
