import type { GraphQLResolveInfo } from 'graphql';
import { decodeOwnedId } from '../ids.ts';
import { createAskLoader, createBatch } from './batch.ts';
import { orderSql, totalOrder, type OrderTerm } from './keyset.ts';
import { projectionOf } from './projection.ts';
import { conditionsSql, selectList, storedColumns, toRow, typed, whereSql, type Scope } from './scope.ts';
import { Statement, type Run } from './statement.ts';
import type { ColumnShape, TableShape } from './table.ts';
import type { KeyLoader, ParentLoader } from './types.ts';

/** One row by a unique column. */
export function createKeyLoader<Row>(run: Run, table: TableShape, key: string): KeyLoader<Row> {
  const loader = createAskLoader<Row>(async (keys, asked) => {
    const columns = storedColumns(table, asked, [key]);
    const statement = new Statement();
    const list = statement.list(table.column(key), keys);
    const text = `select ${selectList(columns, table.sql)} from ${table.sql} where ${table.sql}.${table.column(key).sql} = any(${list})`;
    const rows = (await run(text, statement.parameters)).map((raw) => toRow(raw, columns, 0));
    return new Map(rows.map((row) => [String(row[key]), typed<Row>(row)]));
  });
  return {
    load: (value, info, typeName) => loader.load({ key: value, columns: projectionOf(info, typeName).columns }),
  };
}

/** One resident-owned row by its public id. */
export function createOwnedLoader<Row>(run: Run, table: TableShape, prefix: string, number = 'no'): KeyLoader<Row> {
  const loader = createAskLoader<Row>(async (ids, asked) => {
    const columns = storedColumns(table, asked, ['residentId', number]);
    const places = ids.flatMap((id) => {
      const place = decodeOwnedId(prefix, id);
      return place === undefined ? [] : [{ id, ...place }];
    });
    if (places.length === 0) return new Map();
    const statement = new Statement();
    const residents = statement.parameter(
      places.map((place) => place.residentId),
      'text[]',
    );
    const numbers = statement.parameter(
      places.map((place) => String(place.no)),
      'text[]',
    );
    const serials = statement.parameter(
      places.map((place) => place.id),
      'text[]',
    );
    const text =
      `select k.id, ${selectList(columns, table.sql)} from unnest(${residents}, ${numbers}::integer[], ${serials}) as k(resident_id, no, id) ` +
      `join ${table.sql} on ${table.sql}.resident_id = k.resident_id and ${table.sql}.${table.column(number).sql} = k.no`;
    return new Map(
      (await run(text, statement.parameters)).map((raw) => [String(raw[0]), typed<Row>(toRow(raw, columns, 1))]),
    );
  });
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
  const loader = createAskLoader<Row[]>(async (keys, asked) => {
    const order = totalOrder(scope.defaultOrder, []);
    const columns = storedColumns(table, asked, [parent]);
    const statement = new Statement();
    const list = statement.list(table.column(parent), keys);
    const rows =
      limit === undefined
        ? await run(listText(scope, parent, columns, order, list, statement), statement.parameters)
        : await run(limitedListText(scope, parent, columns, order, list, limit, statement), statement.parameters);
    const lists = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const raw of rows) {
      const row = toRow(raw, columns, 0);
      lists.get(String(row[parent]))?.push(typed<Row>(row));
    }
    return lists;
  });
  return {
    load: async (key, info) => (await loader.load({ key, columns: projectionOf(info).columns })) ?? [],
  };
}

function listText(
  scope: Scope,
  parent: string,
  columns: readonly ColumnShape[],
  order: readonly OrderTerm[],
  list: string,
  statement: Statement,
): string {
  const { table } = scope;
  const conditions = [
    `${table.sql}.${table.column(parent).sql} = any(${list})`,
    ...conditionsSql(scope, undefined, statement),
  ];
  const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
  return `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)}${ordered}`;
}

function limitedListText(
  scope: Scope,
  parent: string,
  columns: readonly ColumnShape[],
  order: readonly OrderTerm[],
  list: string,
  limit: number,
  statement: Statement,
): string {
  const { table } = scope;
  const conditions = [
    `${table.sql}.${table.column(parent).sql} = k.key`,
    ...conditionsSql(scope, undefined, statement),
  ];
  const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
  return (
    `select x.* from unnest(${list}) with ordinality as k(key, place) cross join lateral ` +
    `(select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)}${ordered} limit ${limit}) x`
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
  const loader = createBatch<Value | null>(async (keys) => {
    const statement = new Statement();
    const list = statement.list(table.column(parent), keys);
    const order = totalOrder(scope.defaultOrder, []);
    const text = limitedListText(scope, parent, columns, order, list, 1, statement);
    const rows = (await run(text, statement.parameters)).map((raw) => toRow(raw, columns, 0));
    return new Map(rows.map((row) => [String(row[parent]), typed<Value | null>(row[column])]));
  });
  return { load: (key, info) => loader.load(key, info) };
}

/** The first row of a parent's list. */
export function firstOf<Row>(lists: ParentLoader<Row[]>): KeyLoader<Row> {
  return { load: async (key, info) => (await lists.load(key, info))[0] ?? null };
}
