import type { SQL } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { KeyRing } from '../crypto/key-ring.ts';
import { filterSql, type Where } from './filter.ts';
import type { OrderBy } from './keyset.ts';
import type { RawRow, Statement } from './statement.ts';
import { shapeOf, type ColumnShape, type TableShape } from './table.ts';
import type { ReadOptions } from './types.ts';

/** Writes drizzle's SQL templates as PostgreSQL text, names in snake case as the migrations made them. */
export const dialect = new PgDialect({ casing: 'snake_case' });

/** Looks tables up for a reader; a table is taken apart once. */
export type Shapes = (table: PgTable) => TableShape;

/** The shapes of tables as a holder of this key ring reads them. */
export function createShapes(keys?: KeyRing): Shapes {
  const known = new WeakMap<PgTable, TableShape>();
  return (table) => {
    const shape = known.get(table) ?? shapeOf(table, keys);
    known.set(table, shape);
    return shape;
  };
}

/** A table with the loader's own condition and order. */
export interface Scope {
  readonly table: TableShape;
  readonly condition: SQL | undefined;
  readonly defaultOrder: OrderBy;
  readonly key: readonly string[];
}

export function scopeOf<T extends PgTable>(
  table: TableShape,
  key: readonly string[],
  options: ReadOptions<T> | undefined,
): Scope {
  const defaultOrder = (options?.orderBy ?? []).map((term) =>
    typeof term === 'string' ? { field: term } : { field: term[0], direction: term[1] },
  );
  return { table, condition: options?.where, defaultOrder, key };
}

/** Condition of the loader and of the caller together; columns are written with the table's own name as alias. */
export function conditionsSql(scope: Scope, where: object | null | undefined, statement: Statement): string[] {
  const conditions: string[] = [];
  if (scope.condition !== undefined) {
    const { sql, params } = dialect.sqlToQuery(scope.condition);
    conditions.push(`(${renumber(sql, params, statement)})`);
  }
  const filter = filterSql(
    where === null || where === undefined ? undefined : toWhere(where),
    scope.table,
    scope.table.sql,
    statement,
  );
  if (filter !== undefined) conditions.push(`(${filter})`);
  return conditions;
}

function toWhere(where: object): Where {
  return { ...where };
}

export function renumber(sql: string, params: readonly unknown[], statement: Statement): string {
  return sql.replaceAll(/\$(\d+)/g, (_, index: string) => statement.parameter(params[Number(index) - 1]));
}

export function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

export function selectList(columns: readonly ColumnShape[], alias: string): string {
  return columns.length === 0 ? 'null' : columns.map((column) => `${alias}.${column.sql}`).join(', ');
}

/** Columns of the table among those asked for; the rest are values that no table stores (external fields). */
export function storedColumns(table: TableShape, ...asked: Iterable<string>[]): readonly ColumnShape[] {
  const names = new Set<string>();
  for (const list of asked) for (const name of list) if (table.has(name)) names.add(name);
  return [...names].toSorted().map((name) => table.column(name));
}

export function toRow(raw: RawRow, columns: readonly ColumnShape[], offset: number): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column === undefined) continue;
    const value = raw[index + offset];
    row[column.property] = column.decode === undefined ? value : column.decode(value);
  }
  return row;
}

/** Rows leave the read layer typed as whole rows; the projection guarantees the columns that resolvers read. */
export function typed<Result>(value: unknown): Result {
  return value as Result;
}
