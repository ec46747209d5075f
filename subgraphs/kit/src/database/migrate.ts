import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';

import { ConfigError } from '../settings.ts';
import { connect, type Sql } from './open-database.ts';

/** One lock for all our migrators of a database ("hutong" in ASCII). */
const migrationLock = '114836163227239';

/** The kit's own tables (changes, meta), in every subgraph's database. Same depth below the package from src and from dist. */
export const kitMigrations = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Extensions a migration may need, and the sign of it; drizzle-kit generates no CREATE EXTENSION. All are trusted: no superuser needed. */
const extensions = [
  { name: 'pg_trgm', sign: /\b(gin|gist)_trgm_ops\b/ },
  { name: 'btree_gist', sign: /\bexclude\s+using\s+gist\b/i },
  { name: 'btree_gin', sign: /\bbtree_gin\b/ },
] as const;

/**
 * Brings a database to the newest schema: the kit's tables, then the subgraph's folder of drizzle-kit migrations.
 * Several processes may call it at once: all but the first wait, and find nothing to do.
 */
export async function migrate(url: string, folder?: string): Promise<void> {
  const sql = connect(url, { max: 1, lasting: true, applicationName: 'hutong-migrate' });
  try {
    await sql`select pg_advisory_lock(${migrationLock}::bigint)`;
    await applyFolder(sql, kitMigrations, 'kit_migrations');
    if (folder !== undefined) await applyFolder(sql, folder, 'migrations');
  } finally {
    await sql.end();
  }
}

async function applyFolder(sql: Sql, folder: string, table: string): Promise<void> {
  await refuseOtherHistory(sql, folder, table);
  for (const name of neededExtensions(folder)) await sql`create extension if not exists ${sql(name)}`;
  await applyMigrations(drizzle(sql), {
    migrationsFolder: folder,
    migrationsSchema: 'drizzle',
    migrationsTable: table,
  });
}

/** Tables that migrations of another version made are not ours to change: drizzle would stumble over them one by one. */
async function refuseOtherHistory(sql: Sql, folder: string, table: string): Promise<void> {
  const [found] = await sql`
    select current_database() as name, to_regclass(${`drizzle.${table}`}) is not null as migrated`;
  if (found?.['migrated'] !== true) return;
  const known = new Set(readMigrationFiles({ migrationsFolder: folder }).map(({ hash }) => hash));
  const applied = await sql<{ hash: string }[]>`select hash from ${sql(`drizzle.${table}`)}`;
  if (applied.every(({ hash }) => known.has(hash))) return;
  const name = String(found['name']);
  throw new ConfigError(
    `The database ${name} was made by another version of Hutong, whose tables this one does not know: start that version, or choose an empty database (another data folder with HUTONG_DATA). 数据库 ${name} 由另一版本的 Hutong 建立，本版本无法识别：请使用该版本，或另选空数据库（用 HUTONG_DATA 另选数据目录）。`,
  );
}

function neededExtensions(folder: string): readonly string[] {
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  return extensions.filter(({ sign }) => sign.test(text)).map(({ name }) => name);
}
