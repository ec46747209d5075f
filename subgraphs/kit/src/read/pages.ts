import type DataLoader from 'dataloader';
import { countsBy } from './aggregates.ts';
import { BadInput } from './bad-input.ts';
import { createAskLoader, createBatch, type Ask } from './batch.ts';
import { afterSql, encodeCursor, orderSql, totalOrder, type OrderBy, type OrderTerm } from './keyset.ts';
import { connectionProjectionOf, type ConnectionProjection } from './projection.ts';
import { conditionsSql, selectList, storedColumns, toRow, typed, whereSql, type Scope } from './scope.ts';
import { Statement, type Run } from './statement.ts';
import type { Connection, PageArguments, ParentLoader, ParentPageLoader } from './types.ts';

/** Largest page a client may ask for (architecture.md §5). */
const maximumPage = 200;

type Page<Row> = Omit<Connection<Row>, 'totalCount'>;

/** A page of a whole table. */
export async function loadPage<Row>(
  run: Run,
  scope: Scope,
  page: PageArguments,
  projection: ConnectionProjection,
): Promise<Connection<Row>> {
  const order = totalOrder(orderOf(page, scope), scope.key);
  const [rows, totalCount] = await Promise.all([
    projection.wantsRows ? pageRows<Row>(run, scope, page, order, projection) : emptyPage<Row>(page),
    projection.wantsTotal ? total(run, scope, page) : 0,
  ]);
  return { ...rows, totalCount };
}

async function pageRows<Row>(
  run: Run,
  scope: Scope,
  page: PageArguments,
  order: readonly OrderTerm[],
  projection: ConnectionProjection,
): Promise<Page<Row>> {
  const { table } = scope;
  const columns = storedColumns(
    table,
    projection.columns,
    order.map((term) => term.property),
  );
  const statement = new Statement();
  const conditions = conditionsSql(scope, page.where, statement);
  if (isGiven(page.after)) conditions.push(afterSql(page.after, order, table, table.sql, statement));
  const limit = pageSize(page);
  const text =
    `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)} ` +
    `order by ${orderSql(order, table, table.sql)} limit ${statement.parameter(limit + 1, 'integer')}`;
  const rows = await run(text, statement.parameters);
  return toPage(
    rows.map((raw) => toRow(raw, columns, 0)),
    order,
    page,
    projection.wantsEdges,
  );
}

async function total(run: Run, scope: Scope, page: PageArguments): Promise<number> {
  const statement = new Statement();
  const conditions = conditionsSql(scope, page.where, statement);
  const [row] = await run(
    `select count(*)::integer from ${scope.table.sql}${whereSql(conditions)}`,
    statement.parameters,
  );
  return Number(row?.[0] ?? 0);
}

/** A page per parent; what is not all on its page is counted by a second statement. */
export function createParentPageLoader<Row>(run: Run, scope: Scope, parent: string): ParentPageLoader<Row> {
  interface PageLoaders {
    readonly rows: DataLoader<Ask, Page<Row>>;
    readonly totals: ParentLoader<number>;
  }
  const loaders = new Map<string, PageLoaders>();
  const loadersFor = (page: PageArguments): PageLoaders => {
    const signature = JSON.stringify([page.where, page.orderBy, page.first, page.after]);
    const known = loaders.get(signature) ?? {
      rows: createAskLoader(
        (keys, columns) => parentPages<Row>(run, scope, parent, keys, page, columns),
        emptyPage<Row>(page),
      ),
      totals: createBatch((keys) => countsBy(run, scope, parent, keys, page.where), 0),
    };
    loaders.set(signature, known);
    return known;
  };
  return {
    load: async (key, page, info) => {
      const projection = connectionProjectionOf(info);
      const { rows, totals } = loadersFor(page);
      const shown = projection.wantsRows ? await rows.load({ key, columns: projection.columns }) : emptyPage<Row>(page);
      if (!projection.wantsTotal) return { ...shown, totalCount: 0 };
      const isWhole = projection.wantsRows && !shown.pageInfo.hasNextPage && !shown.pageInfo.hasPreviousPage;
      return { ...shown, totalCount: isWhole ? shown.nodes.length : await totals.load(key, info) };
    },
  };
}

async function parentPages<Row>(
  run: Run,
  scope: Scope,
  parent: string,
  keys: readonly string[],
  page: PageArguments,
  asked: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Page<Row>>> {
  const { table } = scope;
  const order = totalOrder(orderOf(page, scope), scope.key);
  const columns = storedColumns(
    table,
    asked,
    order.map((term) => term.property),
  );
  const statement = new Statement();
  const column = table.column(parent);
  const parentKey = keys.length === 1 ? statement.scalar(column, keys[0]) : 'k.key';
  const conditions = [`${table.sql}.${column.sql} = ${parentKey}`, ...conditionsSql(scope, page.where, statement)];
  if (isGiven(page.after)) conditions.push(afterSql(page.after, order, table, table.sql, statement));
  const limit = pageSize(page);
  const one =
    `select ${parentKey} as _key, ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)} ` +
    `order by ${orderSql(order, table, table.sql)} limit ${statement.parameter(limit + 1, 'integer')}`;
  const text =
    keys.length === 1
      ? one
      : `select x.* from unnest(${statement.list(column, keys)}) as k(key) cross join lateral (${one}) x ` +
        `order by x._key, ${orderSql(order, table, 'x')}`;
  const pages = new Map<string, Record<string, unknown>[]>();
  for (const raw of await run(text, statement.parameters)) {
    const key = String(raw[0]);
    const rows = pages.get(key) ?? [];
    rows.push(toRow(raw, columns, 1));
    pages.set(key, rows);
  }
  return new Map([...pages].map(([key, rows]) => [key, toPage<Row>(rows, order, page)]));
}

function toPage<Row>(
  rows: readonly Record<string, unknown>[],
  order: readonly OrderTerm[],
  page: PageArguments,
  wantsEdges = true,
): Page<Row> {
  const limit = pageSize(page);
  const kept = rows.length > limit ? rows.slice(0, limit) : rows;
  const cursorOf = (row: Record<string, unknown> | undefined): string | null =>
    row === undefined ? null : encodeCursor(order, row);
  const pageInfo = {
    startCursor: cursorOf(kept[0]),
    endCursor: cursorOf(kept.at(-1)),
    hasNextPage: rows.length > limit,
    hasPreviousPage: isGiven(page.after),
  };
  const edges = wantsEdges ? kept.map((row) => ({ cursor: encodeCursor(order, row), node: typed<Row>(row) })) : [];
  return { nodes: kept.map((row) => typed<Row>(row)), edges, pageInfo };
}

function emptyPage<Row>(page: PageArguments): Page<Row> {
  return toPage<Row>([], [], page);
}

function isGiven<V>(value: V | null | undefined): value is V {
  return value !== null && value !== undefined;
}

function orderOf(page: PageArguments, scope: Scope): OrderBy {
  return isGiven(page.orderBy) && page.orderBy.length > 0 ? page.orderBy : scope.defaultOrder;
}

function pageSize(page: PageArguments): number {
  const first = page.first ?? 50;
  if (first < 0 || first > maximumPage) {
    throw new BadInput(
      `"first" is ${first}; ask for 0 to ${maximumPage}`,
      `first 为 ${first}，应在 0 到 ${maximumPage} 之间`,
    );
  }
  return first;
}
