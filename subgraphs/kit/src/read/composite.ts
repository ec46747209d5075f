import { decodeOwnedId } from '../ids.ts';
import { createAskLoader } from './batch.ts';
import { orderSql, totalOrder } from './keyset.ts';
import { projectionOf } from './projection.ts';
import { conditionsSql, selectList, storedColumns, toRow, typed, whereSql, type Scope } from './scope.ts';
import { Statement, type Run } from './statement.ts';
import type { TableShape } from './table.ts';
import type { KeyLoader, ParentLoader } from './types.ts';

/** The key of a row that several columns identify, as loaders take it: the values in the order of the columns. */
export function compositeKey(...values: readonly (string | number)[]): string {
  return JSON.stringify(values.map(String));
}

/** One row by several columns that are unique together. */
export function createKeysLoader<Row>(run: Run, table: TableShape, keys: readonly string[]): KeyLoader<Row> {
  const loader = createAskLoader<Row, null>(async (asked, wanted) => {
    const columns = storedColumns(table, wanted);
    const statement = new Statement();
    const wantedKeys = asked.map((key) => ({ key, values: parseKey(key) }));
    const { key, from, conditions } = joinKeys(statement, table, keys, wantedKeys);
    const text = `select ${key}, ${selectList(columns, table.sql)} from ${from}${whereSql(conditions)}`;
    const rows = await run(text, statement.parameters);
    return new Map(rows.map((raw) => [String(raw[0]), typed<Row>(toRow(raw, columns, 1))]));
  }, null);
  return { load: (key, info, typeName) => loader.load({ key, columns: projectionOf(info, typeName).columns }) };
}

/** Whole lists of resident-owned rows per resident-owned parent, by the parent's public id. */
export function createOwnedListLoader<Row>(
  run: Run,
  scope: Scope,
  prefix: string,
  column: string,
): ParentLoader<Row[]> {
  const { table } = scope;
  const loader = createAskLoader<Row[], Row[]>(async (ids, wanted) => {
    const places = ids.flatMap((id) => {
      const place = decodeOwnedId(prefix, id);
      return place === undefined ? [] : [{ key: id, values: [place.residentId, place.no] }];
    });
    const lists = new Map<string, Row[]>(ids.map((id) => [id, []]));
    if (places.length === 0) return lists;
    const columns = storedColumns(table, wanted);
    const order = totalOrder(scope.defaultOrder, []);
    const statement = new Statement();
    const { key, from, conditions } = joinKeys(statement, table, ['residentId', column], places);
    const all = [...conditions, ...conditionsSql(scope, undefined, statement)];
    const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
    const text = `select ${key}, ${selectList(columns, table.sql)} from ${from}${whereSql(all)}${ordered}`;
    for (const raw of await run(text, statement.parameters)) {
      lists.get(String(raw[0]))?.push(typed<Row>(toRow(raw, columns, 1)));
    }
    return lists;
  }, []);
  return { load: (key, info) => loader.load({ key, columns: projectionOf(info).columns }) };
}

/** A key of several columns, and what rows found by it are remembered under. */
export interface CompositeKey {
  readonly key: string;
  readonly values: readonly (string | number)[];
}

/**
 * The rows of a table that have one of these keys: `key` selects which. One key is compared as itself, several are
 * joined (see {@link Statement.isOneOf}).
 */
export function joinKeys(
  statement: Statement,
  table: TableShape,
  properties: readonly string[],
  keys: readonly CompositeKey[],
): { readonly key: string; readonly from: string; readonly conditions: readonly string[] } {
  const columns = properties.map((property) => table.column(property));
  const [only, ...others] = keys;
  if (only !== undefined && others.length === 0) {
    const key = statement.parameter(only.key, 'text');
    const conditions = columns.map((column, index) => statement.isOneOf(table.sql, column, [only.values[index]]));
    return { key, from: table.sql, conditions };
  }
  const named = statement.parameter(
    keys.map(({ key }) => key),
    'text[]',
  );
  const lists = columns.map((column, index) =>
    statement.list(
      column,
      keys.map(({ values }) => values[index]),
    ),
  );
  const names = columns.map((_, index) => `k${index}`);
  const equal = columns.map((column, index) => `${table.sql}.${column.sql} = k.k${index}`).join(' and ');
  const from = `unnest(${[named, ...lists].join(', ')}) as k(key, ${names.join(', ')}) join ${table.sql} on ${equal}`;
  return { key: 'k.key', from, conditions: [] };
}

function parseKey(key: string): readonly string[] {
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts.map(String) : [];
}
