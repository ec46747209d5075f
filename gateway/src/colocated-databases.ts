import {
  checkReachable,
  migrate,
  openDatabase,
  startEmbeddedServer,
  type Database,
  type SubgraphPackage,
} from '@hutong/kit';
import type { StoreConfig } from './config.ts';

/** The four databases, open, by subgraph; close() also lets go of the embedded server. */
export interface OpenDatabases {
  readonly databases: ReadonlyMap<string, Database>;
  readonly close: () => Promise<void>;
}

/** Opens the four databases: the given ones, or those of the data folder's embedded PostgreSQL, which is started or joined. */
export async function openDatabases(
  { data, databaseUrls }: Pick<StoreConfig, 'data' | 'databaseUrls'>,
  packages: readonly SubgraphPackage[],
): Promise<OpenDatabases> {
  const isExternal = Object.keys(databaseUrls).length > 0;
  const embedded = isExternal ? undefined : await startEmbeddedServer({ dataFolder: data });
  const databases = new Map<string, Database>();
  const close = async (): Promise<void> => {
    await Promise.all([...databases.values()].map((database) => database.close()));
    await embedded?.close();
  };
  try {
    await Promise.all(
      packages.map(async ({ name }) => {
        const place =
          embedded === undefined ? { url: databaseUrls[name] ?? '' } : { embedded, name: databaseName(name) };
        const database = await openDatabase(place);
        databases.set(name, database);
        if (embedded === undefined) await checkReachable(database, databaseSetting(name));
      }),
    );
    return { databases, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Brings the databases to the newest schema. */
export async function migrateDatabases(
  databases: ReadonlyMap<string, Database>,
  packages: readonly SubgraphPackage[],
): Promise<void> {
  await Promise.all(
    packages.map(async ({ name, migrations }) => {
      const database = databases.get(name);
      if (database !== undefined) await migrate(database.url, migrations);
    }),
  );
}

function databaseSetting(subgraph: string): string {
  return `${subgraph.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
}

function databaseName(subgraph: string): string {
  return `hutong_${subgraph.replaceAll('-', '_')}`;
}
