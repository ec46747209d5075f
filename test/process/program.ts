import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { repositoryRoot } from '@hutong/schema';

/** The program of `npm start`, run as people run it. */
export interface Program {
  /** Everything it has written so far. */
  readonly output: () => string;
  /** Resolves when the text has been written; rejects with the whole output when it ends before. */
  readonly says: (text: string) => Promise<void>;
  readonly address: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts what `npm start` runs, on a data folder, at any free port unless another is named. */
export function startProgram(dataFolder: string, ...more: readonly string[]): Program {
  const args = ['--env-file=demo.env', 'run.mjs', 'gateway', '--port', '0', ...more];
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    env: { ...ownEnvironment(), HUTONG_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  return {
    output: () => text,
    says: (expected) => untilSaid(child, () => text, expected),
    address: () => /GraphQL\s+(http:\S+)\/graphql/.exec(text)?.[1] ?? '',
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Process ids of the database server of a data folder and of those who watch it. */
export function databaseProcesses(dataFolder: string): readonly number[] {
  // The guardian wrote it.
  const record = JSON.parse(readFileSync(join(dataFolder, 'postgres.json'), 'utf8')) as Record<string, unknown>;
  return ['postmaster', 'guardian', 'watcher'].map((name) => Number(record[name]));
}

/** Resolves when none of the processes runs any more; the test's own time limit ends a wait in vain. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isRunning)) await wait(50);
}

/** Without what a surrounding `npm test` or shell set for itself. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const own = /^(npm_|VITEST|HUTONG_|PORT$|HOST$|NODE_ENV$|NODE_OPTIONS$|SUPERGRAPH$|.*_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function untilSaid(child: ChildProcess, output: () => string, expected: string): Promise<void> {
  while (!output().includes(expected)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended, saying\n${output()}`);
    await wait(50);
  }
}

/** A process that ended and was not yet buried by its parent does not run. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || commandOf(pid) !== '';
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
