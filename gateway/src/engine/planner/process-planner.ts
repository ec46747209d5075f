import { GraphQLError, print } from 'graphql';
import { tooCostly } from './operation-limits.ts';
import type { CreatePlanner, Planner, PlannerSource } from './planner.ts';
import {
  type PlanningProcess,
  type PlanningProcessOptions,
  type PlanningReport,
  type ProcessLost,
  startPlanningProcess,
} from './planning-process.ts';
import { readProcessorTime } from './processor-time.ts';
import type { QueryPlan } from './query-plan.ts';

/** What planning may cost. */
export interface ProcessPlannerOptions extends Partial<PlanningProcessOptions> {
  /** Longest time the planning of one operation may take, milliseconds, not counting that others have the processor. */
  readonly timeout: number;
  /** Milliseconds without anything to plan after which the memory is given back; 10 s by default. */
  readonly idleTime?: number;
}

interface Job {
  readonly text: string;
  readonly overridden: ReadonlySet<string>;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (reason: unknown) => void;
}

/** More operations than this do not wait to be planned. */
const maxWaiting = 1_000;

/**
 * Makes planners that plan in a process of their own, so that requests are served meanwhile and nothing that happens to
 * planning happens to them. An operation that takes longer than the timeout, or more memory than there is, is refused; the
 * process is replaced, and those that wait are planned by the next one. An idle process is ended, and started again when
 * there is something to plan.
 */
export function createProcessPlanner(options: ProcessPlannerOptions): CreatePlanner {
  return (source) => supervise(source, options);
}

function supervise(
  source: PlannerSource,
  { timeout, idleTime = 10_000, heapMegabytes = 512, ...rest }: ProcessPlannerOptions,
): Planner {
  const start = (isTrusted: boolean): PlanningProcess =>
    startPlanningProcess({ ...source, isTrusted }, { heapMegabytes, ...rest });
  const waiting: Job[] = [];
  let planning = start(source.isTrusted);
  let idleTimer: NodeJS.Timeout | undefined;
  let isWorking = false;
  let isClosed = false;
  const { ready } = planning;

  const beIdle = (): void => {
    if (isClosed) planning.end();
    else idleTimer = setTimeout(() => planning.end(), idleTime).unref();
  };

  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    clearTimeout(idleTimer);
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await answer(job).then(job.resolve, job.reject);
    }
    isWorking = false;
    beIdle();
  };

  const answer = async (job: Job): Promise<QueryPlan> => {
    await ready;
    // What one process found to be a supergraph need not be checked by the next.
    if (planning.isOver()) planning = start(true);
    await planning.ready;
    const { report, timedOut } = await withinTime(planning, job, timeout);
    if (timedOut) throw timeoutError(timeout);
    return planOf(report);
  };

  ready.then(
    () => isWorking || beIdle(),
    () => undefined,
  );
  return {
    ready: () => ready,
    plan(document, overridden) {
      if (isClosed) return Promise.reject(new Error('The planner is closed.'));
      if (waiting.length >= maxWaiting) return Promise.reject(crowdError());
      return new Promise((resolve, reject) => {
        waiting.push({ text: print(document), overridden, resolve, reject });
        void work();
      });
    },
    close() {
      isClosed = true;
      clearTimeout(idleTimer);
      if (!isWorking) planning.end();
    },
  };
}

interface LimitedReport {
  readonly report: PlanningReport | ProcessLost;
  readonly timedOut: boolean;
}

/** However busy the machine is, nobody waits longer for one plan than so many times the time it may take. */
const longestWait = 10;

/** Milliseconds between two looks at least. */
const shortestLook = 10;

/** Has an operation planned; ends the process when that has taken it the time there is. */
async function withinTime(
  planning: PlanningProcess,
  { text, overridden }: Job,
  timeout: number,
): Promise<LimitedReport> {
  const begin = performance.now();
  const usedBefore = readProcessorTime(planning.pid) ?? 0;
  let timedOut = false;
  const look = (): void => {
    const waited = performance.now() - begin;
    const used = readProcessorTime(planning.pid) ?? Number.POSITIVE_INFINITY;
    const left = timeout - Math.min(waited, used - usedBefore);
    if (left > 0 && waited < longestWait * timeout) {
      timer = setTimeout(look, Math.max(left, shortestLook));
      return;
    }
    timedOut = true;
    planning.end();
  };
  let timer = setTimeout(look, timeout);
  const report = await planning.plan(text, overridden);
  clearTimeout(timer);
  return { report, timedOut: timedOut && report.kind === 'lost' };
}

function planOf(report: PlanningReport | ProcessLost): QueryPlan {
  switch (report.kind) {
    case 'planned':
      return report.plan;
    case 'refused':
      throw new GraphQLError(report.message, { extensions: report.extensions });
    case 'failed':
      throw new Error(report.reason);
    case 'lost':
      throw report.isBroken ? memoryError() : report.cause;
    case 'ready':
    case 'unfit':
      throw new Error(`The planning process answered "${report.kind}".`);
  }
}

const timeoutError = (timeout: number): GraphQLError =>
  tooCostly(`The operation cannot be planned within ${timeout} ms.`, `该操作无法在 ${timeout} 毫秒内完成规划。`);

const memoryError = (): GraphQLError =>
  tooCostly('Planning the operation takes too much memory.', '规划该操作所需内存过多。');

const crowdError = (): GraphQLError =>
  new GraphQLError('Too many operations wait to be planned; try again in a moment.', {
    extensions: { code: 'RATE_LIMITED', messageZh: '等待规划的操作过多，请稍后重试。' },
  });
