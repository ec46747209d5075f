import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { isEncrypted } from '../crypto/encrypted.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { columnName } from '../database/column-name.ts';

/** What the read layer knows of one column: its SQL name and type. */
export interface ColumnShape {
  readonly property: string;
  /** Quoted SQL name. */
  readonly sql: string;
  /** PostgreSQL type without precision, e.g. `text`, `numeric`, `timestamp with time zone`. */
  readonly type: string;
  readonly notNull: boolean;
  /** Turns a driver's value into the row's, for column types with a codec of their own (encrypted text). */
  readonly decode: ((value: unknown) => unknown) | undefined;
}

/** What the read layer knows of one table. */
export interface TableShape {
  /** Quoted SQL name. */
  readonly sql: string;
  readonly name: string;
  column(property: string): ColumnShape;
  has(property: string): boolean;
}

/** SQL names, types and codecs of a drizzle table, as its migrations created them (snake case); encrypted columns are opened with the key ring. */
export function shapeOf(table: PgTable, keys?: KeyRing): TableShape {
  const name = getTableName(table);
  const columns = new Map(
    Object.entries(getTableColumns(table)).map(([property, column]) => [property, columnShape(property, column, keys)]),
  );
  return {
    name,
    sql: quote(name),
    has: (property) => columns.has(property),
    column: (property) => {
      const column = columns.get(property);
      if (column === undefined) throw new TypeError(`table ${name} has no column ${property}`);
      return column;
    },
  };
}

/** An SQL identifier in double quotes. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function columnShape(property: string, column: PgColumn, keys: KeyRing | undefined): ColumnShape {
  return {
    property,
    sql: quote(columnName(column)),
    type: column.getSQLType().replace(/\s*\(.*?\)/, ''),
    notNull: column.notNull,
    decode: decoderOf(column, keys),
  };
}

function decoderOf(column: PgColumn, keys: KeyRing | undefined): ColumnShape['decode'] {
  if (isEncrypted(column) && keys !== undefined) {
    return (value) => (value instanceof Uint8Array ? keys.open(value) : null);
  }
  if (column.columnType !== 'PgCustomColumn') return undefined;
  return (value) => (value === null ? null : column.mapFromDriverValue(value));
}
