import { ConfigError } from '../settings.ts';
import type { Database } from './open-database.ts';

/** Oldest PostgreSQL that has what the tables use (unique … nulls not distinct). */
const oldestVersion = 15;

/** Throws `ConfigError`, one sentence that names the setting, when the database cannot be used; its URL's password is not told. */
export async function checkReachable({ sql, url }: Database, settingName: string): Promise<void> {
  const { host, pathname } = new URL(url);
  const place = `${host}${pathname}`;
  const version = await versionOf(sql).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `The database ${place} of ${settingName} cannot be used: ${reason}. 无法使用 ${settingName} 指定的数据库 ${place}。`,
      { cause },
    );
  });
  if (version >= oldestVersion) return;
  throw new ConfigError(
    `The database ${place} of ${settingName} is PostgreSQL ${version}; ${oldestVersion} or newer is needed. 需要 PostgreSQL ${oldestVersion} 或更高版本。`,
  );
}

async function versionOf(sql: Database['sql']): Promise<number> {
  const [row] = await sql`select current_setting('server_version_num')::int / 10000 as version`;
  return Number(row?.['version']);
}
