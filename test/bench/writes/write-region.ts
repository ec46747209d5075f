import {
  createKeyRing,
  createTestDatabase,
  generateDataKeys,
  parseDataKeys,
  seedDatabase,
  type Database,
} from '@hutong/kit';
import { packages, regionOptions } from '../../region.ts';
import type { RegionPlace } from '../../world.ts';

/** Four seeded databases that nobody is connected to. */
export interface SeededRegion {
  readonly dataKeys: string;
  readonly templates: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A copy of them, to write in. */
export interface WriteRegion extends RegionPlace {
  readonly dataKeys: string;
  /** The database of a subgraph. */
  database(subgraph: string): Database;
  close(): Promise<void>;
}

/** Seeds a county once. */
export async function seedRegion(serverUrl: string, residents: number): Promise<SeededRegion> {
  const dataKeys = generateDataKeys();
  const keys = createKeyRing(parseDataKeys(dataKeys));
  const options = { ...regionOptions, residentsPerPlace: residents, visitScale: 0.1 };
  const seeded = await Promise.all(
    packages.map(async (subgraph) => {
      const database = await createTestDatabase(serverUrl, { migrations: subgraph.migrations });
      await seedDatabase(database, subgraph, keys, options);
      await database.sql.end();
      return { name: subgraph.name, database };
    }),
  );
  return {
    dataKeys,
    templates: Object.fromEntries(seeded.map(({ name, database }) => [name, new URL(database.url).pathname.slice(1)])),
    close: async () => void (await Promise.all(seeded.map(({ database }) => database.close()))),
  };
}

/** Copies a seeded county. */
export async function copyRegion(serverUrl: string, { dataKeys, templates }: SeededRegion): Promise<WriteRegion> {
  const copies = await Promise.all(
    Object.entries(templates).map(
      async ([name, template]) => [name, await createTestDatabase(serverUrl, { template })] as const,
    ),
  );
  const databases = new Map(copies);
  return {
    dataKeys,
    databases: Object.fromEntries(copies.map(([name, { url }]) => [name, url])),
    database: (subgraph) => {
      const found = databases.get(subgraph);
      if (found === undefined) throw new TypeError(`no subgraph ${subgraph}`);
      return found;
    },
    close: async () => void (await Promise.all(copies.map(([, database]) => database.close()))),
  };
}
