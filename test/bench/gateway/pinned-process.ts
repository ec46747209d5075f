import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The core of what is measured, and the core of what loads and stubs. */
export const cores = { measured: 0, surroundings: 1 } as const;

/** How long a process may take to say what it is expected to say, milliseconds. */
const patience = 60_000;

/** How a process is started. */
export interface Start {
  readonly core: number;
  /** What stands behind `node`. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** A running process. */
export interface PinnedProcess {
  readonly pid: number;
  /** Rejects when the process has ended by itself, with the last that it wrote. */
  readonly ended: Promise<never>;
  /** Resolves when it writes this text, from now on; rejects when it does not for a minute. */
  says(text: string): Promise<void>;
  /** Ends it as a user does, and waits. */
  stop(): Promise<void>;
}

/** A running process that takes orders. */
export interface Servant<Order> extends PinnedProcess {
  /** Sends an order and waits for the answer; there is one at a time. */
  order<Answer>(order: Order): Promise<Answer>;
}

/** What taskset is asked to do: it becomes the program, so that its process is the program's. */
function pin({ core, command }: Start): string[] {
  return ['-c', String(core), process.execPath, ...command];
}

/** Starts a node program on one core. */
export function startPinned(start: Start): PinnedProcess {
  return watch(launch(start, 'ignore'));
}

/** Starts a node program that takes orders (`serveOrders`) on one core. */
export function startServant<Order extends object>(start: Start): Servant<Order> {
  const child = launch(start, 'ipc');
  const process = watch(child);
  return {
    ...process,
    async order<Answer>(order: Order): Promise<Answer> {
      child.send(order);
      const answered = once(child, 'message') as Promise<[Reply<Answer>]>;
      const [reply] = await Promise.race([answered, process.ended]);
      if ('failure' in reply) throw new Error(reply.failure);
      return reply.answer;
    },
  };
}

/** The file of one of the benchmark's own programs. */
export function programFile(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url));
}

/** What a servant sends back. */
export type Reply<Answer> = { readonly answer: Answer } | { readonly failure: string };

/** What a servant's process does with an order. */
type CarryOut<Order> = (order: Order) => unknown;

/** Serves orders in a servant's process; without its master it has nobody to serve. */
export function serveOrders(carryOut: CarryOut<never>): void {
  process.once('disconnect', () => process.exit());
  // What the master sends is what the program serves: both take the type of its orders.
  process.on('message', (order) => {
    void answerOrder(carryOut, order as never).then((reply) => process.send?.(reply));
  });
}

async function answerOrder(carryOut: CarryOut<never>, order: never): Promise<Reply<unknown>> {
  try {
    return { answer: await carryOut(order) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function launch(start: Start, channel: 'ignore' | 'ipc'): ChildProcess {
  if (process.platform !== 'linux' || availableParallelism() < 2) {
    throw new Error(
      'Gateways are measured on Linux with two cores or more: one is theirs alone, and /proc says what they cost.',
    );
  }
  return spawn('taskset', pin(start), {
    cwd: start.directory,
    env: { ...process.env, NODE_ENV: 'production', ...start.env },
    stdio: ['ignore', 'pipe', 'pipe', channel],
  });
}

function watch(child: ChildProcess): PinnedProcess {
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (text: Buffer) => {
      said = (said + String(text)).slice(-4000);
    });
  }
  const exited = once(child, 'close');
  const ended = exited.then(([code]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${String(code)}:\n${said}`);
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.setMaxListeners(process.getMaxListeners() + 1);
  process.once('exit', kill);
  void exited.then(() => process.off('exit', kill));
  // Whoever waits for something of the process hears of its end; after a stop nobody does.
  ended.catch(() => undefined);
  const hears = async (text: string): Promise<void> => {
    const signal = AbortSignal.timeout(patience);
    try {
      for await (const [piece] of on(child.stdout ?? child, 'data', { signal }))
        if (String(piece).includes(text)) return;
    } catch (cause) {
      throw new Error(`Process ${child.pid} has not said "${text}" for ${patience} ms; its last words:\n${said}`, {
        cause,
      });
    }
  };
  return {
    pid: child.pid ?? 0,
    ended,
    says: (text) => Promise.race([hears(text), ended]),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
