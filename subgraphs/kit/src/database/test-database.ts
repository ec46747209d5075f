import { randomBytes } from 'node:crypto';

import { migrate } from './migrate.ts';
import { createDatabase, type Database, dropDatabase, openDatabase, urlOfDatabase } from './open-database.ts';

/** Options of a test's own database. */
export interface TestDatabaseOptions {
  /** Folder of drizzle-kit migrations; the kit's own tables are always there. */
  readonly migrations?: string;
  /** Connections of the pool. */
  readonly max?: number;
}

/** A fresh database on the test server (`inject('databaseServer')`); close() drops it. */
export async function createTestDatabase(serverUrl: string, options: TestDatabaseOptions = {}): Promise<Database> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const url = urlOfDatabase(serverUrl, name);
  await createDatabase(serverUrl, name);
  await migrate(url, options.migrations);
  const database = await openDatabase({ url }, { max: options.max ?? 5, applicationName: 'hutong-test' });
  return {
    ...database,
    close: async () => {
      await database.close();
      await dropDatabase(serverUrl, name);
    },
  };
}
