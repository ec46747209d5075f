import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { DatabaseUser } from './database-user.ts';

/** How a client reaches the server. */
export interface ServerAddress {
  /** Directory of the Unix socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
}

/** What the guardian process is told (bin/guardian.mjs). */
export interface GuardianOrder {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly user?: DatabaseUser;
  readonly pidFile: string;
  readonly logFile: string;
  /** Where the guardian tells later starters who runs and how to join. */
  readonly recordFile: string;
  /** Socket or pipe at which others join. */
  readonly address: string;
  readonly connection: ServerAddress;
  /** Where signals do not exist (Windows). */
  readonly stopCommand?: { readonly command: string; readonly arguments: readonly string[] };
  readonly temporaryDirectory?: string;
}

/** What the guardian wrote about itself. */
export interface GuardianRecord {
  readonly guardian: number;
  /** The shell that stops the server should the guardian be killed; none on Windows. */
  readonly watcher?: number;
  readonly postmaster: number;
  readonly address: string;
  readonly connection: ServerAddress;
}

/** Our hold on a running server; the server stops when the last hold is released. */
export interface Hold {
  readonly connection: ServerAddress;
  release(): Promise<void>;
}

/** A guardian that could not start the server, and what the server said. */
export interface GuardianFailure {
  readonly failed: string;
}

/** Same depth below the package from src and from dist. */
const guardianFile = fileURLToPath(new URL('../../../bin/guardian.mjs', import.meta.url));

/** Starts a guardian with its server; it holds on to our pipe. Detached, so that Ctrl-C in the terminal reaches only us. */
export async function startGuardian(order: GuardianOrder): Promise<Hold | GuardianFailure> {
  const child = spawn(process.execPath, [guardianFile, JSON.stringify(order)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const said = await firstMessage(child);
  if (!('ready' in said)) return { failed: 'failed' in said ? String(said.failed) : 'the guardian process ended' };
  letOwnerEnd(child);
  return { connection: order.connection, release: () => releasePipe(child) };
}

/** Joins the guardian that runs on this data folder; undefined when there is none to join. */
export async function joinGuardian(recordFile: string): Promise<Hold | undefined> {
  const record = readRecord(recordFile);
  if (record === undefined) return undefined;
  const socket = await hold(record.address);
  if (socket === undefined) return undefined;
  return {
    connection: record.connection,
    release: async () => {
      socket.destroy();
    },
  };
}

/** The guardian's record; undefined when there is none, or half of one. */
export function readRecord(recordFile: string): GuardianRecord | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own guardian wrote it, in one rename.
    return JSON.parse(readFileSync(recordFile, 'utf8')) as GuardianRecord;
  } catch {
    return undefined;
  }
}

/** Resolves once the server behind the address is ready, or with undefined when nobody answers there. */
function hold(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('data', () => {
      socket.unref();
      resolve(socket);
    });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(undefined));
  });
}

function firstMessage(child: ChildProcess): Promise<object> {
  return new Promise((resolve) => {
    child.stdout?.once('data', (text: Buffer) => resolve(parseMessage(text)));
    child.on('error', (error) => resolve({ failed: error.message }));
    child.on('exit', () => resolve({}));
  });
}

function parseMessage(text: Buffer): object {
  const message: unknown = JSON.parse(text.toString('utf8').split('\n')[0] ?? '{}');
  return typeof message === 'object' && message !== null ? message : {};
}

/** An open database must not keep a finished script alive: when it ends, the pipe closes. */
function letOwnerEnd(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

/** Waits until the server has stopped, or the guardian says that others still hold it. */
function releasePipe(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.ref();
    child.once('exit', () => resolve());
    child.stdout?.on('data', () => {
      letOwnerEnd(child);
      resolve();
    });
    child.stdin?.end();
  });
}
