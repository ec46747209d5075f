import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlannerSource } from './planner.ts';
import type { QueryPlan } from './query-plan.ts';

/** What a planning process is told: first what it plans for, then one operation after the other. */
export type PlanningOrder =
  | { readonly kind: 'begin'; readonly source: PlannerSource }
  | {
      readonly kind: 'plan';
      /** The operation as text: the nodes of a parsed one may hold all of its source. */
      readonly text: string;
      readonly overridden: ReadonlySet<string>;
    };

/** What a planning process tells: once whether it can plan, then the outcome of each order. */
export type PlanningReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unfit'; readonly reason: string }
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly kind: 'refused'; readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly reason: string };

/** What came instead of a report: the process is over. */
export interface ProcessLost {
  readonly kind: 'lost';
  readonly cause: Error;
  /** It was ended by V8 or the system, not by us: that is what happens where memory ends. */
  readonly isBroken: boolean;
}

/** How a planning process is started. */
export interface PlanningProcessOptions {
  /** Beyond it the process ends, and nothing else. */
  readonly heapMegabytes: number;
  /** Arguments of Node for the process, such as what lets it read TypeScript. */
  readonly execArgv?: readonly string[];
}

/** A process that plans; one order at a time. It keeps the one that started it alive only while it is waited for. */
export interface PlanningProcess {
  readonly pid: number | undefined;
  /** Rejects with the planner's reason when the source is no supergraph. */
  readonly ready: Promise<void>;
  plan(text: string, overridden: ReadonlySet<string>): Promise<PlanningReport | ProcessLost>;
  isOver(): boolean;
  end(): void;
}

/** The process's file beside this one: .ts from source, .js when built. */
const programFile = fileURLToPath(new URL(`./planner-program${extname(import.meta.url)}`, import.meta.url));

/** Planners call themselves once a level of the operation, several frames each; half of what systems give a process. */
const stackKilobytes = 4_000;

/** Planning makes much that lives briefly; by default, V8 would let several times as much of it pile up. */
const semiSpaceMegabytes = 4;

/** Characters of what a process said last that are kept: V8 says there what it ended of. */
const lastWords = 2_000;

/**
 * Starts a process that plans for a supergraph. A thread would not do: an array that grows beyond what V8 can hold ends
 * the whole process, whatever the limits of the thread.
 */
export function startPlanningProcess(source: PlannerSource, options: PlanningProcessOptions): PlanningProcess {
  const child = launch(options);
  let lost: ProcessLost | undefined;
  let receive = (_report: PlanningReport | ProcessLost): void => undefined;
  const lose = (cause: Error, isBroken = false): void => receive((lost ??= { kind: 'lost', cause, isBroken }));
  const said = keepLastWords(child);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own planner-program.ts sent it.
  child.on('message', (report) => receive(report as PlanningReport));
  child.on('error', lose);
  // Not at its exit already: then its last words may be under way.
  child.on('close', (code, signal) => {
    const ending = signal ?? `code ${code}`;
    lose(new Error(`The planning process ended with ${ending}: ${said()}`), signal !== null || (code ?? 0) > 128);
  });
  keepWaiting(child, false);

  const order = async (message: PlanningOrder): Promise<PlanningReport | ProcessLost> => {
    if (lost) return lost;
    keepWaiting(child, true);
    const report = new Promise<PlanningReport | ProcessLost>((resolve) => (receive = resolve));
    child.send(message, (error) => error && lose(error));
    return report.finally(() => keepWaiting(child, false));
  };
  const end = (): void => {
    lose(new Error('The planning process was ended.'));
    child.kill('SIGKILL');
  };
  const ready = order({ kind: 'begin', source }).then(assertReady);
  ready.catch(end);
  return {
    pid: child.pid,
    ready,
    plan: (text, overridden) => order({ kind: 'plan', text, overridden }),
    isOver: () => lost !== undefined,
    end,
  };
}

function launch({ heapMegabytes, execArgv = [] }: PlanningProcessOptions): ChildProcess {
  return fork(programFile, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [
      `--max-old-space-size=${heapMegabytes}`,
      `--max-semi-space-size=${semiSpaceMegabytes}`,
      `--stack-size=${stackKilobytes}`,
      ...execArgv,
    ],
  });
}

/** Whether the process that started it stays alive for it. */
function keepWaiting(child: ChildProcess, isWaitedFor: boolean): void {
  const errors = child.stderr instanceof Socket ? child.stderr : undefined;
  for (const handle of [child, child.channel, errors]) {
    if (isWaitedFor) handle?.ref();
    else handle?.unref();
  }
}

function keepLastWords({ stderr }: ChildProcess): () => string {
  let said = '';
  stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-lastWords);
  });
  return () => said.trim();
}

function assertReady(report: PlanningReport | ProcessLost): void {
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
      throw new Error(`The planning process began with "${report.kind}".`);
  }
}
