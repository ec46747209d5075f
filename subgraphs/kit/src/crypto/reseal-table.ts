import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

import { columnName } from '../database/column-name.ts';
import type { Sql } from '../database/open-database.ts';
import { isEncrypted } from './encrypted.ts';
import type { KeyRing } from './key-ring.ts';

/** Rows sealed anew per statement: short transactions, so that nobody waits. */
const batchSize = 5_000;

/** Seals every value of a table's encrypted columns under the ring's current key, in batches; answers how many it wrote. */
export async function resealTable(sql: Sql, table: PgTable, keys: KeyRing): Promise<number> {
  let written = 0;
  for (const column of Object.values(getTableColumns(table)).filter(isEncrypted)) {
    written += await resealColumn(sql, getTableName(table), columnName(column), keys);
  }
  return written;
}

/** Finds what another key sealed by its first byte; a concurrent write wins, for only unchanged bytes are replaced. */
async function resealColumn(sql: Sql, table: string, column: string, keys: KeyRing): Promise<number> {
  for (let written = 0; ;) {
    const rows = await sql<{ old: Buffer }[]>`
      select ${sql(column)} as old from ${sql(table)}
      where get_byte(${sql(column)}, 0) <> ${keys.currentKeyId} limit ${batchSize}`;
    if (rows.length === 0) return written;
    const old = rows.map((row) => row.old.toString('hex'));
    const renewed = rows.map((row) => (keys.reseal(row.old) ?? row.old).toString('hex'));
    const outcome = await sql`
      update ${sql(table)} set ${sql(column)} = renewed.value
      from (select decode(old, 'hex') as old, decode(value, 'hex') as value
            from unnest(${old}::text[], ${renewed}::text[]) as pair(old, value)) as renewed
      where ${sql(table)}.${sql(column)} = renewed.old`;
    written += outcome.count;
  }
}
