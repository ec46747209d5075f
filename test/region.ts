import { institutionsPackage } from '@hutong/institutions';
import { insurancePackage } from '@hutong/insurance';
import {
  createKeyRing,
  createTestDatabase,
  generateDataKeys,
  parseDataKeys,
  seedDatabase,
  type SeedOptions,
  type SubgraphPackage,
} from '@hutong/kit';
import { personnelPackage } from '@hutong/personnel';
import { publicHealthPackage } from '@hutong/public-health';
import type { TestProject } from 'vitest/node';
import { startTestServer } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URLs of the four seeded databases, by subgraph; tests leave them as they are. */
    region: Readonly<Record<string, string>>;
    /** Names of four databases like them that nobody is connected to: tests that write take copies. */
    regionTemplates: Readonly<Record<string, string>>;
    /** Keys of their encrypted columns, as HUTONG_DATA_KEYS writes them. */
    dataKeys: string;
  }
}

/** The four subgraphs. */
export const packages: readonly SubgraphPackage[] = [
  institutionsPackage,
  personnelPackage,
  insurancePackage,
  publicHealthPackage,
];

/** The region that the tests of the whole read: one county, its real institutions and staff, few residents. */
export const regionOptions: SeedOptions = {
  seed: 'hutong',
  residentsPerPlace: 400,
  visitScale: 0.25,
  years: [2024],
  scenario: 'CURRENT',
  places: ['pei'],
};

/** Gives the tests of the whole one PostgreSQL server with the region in four databases, to read and to copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const dataKeys = generateDataKeys();
  const keys = createKeyRing(parseDataKeys(dataKeys));
  const databases = await Promise.all(
    packages.map(async (subgraph) => {
      const seeded = await createTestDatabase(server.url, { migrations: subgraph.migrations });
      await seedDatabase(seeded, subgraph, keys, regionOptions);
      await seeded.sql.end();
      const template = new URL(seeded.url).pathname.slice(1);
      const database = await createTestDatabase(server.url, { template });
      return { name: subgraph.name, seeded, template, database };
    }),
  );
  project.provide('databaseServer', server.url);
  project.provide('dataKeys', dataKeys);
  project.provide('region', Object.fromEntries(databases.map(({ name, database }) => [name, database.url])));
  project.provide('regionTemplates', Object.fromEntries(databases.map(({ name, template }) => [name, template])));
  return async () => {
    await Promise.all(databases.flatMap(({ seeded, database }) => [seeded.close(), database.close()]));
    await server.close();
  };
}
