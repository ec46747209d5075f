import { explainFailure, type Database } from '@hutong/kit';
import { openDatabases } from '../colocated-databases.ts';
import { subgraphPackages } from '../colocated-packages.ts';
import type { StoreConfig } from '../config.ts';

/** Runs a command to its end; a failure is told and is exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explainFailure(error));
    process.exitCode = 1;
  }
}

/** Opens the four databases for a command, and lets go of them after it; a server that runs on them goes on running. */
export async function withDatabases(
  store: StoreConfig,
  work: (databases: ReadonlyMap<string, Database>) => Promise<void>,
): Promise<void> {
  const { databases, close } = await openDatabases(store, subgraphPackages);
  try {
    await work(databases);
  } finally {
    await close();
  }
}

/** Name and URL of each database, as backups name them. */
export function namedDatabases(databases: ReadonlyMap<string, Database>): { name: string; url: string }[] {
  return subgraphPackages.flatMap(({ name }) => {
    const url = databases.get(name)?.url;
    return url === undefined ? [] : [{ name, url }];
  });
}
