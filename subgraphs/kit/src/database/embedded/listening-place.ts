import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clusterDirectoryOf } from './cluster.ts';
import type { DatabaseUser } from './database-user.ts';

/** Where a server listens and where others join its guardian. */
export interface ListeningPlace {
  /** As a client says it: directory of the Unix socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  /** Socket directory as the server says it; undefined = loopback network. */
  readonly socketDirectory?: string;
  readonly joinAddress: string;
  readonly temporaryDirectory?: string;
}

/** Longest path of a Unix socket, bytes (macOS 103, Linux 107). */
const longestSocketPath = 100;

/** A Unix socket in the cluster; loopback with password on Windows. */
export async function listeningPlace(dataFolder: string, user: DatabaseUser | undefined): Promise<ListeningPlace> {
  return process.platform === 'win32' ? loopback(dataFolder) : socketPlace(dataFolder, user);
}

/** Inside the cluster where the path is short enough ('.': the server runs there), else a short directory of its own. */
function socketPlace(dataFolder: string, user: DatabaseUser | undefined): ListeningPlace {
  const port = 5432;
  const cluster = clusterDirectoryOf(dataFolder);
  if (Buffer.byteLength(`${cluster}/.s.PGSQL.${port}`) <= longestSocketPath) {
    return { host: cluster, port, socketDirectory: '.', joinAddress: join(dataFolder, 'postgres.sock') };
  }
  const directory = mkdtempSync(join(tmpdir(), 'hutong-'));
  chmodSync(directory, 0o700);
  if (user) chownSync(directory, user.uid, user.gid);
  const joinAddress = join(directory, 'guardian.sock');
  return { host: directory, port, socketDirectory: directory, joinAddress, temporaryDirectory: directory };
}

async function loopback(dataFolder: string): Promise<ListeningPlace> {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 24);
  return { host: '127.0.0.1', port: await freePort(), joinAddress: `\\\\.\\pipe\\hutong-${name}` };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
