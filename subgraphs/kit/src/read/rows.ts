import type { GraphQLResolveInfo } from 'graphql';
import { decodeOwnedId } from '../ids.ts';
import { joinKeys } from './composite.ts';
import { createAskLoader, createBatch } from './batch.ts';
import { orderSql, totalOrder, type OrderTerm } from './keyset.ts';
import { projectionOf } from './projection.ts';
import { conditionsSql, selectList, storedColumns, toRow, typed, whereSql, type Scope } from './scope.ts';
import { Statement, type Run } from './statement.ts';
import type { ColumnShape, TableShape } from './table.ts';
import type { KeyLoader, ParentLoader } from './types.ts';

/** One row by a unique column. */
export function createKeyLoader<Row>(run: Run, table: TableShape, key: string): KeyLoader<Row> {
  const loader = createAskLoader<Row, null>(async (keys, asked) => {
    const columns = storedColumns(table, asked, [key]);
    const statement = new Statement();
    const condition = statement.isOneOf(table.sql, table.column(key), keys);
    const text = `select ${selectList(columns, table.sql)} from ${table.sql} where ${condition}`;
    const rows = (await run(text, statement.parameters)).map((raw) => toRow(raw, columns, 0));
    return new Map(rows.map((row) => [String(row[key]), typed<Row>(row)]));
  }, null);
  return {
    load: (value, info, typeName) => loader.load({ key: value, columns: projectionOf(info, typeName).columns }),
  };
}

/** One resident-owned row by its public id. */
export function createOwnedLoader<Row>(run: Run, table: TableShape, prefix: string, number = 'no'): KeyLoader<Row> {
  const loader = createAskLoader<Row, null>(async (ids, asked) => {
    const columns = storedColumns(table, asked, ['residentId', number]);
    const places = ids.flatMap((id) => {
      const place = decodeOwnedId(prefix, id);
      return place === undefined ? [] : [{ key: id, values: [place.residentId, place.no] }];
    });
    if (places.length === 0) return new Map();
    const statement = new Statement();
    const { key, from, conditions } = joinKeys(statement, table, ['residentId', number], places);
    const text = `select ${key}, ${selectList(columns, table.sql)} from ${from}${whereSql(conditions)}`;
    return new Map(
      (await run(text, statement.parameters)).map((raw) => [String(raw[0]), typed<Row>(toRow(raw, columns, 1))]),
    );
  }, null);
  return { load: (id, info, typeName) => loader.load({ key: id, columns: projectionOf(info, typeName).columns }) };
}

/** All rows that meet a `where`. */
export async function loadAll<Row>(
  run: Run,
  scope: Scope,
  where: object | null | undefined,
  info: GraphQLResolveInfo,
): Promise<Row[]> {
  const { table } = scope;
  const columns = storedColumns(table, projectionOf(info).columns);
  const statement = new Statement();
  const order = totalOrder(scope.defaultOrder, []);
  const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
  const conditions = conditionsSql(scope, where, statement);
  const text = `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)}${ordered}`;
  return (await run(text, statement.parameters)).map((raw) => typed<Row>(toRow(raw, columns, 0)));
}

/** All rows of a parent, or the first few. */
export function createListLoader<Row>(run: Run, scope: Scope, parent: string, limit?: number): ParentLoader<Row[]> {
  const { table } = scope;
  const loader = createAskLoader<Row[], Row[]>(async (keys, asked) => {
    const order = totalOrder(scope.defaultOrder, []);
    const columns = storedColumns(table, asked, [parent]);
    const statement = new Statement();
    const text =
      limit === undefined
        ? listText(scope, statement.isOneOf(table.sql, table.column(parent), keys), columns, order, statement)
        : limitedListText(scope, { parent, keys }, columns, order, limit, statement);
    const rows = await run(text, statement.parameters);
    const lists = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const raw of rows) {
      const row = toRow(raw, columns, 0);
      lists.get(String(row[parent]))?.push(typed<Row>(row));
    }
    return lists;
  }, []);
  return { load: (key, info) => loader.load({ key, columns: projectionOf(info).columns }) };
}

function listText(
  scope: Scope,
  ofParent: string,
  columns: readonly ColumnShape[],
  order: readonly OrderTerm[],
  statement: Statement,
): string {
  const { table } = scope;
  const conditions = [ofParent, ...conditionsSql(scope, undefined, statement)];
  const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
  return `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)}${ordered}`;
}

function limitedListText(
  scope: Scope,
  { parent, keys }: { readonly parent: string; readonly keys: readonly string[] },
  columns: readonly ColumnShape[],
  order: readonly OrderTerm[],
  limit: number,
  statement: Statement,
): string {
  const { table } = scope;
  const column = table.column(parent);
  if (keys.length === 1) {
    return `${listText(scope, statement.isOneOf(table.sql, column, keys), columns, order, statement)} limit ${limit}`;
  }
  const list = statement.list(column, keys);
  const ofParent = `${table.sql}.${column.sql} = k.key`;
  return (
    `select x.* from unnest(${list}) with ordinality as k(key, place) cross join lateral ` +
    `(${listText(scope, ofParent, columns, order, statement)} limit ${limit}) x`
  );
}

/** One column of the first row of a parent; a sealed one is read, and opened, only here. */
export function createValueLoader<Value>(
  run: Run,
  scope: Scope,
  parent: string,
  column: string,
): ParentLoader<Value | null> {
  const { table } = scope;
  const columns = storedColumns(table, [parent, column]);
  return createBatch<Value | null, null>(async (keys) => {
    const statement = new Statement();
    const order = totalOrder(scope.defaultOrder, []);
    const text = limitedListText(scope, { parent, keys }, columns, order, 1, statement);
    const rows = (await run(text, statement.parameters)).map((raw) => toRow(raw, columns, 0));
    return new Map(rows.map((row) => [String(row[parent]), typed<Value | null>(row[column])]));
  }, null);
}

/** The first row of a parent's list. */
export function firstOf<Row>(lists: ParentLoader<Row[]>): KeyLoader<Row> {
  return { load: async (key, info) => (await lists.load(key, info))[0] ?? null };
}
