import { createHash } from 'node:crypto';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { SqlSession } from './open-database.ts';

/** Tables of the kit itself: they say when something was done. */
const KITS = ['changes', 'hutong_meta'];

/**
 * A checksum of every table by its name, whatever the order of its rows; sealed columns count with their opened values, for
 * each sealing has a nonce of its own. Two databases with the same rows have the same checksums.
 */
export async function tableChecksums(sql: SqlSession, keys: KeyRing): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ name: string; sealed: string[] }[]>`
    select t.table_name as name, coalesce(array_agg(c.column_name::text order by c.ordinal_position)
      filter (where c.data_type = 'bytea'), '{}') as sealed
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and t.table_name <> all(${KITS})
    group by 1 order by 1`;
  const sums: Record<string, string> = {};
  for (const { name, sealed } of tables) sums[name] = await checksum(sql, name, sealed, keys);
  return sums;
}

async function checksum(sql: SqlSession, table: string, sealed: readonly string[], keys: KeyRing): Promise<string> {
  const lines: string[] = [];
  const columns = sealed.map((name) => `, t."${name}"`).join('');
  const statement = sql.unsafe<Record<string, Buffer | null>[]>(
    `select (to_jsonb(t) - $1::text[])::text as plain${columns} from "${table}" t`,
    [[...sealed]],
  );
  for (const row of await statement) {
    const opened = sealed.map((name) => {
      const value = row[name] ?? null;
      return value === null ? null : keys.open(value);
    });
    lines.push(`${String(row['plain'])} ${JSON.stringify(opened)}`);
  }
  const hash = createHash('sha256');
  for (const line of lines.toSorted()) hash.update(line);
  return `${lines.length} rows ${hash.digest('hex').slice(0, 16)}`;
}
