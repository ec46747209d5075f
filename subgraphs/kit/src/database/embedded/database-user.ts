import { statSync } from 'node:fs';

/** User and group ids a database process runs as; undefined = as ourselves. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

/** nobody, the user without rights that every Unix knows: PostgreSQL refuses to run as root. */
const nobody: DatabaseUser = { uid: 65534, gid: 65534 };

/** Who runs the database process: ourselves, or, when we are root, the owner of the existing cluster, else nobody. */
export function databaseUser(clusterDirectory: string): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false });
  return owner === undefined || owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid };
}

/**
 * How a database process names its own data directory.
 *
 * A dropped user may not walk down a clone below root's 0700 home. It need not: it is started inside the directory, and on Linux
 * /proc/self/cwd leads there without looking at the path above. So data stay in the data folder wherever that is.
 */
export function ownDirectoryName(clusterDirectory: string, user: DatabaseUser | undefined): string {
  return user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : clusterDirectory;
}
