import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { kitMigrations, migrate } from './migrate.ts';
import { connect, createDatabase, type Database, dropDatabase, openDatabase, urlOfDatabase } from './open-database.ts';

/** Options of a test's own database. */
export interface TestDatabaseOptions {
  /** Folder of drizzle-kit migrations; the kit's own tables are always there. */
  readonly migrations?: string;
  /** Name of a database to copy instead; nobody may be connected to it. */
  readonly template?: string;
  /** Connections of the pool. */
  readonly max?: number;
}

const templatePrefix = 'hutong_template_';

/** A fresh database on the test server (`inject('databaseServer')`); close() drops it. */
export async function createTestDatabase(serverUrl: string, options: TestDatabaseOptions = {}): Promise<Database> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const url = urlOfDatabase(serverUrl, name);
  await createDatabase(serverUrl, name, options.template ?? (await migratedTemplate(serverUrl, options.migrations)));
  const database = await openDatabase({ url }, { max: options.max ?? 5, applicationName: 'hutong-test' });
  return {
    ...database,
    close: async () => {
      await database.close();
      await dropDatabase(serverUrl, name);
    },
  };
}

/** Migrated once per server and state of the migrations, then copied: a copy takes a tenth of the time of a hundred tables. */
async function migratedTemplate(serverUrl: string, migrations: string | undefined): Promise<string> {
  const name = `${templatePrefix}${fingerprint([kitMigrations, ...(migrations === undefined ? [] : [migrations])])}`;
  const sql = connect(serverUrl, { max: 1, lasting: true });
  try {
    await sql`select pg_advisory_lock(hashtext(${name}))`;
    const [ready] = await sql`select from pg_database where datname = ${name} and datistemplate`;
    if (ready) return name;
    await dropDatabase(serverUrl, name);
    await createDatabase(serverUrl, name);
    await migrate(urlOfDatabase(serverUrl, name), migrations);
    await sql`alter database ${sql(name)} with is_template true`;
    return name;
  } finally {
    await sql.end();
  }
}

/** Drops the templates that tests left on a server of one's own. */
export async function dropTestTemplates(serverUrl: string): Promise<void> {
  const sql = connect(serverUrl, { max: 1 });
  try {
    const templates = await sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${templatePrefix})`;
    for (const { name } of templates) {
      await sql`alter database ${sql(name)} with is_template false`;
      await sql`drop database if exists ${sql(name)} with (force)`;
    }
  } finally {
    await sql.end();
  }
}

function fingerprint(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .toSorted()) {
      hash.update(file).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 24);
}
