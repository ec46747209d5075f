import { performance } from 'node:perf_hooks';

/** Lets operations run, as many at a time as do each other no harm. */
export interface Admission {
  /** Waits for admission; hardly longer than until the signal aborts. Each that entered must leave. */
  enter(signal: AbortSignal): Promise<void> | undefined;
  leave(): void;
}

/**
 * As many at once keep the processor busy, if subgraphs are quick. Answers of many more, all half-way, only fill the
 * memory that is collected most often: what each costs nearly doubles.
 */
const fewest = 16;

/** An operation that waits for its turn. */
interface Waiting {
  readonly signal: AbortSignal;
  /** When it came. */
  readonly since: number;
  readonly start: () => void;
}

/** Milliseconds after which it is looked again whether the processor had nothing to do. */
const window = 2;

/** Milliseconds that an operation waits at most behind others that do not leave. */
const patience = 500;

/** Share of the time without work that shows that subgraphs are waited for: then more operations may run. */
const idleShare = 0.25;

/**
 * Makes an admission that follows the load: while the processor is busy, few operations run and the others wait their
 * turn; while it is idle, because subgraphs take their time, there are twice as many every two milliseconds.
 */
export function createAdmission(): Admission {
  const waiting = new Set<Waiting>();
  let limit = fewest;
  let inside = 0;
  let timer: NodeJS.Timeout | undefined;
  let last = performance.eventLoopUtilization();
  let lastAt = performance.now();

  function look(): void {
    const now = performance.now();
    if (now - lastAt < window) return;
    lastAt = now;
    const since = last;
    last = performance.eventLoopUtilization();
    const isIdle = 1 - performance.eventLoopUtilization(last, since).utilization > idleShare;
    if (!isIdle) limit = Math.max(fewest, Math.ceil(limit / 2));
    else if (waiting.size > 0) limit = Math.max(limit, inside) * 2;
  }

  function admit(): void {
    for (const operation of waiting) {
      if (inside >= limit) break;
      letIn(operation);
    }
    if (waiting.size > 0) timer ??= setTimeout(tick, window);
  }

  function letIn(operation: Waiting): void {
    waiting.delete(operation);
    inside += 1;
    operation.start();
  }

  function tick(): void {
    timer = undefined;
    look();
    // Who has no time left is told so now; nothing is asked for him any more.
    for (const operation of waiting) if (operation.signal.aborted) letIn(operation);
    // Those inside may all hang: whoever waited long enough does so no more, one at a time.
    const [first] = waiting;
    if (first && performance.now() - first.since > patience) letIn(first);
    admit();
  }

  function wait(signal: AbortSignal): Promise<void> {
    return new Promise((start) => {
      waiting.add({ signal, since: performance.now(), start });
      admit();
    });
  }

  return {
    enter(signal) {
      if (inside >= limit || waiting.size > 0) return wait(signal);
      inside += 1;
      return undefined;
    },
    leave() {
      inside -= 1;
      if (limit > fewest) look();
      if (waiting.size > 0) admit();
    },
  };
}
