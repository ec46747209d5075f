import {
  checkKeys,
  openKeyRing,
  sandboxKeyOf,
  readSeeding,
  startBackground,
  type Background,
  type Clock,
  type Database,
  type Seeding,
  type Subgraph,
  type SubgraphPackage,
  type SubgraphParts,
} from '@hutong/kit';
import { seedingSubgraph } from './ask-seeding.ts';
import { migrateDatabases, openDatabases } from './colocated-databases.ts';
import { subgraphPackages } from './colocated-packages.ts';
import type { StoreConfig } from './config.ts';
import { createInProcessSources, type InProcessSources } from './in-process-sources.ts';

/** The four subgraphs of this process, and what they hold open. */
export interface Colocated {
  readonly sources: InProcessSources;
  /** When the demo data were written; from this the business clock runs. */
  readonly seeding: Seeding | undefined;
  /** Starts the jobs of the four and the relays between them, in business time; once in a process. */
  readonly startBackground: (clock: Clock) => Promise<Pick<Background, 'stop'>>;
  readonly close: () => Promise<void>;
}

/** What fills empty databases from the demo region; gets them migrated, by subgraph name. */
export type Seed = (databases: ReadonlyMap<string, Database>) => Promise<void>;

/** What the four subgraphs of one process are told. */
export interface ColocatedConfig extends StoreConfig {
  readonly demo: boolean;
  readonly paymentSandboxKey?: string | undefined;
}

/** Runs the four subgraphs in this process: on the given databases, or on the embedded PostgreSQL of the data folder. */
export async function openColocated(config: ColocatedConfig, seed: Seed): Promise<Colocated> {
  const { databases, close } = await openDatabases(config, subgraphPackages);
  try {
    const keys = openKeyRing(config);
    await migrateDatabases(databases, subgraphPackages);
    await Promise.all([...databases].map(([name, { sql }]) => checkKeys(sql, keys, name)));
    await seed(databases);
    const parts = { keys, paymentSandboxKey: sandboxKeyOf(config, keys) };
    return { ...(await run(databases, parts, subgraphPackages)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function run(
  databases: ReadonlyMap<string, Database>,
  parts: Omit<SubgraphParts, 'database'>,
  packages: readonly SubgraphPackage[],
): Promise<Omit<Colocated, 'close'>> {
  const running = packages.flatMap(({ name, create }) => {
    const database = databases.get(name);
    if (database === undefined) return [];
    return [
      {
        database,
        subgraph: create({ database, ...parts }),
        checkReady: async () => void (await database.sql`select 1`),
      },
    ];
  });
  const telling = databases.get(seedingSubgraph);
  const seeding = telling === undefined ? undefined : await readSeeding(telling.sql);
  return { sources: createInProcessSources(running), seeding, startBackground: (clock) => startAll(running, clock) };
}

/** Each subgraph delivers its changes to the inboxes of the others. */
async function startAll(
  running: readonly { readonly subgraph: Subgraph; readonly database: Database }[],
  clock: Clock,
): Promise<Pick<Background, 'stop'>> {
  const started = await Promise.all(
    running.map(({ subgraph, database }) => {
      const outlets = running.map((other) => other.subgraph).filter((other) => other !== subgraph);
      return startBackground({ subgraph, database, clock, outlets });
    }),
  );
  return { stop: async () => void (await Promise.all(started.map((background) => background.stop()))) };
}
