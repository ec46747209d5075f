import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { columnName } from '../database/column-name.ts';
import { quote } from '../read/table.ts';
import type { OwnedTable } from './stored-rows.ts';
import type { Write } from './write.ts';

/**
 * Inserts many rows by one statement with one parameter, whatever their number. Every row says the same properties; what none says
 * is left to the column's default. Encrypted columns cannot be written this way.
 */
export async function insertMany<T extends PgTable>(
  { tx }: Write,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const said = Object.keys(first);
  const names = columnNames(table, said);
  const target = sql.raw(quote(getTableName(table)));
  const list = sql.raw(names.map(quote).join(', '));
  const json = JSON.stringify(rows.map((row) => named(row, said, names)));
  await tx.execute(
    sql`insert into ${target} (${list}) select ${list} from jsonb_populate_recordset(null::${target}, ${json}::text::jsonb)`,
  );
}

/** Sets columns of many resident-owned rows, each to its own values, by one statement with one parameter. */
export async function updateMany<T extends OwnedTable>(
  { tx }: Write,
  table: T,
  columns: readonly (keyof T['$inferSelect'] & string)[],
  rows: readonly T['$inferSelect'][],
): Promise<void> {
  if (rows.length === 0) return;
  const said = ['residentId', 'no', ...columns];
  const names = columnNames(table, said);
  const target = sql.raw(quote(getTableName(table)));
  const sets = sql.raw(
    names
      .slice(2)
      .map((name) => `${quote(name)} = given.${quote(name)}`)
      .join(', '),
  );
  const json = JSON.stringify(rows.map((row) => named(row, said, names)));
  await tx.execute(sql`update ${target} stored set ${sets}
    from jsonb_populate_recordset(null::${target}, ${json}::text::jsonb) given
    where stored.resident_id = given.resident_id and stored.no = given.no`);
}

/** The last numbers among residents' rows of a table; the residents must be locked, so that nobody else takes the next. */
export async function lastNos(
  { tx }: Write,
  table: OwnedTable,
  residentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (residentIds.length === 0) return new Map();
  const rows = await tx
    .select({ residentId: sql<string>`${table.residentId}`, last: sql<number>`max(${table.no})` })
    .from(table)
    .where(sql`${table.residentId} = any(${sql.param(residentIds)}::text[])`)
    .groupBy(table.residentId);
  return new Map(rows.map(({ residentId, last }) => [residentId, last]));
}

function columnNames(table: PgTable, properties: readonly string[]): readonly string[] {
  const columns = getTableColumns(table);
  return properties.map((property) => {
    const column = columns[property];
    if (column === undefined) throw new TypeError(`${getTableName(table)} has no column ${property}`);
    return columnName(column);
  });
}

function named(
  row: object,
  properties: readonly string[],
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name, index) => [name, Reflect.get(row, properties[index] ?? '') ?? null]));
}
