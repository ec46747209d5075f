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
  const loader = createAskLoader<Row>(async (asked, wanted) => {
    const columns = storedColumns(table, wanted);
    const statement = new Statement();
    const parts = asked.map(parseKey);
    const lists = keys.map((property, index) => {
      const values = parts.map((part) => part[index] ?? null);
      return statement.list(table.column(property), values);
    });
    const names = keys.map((_, index) => `k${index}`);
    const joins = keys.map((property, index) => `${table.sql}.${table.column(property).sql} = k.k${index}`);
    const text =
      `select k.key, ${selectList(columns, table.sql)} ` +
      `from unnest(${[statement.parameter(asked, 'text[]'), ...lists].join(', ')}) as k(key, ${names.join(', ')}) ` +
      `join ${table.sql} on ${joins.join(' and ')}`;
    const rows = await run(text, statement.parameters);
    return new Map(rows.map((raw) => [String(raw[0]), typed<Row>(toRow(raw, columns, 1))]));
  });
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
  const loader = createAskLoader<Row[]>(async (ids, wanted) => {
    const places = ids.flatMap((id) => {
      const place = decodeOwnedId(prefix, id);
      return place === undefined ? [] : [{ id, ...place }];
    });
    const lists = new Map<string, Row[]>(ids.map((id) => [id, []]));
    if (places.length === 0) return lists;
    const columns = storedColumns(table, wanted);
    const order = totalOrder(scope.defaultOrder, []);
    const statement = new Statement();
    const owner = table.column('residentId');
    const number = table.column(column);
    const keys = [
      statement.parameter(
        places.map((place) => place.id),
        'text[]',
      ),
      statement.list(
        owner,
        places.map((place) => place.residentId),
      ),
      statement.list(
        number,
        places.map((place) => place.no),
      ),
    ];
    const ordered = order.length === 0 ? '' : ` order by ${orderSql(order, table, table.sql)}`;
    const text =
      `select k.key, ${selectList(columns, table.sql)} from unnest(${keys.join(', ')}) as k(key, owner, number) ` +
      `join ${table.sql} on ${table.sql}.${owner.sql} = k.owner and ${table.sql}.${number.sql} = k.number` +
      `${whereSql(conditionsSql(scope, undefined, statement))}${ordered}`;
    for (const raw of await run(text, statement.parameters)) {
      lists.get(String(raw[0]))?.push(typed<Row>(toRow(raw, columns, 1)));
    }
    return lists;
  });
  return { load: async (key, info) => (await loader.load({ key, columns: projectionOf(info).columns })) ?? [] };
}

function parseKey(key: string): readonly string[] {
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts.map(String) : [];
}
