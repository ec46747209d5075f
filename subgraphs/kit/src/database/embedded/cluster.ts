import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import type { Binaries } from './binaries.ts';
import { databaseUser, type DatabaseUser, ownDirectoryName } from './database-user.ts';
import {
  EmbeddedServerError,
  serverFailed,
  unreachableDataFolder,
  unwritableDataFolder,
} from './embedded-server-error.ts';
import { isRunning } from './processes.ts';

/** The superuser of an embedded cluster. */
export const clusterUser = 'hutong';

/** Major version of the cluster's files; another major cannot read them. */
const majorVersion = '18';

/** Locales for character classes, the first that the system knows: under plain C, pg_trgm sees no Chinese character. */
const characterLocales: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['C.UTF-8', 'en_US.UTF-8', 'zh_CN.UTF-8', 'C'],
  darwin: ['UTF-8', 'en_US.UTF-8', 'C'],
};

/** Where a data folder keeps its cluster. */
export function clusterDirectoryOf(dataFolder: string): string {
  return join(dataFolder, 'postgres');
}

/** Makes the cluster when the data folder has none; whoever comes second of two at once uses the first one's. */
export async function ensureCluster(dataFolder: string, binaries: Binaries, durable: boolean): Promise<void> {
  const directory = clusterDirectoryOf(dataFolder);
  removeAbandoned(dataFolder);
  if (existsSync(directory)) return refuseOtherVersion(directory);
  const user = databaseUser(directory);
  let refusal = '';
  for (const locale of characterLocales[process.platform] ?? ['C']) {
    const staging = `${directory}.new-${process.pid}`;
    makeEmpty(staging, user);
    const outcome = await initialize(staging, binaries, user, [
      `--lc-ctype=${locale}`,
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (outcome.succeeded) return install(staging, directory);
    refusal = outcome.output;
    rmSync(staging, { recursive: true, force: true });
    if (!refusal.includes('invalid locale')) break;
  }
  if (user !== undefined && refusal.includes('Permission denied')) throw unreachableDataFolder(dataFolder);
  throw serverFailed(lastLine(refusal), 'initdb');
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

/** Password of the cluster where it is reached by the loopback network (Windows); undefined where by a Unix socket. */
export function clusterPassword(dataFolder: string): string | undefined {
  const file = passwordFile(clusterDirectoryOf(dataFolder));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Sockets need no password: only the cluster's user can enter their directory (0700). The network listens on Windows only. */
async function initialize(
  staging: string,
  binaries: Binaries,
  user: DatabaseUser | undefined,
  more: readonly string[],
): Promise<{ succeeded: boolean; output: string }> {
  const password = process.platform === 'win32' ? randomBytes(24).toString('base64url') : undefined;
  const authentication = ['--auth-local=trust', '--auth-host=reject'];
  if (password !== undefined) {
    writeFileSync(`${staging}.password`, password, { mode: 0o600 });
    authentication.splice(0, 2, '--auth=scram-sha-256', `--pwfile=${staging}.password`);
  }
  const outcome = await run(binaries.initdb, staging, user, [
    `--pgdata=${ownDirectoryName(staging, user)}`,
    `--username=${clusterUser}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...authentication,
    ...more,
  ]);
  if (password !== undefined) renameSync(`${staging}.password`, passwordFile(staging));
  return outcome;
}

function run(command: string, cwd: string, user: DatabaseUser | undefined, args: readonly string[]) {
  return new Promise<{ succeeded: boolean; output: string }>((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true, ...user });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ succeeded: false, output: error.message }));
    child.on('close', (code) => resolve({ succeeded: code === 0, output }));
  });
}

/** A rename is all or nothing: no start ever meets half a cluster. */
function install(staging: string, directory: string): void {
  try {
    renameSync(staging, directory);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(directory)) throw unwritableDataFolder(directory, error);
  }
}

function makeEmpty(directory: string, user: DatabaseUser | undefined): void {
  try {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { mode: 0o700 });
    if (user) chownSync(directory, user.uid, user.gid);
  } catch (error) {
    throw unwritableDataFolder(dirname(directory), error);
  }
}

/** Half-made clusters of starters that died. */
function removeAbandoned(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    const maker = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker)))
      rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}

function refuseOtherVersion(directory: string): void {
  const version = readClusterFile(join(directory, 'PG_VERSION'), directory).trim();
  if (version === majorVersion) return;
  throw new EmbeddedServerError(
    'DATA_VERSION',
    `${directory} was written by PostgreSQL ${version}, this release brings ${majorVersion}; take a backup with the release that wrote it and restore it here.`,
    `${directory} 由 PostgreSQL ${version} 写成，本版本内置 ${majorVersion}；请用原版本备份后在此恢复。`,
  );
}

function readClusterFile(file: string, directory: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unwritableDataFolder(dirname(directory), error);
  }
}

function passwordFile(directory: string): string {
  return join(directory, 'hutong-password');
}
