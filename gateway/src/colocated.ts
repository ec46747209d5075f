import { join } from 'node:path';
import { createInstitutions } from '@hutong/institutions';
import { createInsurance } from '@hutong/insurance';
import {
  createKeyRing,
  demoDataKeys,
  migrate,
  openDatabase,
  parseDataKeys,
  readSeeding,
  startEmbeddedServer,
  type Database,
  type DatabasePlace,
  type KeyRing,
  type Seeding,
  type Subgraph,
  type SubgraphParts,
} from '@hutong/kit';
import { createPersonnel } from '@hutong/personnel';
import { createPublicHealth } from '@hutong/public-health';
import { repositoryRoot } from '@hutong/schema';
import { ConfigError, type Config } from './config.ts';
import { createInProcessSources, type InProcessSources } from './in-process-sources.ts';

/** How each of the four is made; the names are those of their folders. */
const packages: ReadonlyMap<string, (parts: SubgraphParts) => Subgraph> = new Map([
  ['institutions', createInstitutions],
  ['personnel', createPersonnel],
  ['insurance', createInsurance],
  ['public-health', createPublicHealth],
]);

/** The four subgraphs of this process, and what they hold open. */
export interface Colocated {
  readonly sources: InProcessSources;
  /** When the demo data were written; from this the business clock runs. */
  readonly seeding: Seeding | undefined;
  readonly close: () => Promise<void>;
}

/** What fills empty databases from the demo region; gets them migrated, by subgraph name. */
export type Seed = (databases: ReadonlyMap<string, Database>, keys: KeyRing) => Promise<void>;

/** Runs the four subgraphs in this process: on the given databases, or on the embedded PostgreSQL of the data folder. */
export async function openColocated(
  config: Pick<Config, 'data' | 'dataKeys'> & { readonly databaseUrls: Readonly<Record<string, string>> },
  seed: Seed,
): Promise<Colocated> {
  const keys = readKeyRing(config);
  const isExternal = Object.keys(config.databaseUrls).length > 0;
  const embedded = isExternal ? undefined : await startEmbeddedServer({ dataFolder: config.data });
  const databases = new Map<string, Database>();
  const close = async (): Promise<void> => {
    await Promise.all([...databases.values()].map((database) => database.close()));
    await embedded?.close();
  };
  try {
    const placeOf = (name: string): DatabasePlace =>
      embedded === undefined ? { url: config.databaseUrls[name] ?? '' } : { embedded, name: databaseName(name) };
    await Promise.all(
      [...packages.keys()].map(async (name) => {
        const database = await openDatabase(placeOf(name));
        databases.set(name, database);
        await migrate(database.url, join(repositoryRoot, 'subgraphs', name, 'migrations'));
      }),
    );
    await seed(databases, keys);
    return { ...(await run(databases, keys)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function run(databases: ReadonlyMap<string, Database>, keys: KeyRing): Promise<Omit<Colocated, 'close'>> {
  const running = [...packages].flatMap(([name, create]) => {
    const sql = databases.get(name)?.sql;
    if (sql === undefined) return [];
    return [{ subgraph: create({ sql, keys }), checkReady: async () => void (await sql`select 1`) }];
  });
  const [first] = databases.values();
  const seeding = first === undefined ? undefined : await readSeeding(first.sql);
  return { sources: createInProcessSources(running), seeding };
}

/** Keys of class-I columns: as set, or the demo's own in the data folder. */
function readKeyRing({ data, dataKeys }: Pick<Config, 'data' | 'dataKeys'>): KeyRing {
  try {
    return createKeyRing(parseDataKeys(dataKeys ?? demoDataKeys(data)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw new ConfigError(`HUTONG_DATA_KEYS cannot be used (${reason}). HUTONG_DATA_KEYS 无法使用。`, { cause });
  }
}

function databaseName(subgraph: string): string {
  return `hutong_${subgraph.replaceAll('-', '_')}`;
}
