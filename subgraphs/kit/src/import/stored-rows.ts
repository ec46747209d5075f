import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

import { isEncrypted } from '../crypto/encrypted.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { columnName } from '../database/column-name.ts';
import type { SqlSession } from '../database/open-database.ts';
import { quote } from '../read/table.ts';
import type { ImportTarget, RowValues } from './import-target.ts';
import { keyText } from './validate-row.ts';

/** A target's table as the import reads and writes it. */
export interface TargetTable {
  readonly name: string;
  /** Every property that files can give, the natural key and, where there is one, the id: what is read, compared and staged. */
  readonly properties: readonly string[];
  readonly hasVersion: boolean;
  readonly hasUpdatedAt: boolean;
  column(property: string): Column;
  /** Quoted SQL name of a property. */
  sqlName(property: string): string;
}

/** Describes the table of a target. */
export function targetTable(target: ImportTarget): TargetTable {
  const columns = getTableColumns(target.table);
  const given = Object.values(target.columns).flatMap(({ column, hashColumn }) =>
    hashColumn === undefined ? [column] : [column, hashColumn],
  );
  const properties = new Set([...target.naturalKey, ...given]);
  if ('id' in columns) properties.add('id');
  const column = (property: string) => columnOf(target.table, property);
  return {
    name: getTableName(target.table),
    properties: [...properties],
    hasVersion: 'version' in columns,
    hasUpdatedAt: 'updatedAt' in columns,
    column,
    sqlName: (property) => quote(columnName(column(property))),
  };
}

/** The stored rows of these natural keys, by key; encrypted columns are opened. One statement. */
export async function storedRows(
  sql: SqlSession,
  target: ImportTarget,
  table: TargetTable,
  rows: readonly RowValues[],
  keys: KeyRing | undefined,
): Promise<ReadonlyMap<string, RowValues>> {
  const selected = table.properties.map((property) => `t.${table.sqlName(property)} as ${quote(property)}`);
  const keyColumns = target.naturalKey.map(
    (property, index) => `unnest($${index + 1}::text[])::${table.column(property).getSQLType()} as k${index}`,
  );
  const joined = target.naturalKey.map((property, index) => `t.${table.sqlName(property)} = k.k${index}`);
  const found = await sql.unsafe<Record<string, unknown>[]>(
    `select ${selected.join(', ')} from (select ${keyColumns.join(', ')}) k
     join ${quote(table.name)} t on ${joined.join(' and ')}`,
    target.naturalKey.map((property) => rows.map((row) => String(row[property]))),
    { prepare: true },
  );
  const open = opener(table, keys);
  return new Map(found.map((row): [string, RowValues] => [keyText(target.naturalKey, row), open(row)]));
}

/** Whether a given value says something else than the stored one. */
export function differs(column: Column, given: unknown, stored: unknown): boolean {
  if (given === stored) return false;
  if (given === null || stored === null || given === undefined || stored === undefined) return true;
  if (column.getSQLType().startsWith('timestamp')) return Date.parse(String(given)) !== instantOf(String(stored));
  if (typeof given === 'object') return canonical(given) !== canonical(stored);
  return String(given) !== String(stored);
}

function opener(table: TargetTable, keys: KeyRing | undefined): (row: Record<string, unknown>) => RowValues {
  const sealed = table.properties.filter((property) => isEncrypted(table.column(property)));
  return (row) => {
    for (const property of sealed) {
      const value = row[property];
      if (value instanceof Uint8Array) row[property] = keys?.open(value);
    }
    return row;
  };
}

/** PostgreSQL writes `2024-03-01 08:00:00+08`. */
function instantOf(text: string): number {
  return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

/** JSON with sorted keys, as jsonb forgets their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function columnOf(table: PgTable, property: string): Column {
  const column = getTableColumns(table)[property];
  if (column === undefined) throw new TypeError(`import target: ${getTableName(table)} has no property ${property}`);
  return column;
}
