import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlannerSource } from './planner.ts';
import type { QueryPlan } from './query-plan.ts';

/** What a planning thread is told. */
export interface PlanningOrder {
  /** The operation as text: the nodes of a parsed one may hold all of its source. */
  readonly text: string;
  readonly overridden: ReadonlySet<string>;
}

/** What a planning thread tells: once whether it can plan, then the outcome of each order. */
export type PlanningReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unfit'; readonly reason: string }
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly kind: 'refused'; readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly reason: string };

/** What came instead of a report: the thread is over. */
export interface ThreadLost {
  readonly kind: 'lost';
  readonly cause: Error;
}

/** How a planning thread is started. */
export interface PlanningThreadOptions {
  /** Beyond it the thread ends, and nothing else. */
  readonly heapMegabytes: number;
  /** Arguments of Node for the thread, such as what lets it read TypeScript. */
  readonly execArgv?: readonly string[];
}

/** A thread that plans; one order at a time. It keeps no process alive but while it is waited for. */
export interface PlanningThread {
  /** Rejects with the planner's reason when the source is no supergraph. */
  readonly ready: Promise<void>;
  plan(order: PlanningOrder): Promise<PlanningReport | ThreadLost>;
  isOver(): boolean;
  end(): void;
}

/** The thread's file beside this one: .ts from source, .js when built. */
const workerFile = new URL(`./planner-worker${extname(import.meta.url)}`, import.meta.url);

/** Planners call themselves once a level of the operation, several frames each. */
const stackMegabytes = 16;

/** Planning makes much that lives briefly; by default, V8 would let three times as much of it pile up. */
const youngMegabytes = 8;

/** Starts a thread that plans for a supergraph. */
export function startPlanningThread(source: PlannerSource, options: PlanningThreadOptions): PlanningThread {
  const { heapMegabytes, execArgv = [] } = options;
  const worker = new Worker(workerFile, {
    name: 'planner',
    workerData: source,
    execArgv: [...execArgv],
    resourceLimits: {
      maxOldGenerationSizeMb: heapMegabytes,
      maxYoungGenerationSizeMb: youngMegabytes,
      stackSizeMb: stackMegabytes,
    },
  });
  let lost: ThreadLost | undefined;
  let receive = (_report: PlanningReport | ThreadLost): void => undefined;
  const lose = (cause: Error): void => receive((lost ??= { kind: 'lost', cause }));
  worker.on('message', (report: PlanningReport) => receive(report));
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`The planning thread ended with code ${code}.`)));

  const nextReport = async (): Promise<PlanningReport | ThreadLost> => {
    if (lost) return lost;
    worker.ref();
    const report = await new Promise<PlanningReport | ThreadLost>((resolve) => (receive = resolve));
    worker.unref();
    return report;
  };
  const ready = nextReport().then(assertReady);
  ready.catch(() => worker.terminate());
  return {
    ready,
    plan(order) {
      worker.postMessage(order);
      return nextReport();
    },
    isOver: () => lost !== undefined,
    end() {
      lose(new Error('The planning thread was ended.'));
      void worker.terminate();
    },
  };
}

function assertReady(report: PlanningReport | ThreadLost): void {
  switch (report.kind) {
    case 'ready':
      return;
    case 'lost':
      throw report.cause;
    case 'unfit':
      throw new Error(report.reason);
    case 'planned':
    case 'refused':
    case 'failed':
      throw new Error(`The planning thread began with "${report.kind}".`);
  }
}
