import { appendFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { makeFolder } from '../make-folder.ts';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { clearRemains } from './clear-remains.ts';
import { clusterDirectoryOf, clusterPassword, clusterUser, ensureCluster, lastLine } from './cluster.ts';
import { databaseUser, ownDirectoryName } from './database-user.ts';
import { busyDataFolder, serverFailed, unwritableDataFolder } from './embedded-server-error.ts';
import { type GuardianOrder, type Hold, joinGuardian, startGuardian } from './guardian.ts';
import { listeningPlace } from './listening-place.ts';
import { serverSettings } from './server-settings.ts';

/** Where an embedded server keeps its data, and how. */
export interface EmbeddedServerOptions {
  /** Folder that keeps the data between starts; made when missing. */
  readonly dataFolder: string;
  /** False for tests only: a power cut may lose data then. */
  readonly durable?: boolean;
  /** Platform of the binaries, such as linux-x64; this machine's by default. */
  readonly platform?: string;
}

/** A running PostgreSQL 18 of our own. */
export interface EmbeddedServer {
  /** URL of the maintenance database. */
  readonly url: string;
  databaseUrl(name: string): string;
  /** Lets go of the server; it stops when nobody else holds it, and this resolves after that. */
  close(): Promise<void>;
}

/** How long a starter waits for another process that holds the data folder, milliseconds. */
const patience = 30_000;

/** Starts the embedded PostgreSQL of a data folder, or joins the one that already runs on it. */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataFolder = makeDataFolder(options.dataFolder);
  const hold = (await joinGuardian(recordFileOf(dataFolder))) ?? (await start(dataFolder, options));
  const databaseUrl = (name: string) => urlOf(hold, clusterPassword(dataFolder), name);
  return { url: databaseUrl('postgres'), databaseUrl, close: () => hold.release() };
}

async function start(dataFolder: string, options: EmbeddedServerOptions): Promise<Hold> {
  const durable = options.durable ?? true;
  const binaries = prepareBinaries(dataFolder, databaseUser(clusterDirectoryOf(dataFolder)), options.platform);
  await ensureCluster(dataFolder, binaries, durable);
  turnLog(dataFolder);
  for (let waited = 0; waited < patience; waited += 100) {
    await clearRemains(pidFileOf(dataFolder), recordFileOf(dataFolder), waited);
    const outcome = await startGuardian(await orderFor(dataFolder, binaries, durable));
    if ('release' in outcome) return outcome;
    if (!isTaken(outcome.failed)) throw serverFailed(lastLine(outcome.failed), logFileOf(dataFolder));
    const joined = await joinGuardian(recordFileOf(dataFolder));
    if (joined) return joined;
    await wait(100);
  }
  throw busyDataFolder(dataFolder);
}

/** Another server, or the last remains of one, still holds the data directory. */
function isTaken(said: string): boolean {
  return said.includes('already exists') || said.includes('still in use');
}

async function orderFor(dataFolder: string, binaries: Binaries, durable: boolean): Promise<GuardianOrder> {
  const cluster = clusterDirectoryOf(dataFolder);
  const user = databaseUser(cluster);
  const place = await listeningPlace(dataFolder, user);
  return {
    command: binaries.postgres,
    arguments: ['-D', ownDirectoryName(cluster, user), ...serverSettings(place, durable)],
    workingDirectory: cluster,
    pidFile: pidFileOf(dataFolder),
    logFile: logFileOf(dataFolder),
    recordFile: recordFileOf(dataFolder),
    address: place.joinAddress,
    connection: { host: place.host, port: place.port },
    ...(user && { user }),
    ...(place.temporaryDirectory !== undefined && { temporaryDirectory: place.temporaryDirectory }),
    ...(process.platform === 'win32' && {
      stopCommand: { command: binaries.pgCtl, arguments: ['stop', '-D', cluster, '-m', 'fast'] },
    }),
  };
}

/** libpq's form: a host that is a directory travels as a parameter. */
function urlOf({ connection }: Hold, password: string | undefined, name: string): string {
  const user = password === undefined ? clusterUser : `${clusterUser}:${encodeURIComponent(password)}`;
  if (!connection.host.startsWith('/')) return `postgres://${user}@${connection.host}:${connection.port}/${name}`;
  return `postgres://${user}@localhost:${connection.port}/${name}?host=${encodeURIComponent(connection.host)}`;
}

function makeDataFolder(folder: string): string {
  try {
    makeFolder(folder);
    return realpathSync(folder);
  } catch (error) {
    throw unwritableDataFolder(folder, error);
  }
}

/** One earlier log is kept; a log larger than 10 MB is turned at a start. The guardian, which writes it, has no voice to complain. */
function turnLog(dataFolder: string): void {
  const file = logFileOf(dataFolder);
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(file, `${file}.1`);
    appendFileSync(file, '');
  } catch (error) {
    throw unwritableDataFolder(dataFolder, error);
  }
}

function logFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.log');
}

function recordFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.json');
}

function pidFileOf(dataFolder: string): string {
  return join(clusterDirectoryOf(dataFolder), 'postmaster.pid');
}
