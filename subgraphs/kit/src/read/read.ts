import DataLoader from 'dataloader';
import type { SQL } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { GraphQLResolveInfo } from 'graphql';
import { decodeOwnedId } from '../ids.ts';
import { BadInput } from './bad-input.ts';
import { filterSql, type Where } from './filter.ts';
import { afterSql, encodeCursor, orderSql, totalOrder, type OrderBy, type OrderTerm } from './keyset.ts';
import { connectionProjectionOf, projectionOf, type ConnectionProjection } from './projection.ts';
import { Statement, type RawRow, type Run } from './statement.ts';
import { shapeOf, type ColumnShape, type TableShape } from './table.ts';

/** A row of a drizzle table. Only the columns that the operation reads are really there. */
export type RowOf<T extends PgTable> = T['$inferSelect'];

type Property<T extends PgTable> = keyof RowOf<T> & string;

/** Reads one row, or nothing, per key. */
export interface KeyLoader<Row> {
  /** `typeName` says which type's selection counts where the field's own type does not (under `_entities`). */
  load(key: string, info: GraphQLResolveInfo, typeName?: string): Promise<Row | null>;
}

/** Reads something per parent: a list, one row, a number. */
export interface ParentLoader<Result> {
  load(key: string, info: GraphQLResolveInfo): Promise<Result>;
}

/** Arguments of every connection (architecture.md §5). */
export interface PageArguments {
  readonly where?: object | null;
  readonly orderBy?: OrderBy | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A page of rows. */
export interface Connection<Row> {
  readonly nodes: Row[];
  readonly edges: { cursor: string; node: Row }[];
  readonly pageInfo: { endCursor: string | null; hasNextPage: boolean };
  /** Present when asked for: it costs a statement of its own. */
  readonly totalCount: number;
}

/** Reads a page of a whole table. */
export interface PageLoader<Row> {
  load(page: PageArguments, info: GraphQLResolveInfo): Promise<Connection<Row>>;
}

/** Reads a page per parent, all parents of a tick in one statement. */
export interface ParentPageLoader<Row> {
  load(key: string, page: PageArguments, info: GraphQLResolveInfo): Promise<Connection<Row>>;
}

/** A condition of a loader's own, beside the caller's `where`. */
export interface ReadOptions<T extends PgTable> {
  /** drizzle condition on the table's columns. */
  readonly where?: SQL;
  /** Default order: column properties, or `[property, 'DESC']`. */
  readonly orderBy?: readonly (Property<T> | readonly [Property<T>, 'ASC' | 'DESC'])[];
}

/** The reads of one request on one database: each loader asks one statement per tick, for the asked-for columns only. */
export interface Read {
  byKey<T extends PgTable>(table: T, key: Property<T>): KeyLoader<RowOf<T>>;
  byOwnedId<T extends PgTable>(table: T, prefix: string): KeyLoader<RowOf<T>>;
  page<T extends PgTable>(
    table: T,
    tieBreak: Property<T> | readonly Property<T>[],
    options?: ReadOptions<T>,
  ): PageLoader<RowOf<T>>;
  pageBy<T extends PgTable>(
    table: T,
    parent: Property<T>,
    tieBreak: Property<T> | readonly Property<T>[],
    options?: ReadOptions<T>,
  ): ParentPageLoader<RowOf<T>>;
  listBy<T extends PgTable>(
    table: T,
    parent: Property<T>,
    options?: ReadOptions<T> & { limit?: number },
  ): ParentLoader<RowOf<T>[]>;
  firstBy<T extends PgTable>(table: T, parent: Property<T>, options?: ReadOptions<T>): KeyLoader<RowOf<T>>;
  /** Rows of several tables read as one list per composite parent: `keys` are read as JSON text made by the caller. */
  countBy<T extends PgTable>(
    table: T,
    parent: Property<T>,
    options?: Pick<ReadOptions<T>, 'where'>,
  ): ParentLoader<number>;
  aggregateBy<T extends PgTable, A extends Readonly<Record<string, SQL>>>(
    table: T,
    parent: Property<T>,
    aggregates: A,
    options?: Pick<ReadOptions<T>, 'where'>,
  ): ParentLoader<{ [K in keyof A]: A[K] extends SQL<infer V> ? V | null : never }>;
  /** A batch of one's own SQL: all keys of a tick at once; keys without an entry give null. */
  batch<V>(load: (keys: readonly string[], query: Query) => Promise<ReadonlyMap<string, V>>): KeyLoader<V>;
  /** Runs one drizzle statement and gives its rows as arrays of values. */
  readonly query: Query;
}

/** Runs one drizzle SQL template; rows are arrays of values in the order of the select list. */
export type Query = (statement: SQL) => Promise<readonly RawRow[]>;

const dialect = new PgDialect({ casing: 'snake_case' });

/** Largest page a client may ask for (architecture.md §5). */
const maximumPage = 200;

interface Ask {
  readonly key: string;
  readonly columns: ReadonlySet<string>;
}

/** The read layer of one request. */
export function createRead(run: Run): Read {
  const query: Query = async (sql) => {
    const { sql: text, params } = dialect.sqlToQuery(sql);
    return run(text, params);
  };
  return {
    query,
    byKey: (table, key) => createKeyLoader(run, shapeOfTable(table), key),
    byOwnedId: (table, prefix) => createOwnedLoader(run, shapeOfTable(table), prefix),
    page: (table, tieBreak, options) => ({
      load: (page, info) =>
        loadPage(run, scopeOf(table, [tieBreak].flat(), options), page, connectionProjectionOf(info)),
    }),
    pageBy: (table, parent, tieBreak, options) =>
      createParentPageLoader(run, scopeOf(table, [tieBreak].flat(), options), parent),
    listBy: (table, parent, options) => createListLoader(run, scopeOf(table, [], options), parent, options?.limit),
    firstBy: (table, parent, options) => firstOf(createListLoader(run, scopeOf(table, [], options), parent, 1)),
    countBy: (table, parent, options) => countLoader(run, scopeOf(table, [], options), parent),
    aggregateBy: (table, parent, aggregates, options) =>
      aggregateLoader(run, scopeOf(table, [], options), parent, aggregates),
    batch: (load) => createBatch((keys) => load(keys, query)),
  };
}

const shapes = new WeakMap<PgTable, TableShape>();

function shapeOfTable(table: PgTable): TableShape {
  const known = shapes.get(table) ?? shapeOf(table);
  shapes.set(table, known);
  return known;
}

/** A table with the loader's own condition and order. */
interface Scope {
  readonly table: TableShape;
  readonly condition: SQL | undefined;
  readonly defaultOrder: OrderBy;
  readonly key: readonly string[];
}

function scopeOf<T extends PgTable>(table: T, key: readonly string[], options: ReadOptions<T> | undefined): Scope {
  const defaultOrder = (options?.orderBy ?? []).map((term) =>
    typeof term === 'string' ? { field: term } : { field: term[0], direction: term[1] },
  );
  return { table: shapeOfTable(table), condition: options?.where, defaultOrder, key };
}

/** Condition of the loader and of the caller together; columns are written with the table's own name as alias. */
function conditionsSql(scope: Scope, where: object | null | undefined, statement: Statement): string[] {
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

function renumber(sql: string, params: readonly unknown[], statement: Statement): string {
  return sql.replaceAll(/\$(\d+)/g, (_, index: string) => statement.parameter(params[Number(index) - 1]));
}

function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

function selectList(columns: readonly ColumnShape[], alias: string): string {
  return columns.length === 0 ? 'null' : columns.map((column) => `${alias}.${column.sql}`).join(', ');
}

/** Columns of the table among those asked for; the rest are values that no table stores (external fields). */
function storedColumns(table: TableShape, ...asked: Iterable<string>[]): readonly ColumnShape[] {
  const names = new Set<string>();
  for (const list of asked) for (const name of list) if (table.has(name)) names.add(name);
  return [...names].sort().map((name) => table.column(name));
}

function toRow(raw: RawRow, columns: readonly ColumnShape[], offset: number): Record<string, unknown> {
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
function typed<Result>(value: unknown): Result {
  return value as Result;
}

/** Batches asks of one tick; columns of all asks are united, so one statement answers them all. */
function createAskLoader<V>(
  load: (keys: readonly string[], columns: ReadonlySet<string>) => Promise<ReadonlyMap<string, V>>,
): DataLoader<Ask, V | null> {
  return new DataLoader<Ask, V | null>(
    async (asks) => {
      const keys = [...new Set(asks.map((ask) => ask.key))];
      const columns = new Set(asks.flatMap((ask) => [...ask.columns]));
      const found = await load(keys, columns);
      return asks.map((ask) => found.get(ask.key) ?? null);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
}

function createKeyLoader<Row>(run: Run, table: TableShape, key: string): KeyLoader<Row> {
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

function createOwnedLoader<Row>(run: Run, table: TableShape, prefix: string): KeyLoader<Row> {
  const loader = createAskLoader<Row>(async (ids, asked) => {
    const columns = storedColumns(table, asked, ['residentId', 'no']);
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
      `join ${table.sql} on ${table.sql}.resident_id = k.resident_id and ${table.sql}.no = k.no`;
    return new Map(
      (await run(text, statement.parameters)).map((raw) => [String(raw[0]), typed<Row>(toRow(raw, columns, 1))]),
    );
  });
  return { load: (id, info, typeName) => loader.load({ key: id, columns: projectionOf(info, typeName).columns }) };
}

function createListLoader<Row>(run: Run, scope: Scope, parent: string, limit?: number): ParentLoader<Row[]> {
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

function firstOf<Row>(lists: ParentLoader<Row[]>): KeyLoader<Row> {
  return { load: async (key, info) => (await lists.load(key, info))[0] ?? null };
}

function countLoader(run: Run, scope: Scope, parent: string): ParentLoader<number> {
  const loader = createBatch((keys) => countsBy(run, scope, parent, keys, undefined));
  return { load: async (key, info) => (await loader.load(key, info)) ?? 0 };
}

async function countsBy(
  run: Run,
  scope: Scope,
  parent: string,
  keys: readonly string[],
  where: object | null | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { table } = scope;
  const statement = new Statement();
  const column = `${table.sql}.${table.column(parent).sql}`;
  const conditions = [
    `${column} = any(${statement.list(table.column(parent), keys)})`,
    ...conditionsSql(scope, where, statement),
  ];
  const rows = await run(
    `select ${column}, count(*)::integer from ${table.sql}${whereSql(conditions)} group by ${column}`,
    statement.parameters,
  );
  return new Map(rows.map(([key, count]) => [String(key), Number(count)]));
}

function aggregateLoader<A extends Readonly<Record<string, SQL>>, Result>(
  run: Run,
  scope: Scope,
  parent: string,
  aggregates: A,
): ParentLoader<Result> {
  const { table } = scope;
  const names = Object.keys(aggregates);
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  const loader = createBatch<Result>(async (keys) => {
    const statement = new Statement();
    const column = `${table.sql}.${table.column(parent).sql}`;
    const values = Object.values(aggregates).map((aggregate) => {
      const { sql, params } = dialect.sqlToQuery(aggregate);
      return renumber(sql, params, statement);
    });
    const conditions = [
      `${column} = any(${statement.list(table.column(parent), keys)})`,
      ...conditionsSql(scope, undefined, statement),
    ];
    const text = `select ${[column, ...values].join(', ')} from ${table.sql}${whereSql(conditions)} group by ${column}`;
    const rows = await run(text, statement.parameters);
    return new Map(
      rows.map(([key, ...row]) => [
        String(key),
        typed<Result>(Object.fromEntries(names.map((name, index) => [name, row[index]]))),
      ]),
    );
  });
  return { load: async (key, info) => (await loader.load(key, info)) ?? typed<Result>(nothing) };
}

function createBatch<V>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): KeyLoader<V> {
  const loader = new DataLoader<string, V | null>(
    async (keys) => {
      const found = await load([...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? null);
    },
    { cache: false, maxBatchSize: 10_000 },
  );
  return { load: (key) => loader.load(key) };
}

async function loadPage<Row>(
  run: Run,
  scope: Scope,
  page: PageArguments,
  projection: ConnectionProjection,
): Promise<Connection<Row>> {
  const order = totalOrder(orderOf(page, scope), scope.key);
  const [rows, totalCount] = await Promise.all([
    projection.wantsRows ? pageRows<Row>(run, scope, page, order, projection) : emptyPage<Row>(),
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
): Promise<Omit<Connection<Row>, 'totalCount'>> {
  const { table } = scope;
  const columns = storedColumns(
    table,
    projection.columns,
    order.map((term) => term.property),
  );
  const statement = new Statement();
  const conditions = conditionsSql(scope, page.where, statement);
  if (page.after !== null && page.after !== undefined)
    conditions.push(afterSql(page.after, order, table, table.sql, statement));
  const limit = pageSize(page);
  const text =
    `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)} ` +
    `order by ${orderSql(order, table, table.sql)} limit ${statement.parameter(limit + 1, 'integer')}`;
  const rows = await run(text, statement.parameters);
  return toConnection(
    rows.map((raw) => toRow(raw, columns, 0)),
    order,
    limit,
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

function createParentPageLoader<Row>(run: Run, scope: Scope, parent: string): ParentPageLoader<Row> {
  const loaders = new Map<
    string,
    { rows: DataLoader<Ask, Omit<Connection<Row>, 'totalCount'> | null>; totals: KeyLoader<number> }
  >();
  const loadersFor = (
    page: PageArguments,
  ): { rows: DataLoader<Ask, Omit<Connection<Row>, 'totalCount'> | null>; totals: KeyLoader<number> } => {
    const signature = JSON.stringify([page.where, page.orderBy, page.first, page.after]);
    const known = loaders.get(signature) ?? {
      rows: createAskLoader((keys, columns) => parentPages<Row>(run, scope, parent, keys, page, columns)),
      totals: createBatch((keys) => countsBy(run, scope, parent, keys, page.where)),
    };
    loaders.set(signature, known);
    return known;
  };
  return {
    load: async (key, page, info) => {
      const projection = connectionProjectionOf(info);
      const { rows, totals } = loadersFor(page);
      const [found, totalCount] = await Promise.all([
        projection.wantsRows ? rows.load({ key, columns: projection.columns }) : null,
        projection.wantsTotal ? totals.load(key, info) : 0,
      ]);
      return { ...(found ?? emptyPage<Row>()), totalCount: totalCount ?? 0 };
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
): Promise<ReadonlyMap<string, Omit<Connection<Row>, 'totalCount'>>> {
  const { table } = scope;
  const order = totalOrder(orderOf(page, scope), scope.key);
  const columns = storedColumns(
    table,
    asked,
    order.map((term) => term.property),
  );
  const statement = new Statement();
  const list = statement.list(table.column(parent), keys);
  const conditions = [
    `${table.sql}.${table.column(parent).sql} = k.key`,
    ...conditionsSql(scope, page.where, statement),
  ];
  if (page.after !== null && page.after !== undefined)
    conditions.push(afterSql(page.after, order, table, table.sql, statement));
  const limit = pageSize(page);
  const text =
    `select k.key, x.* from unnest(${list}) as k(key) cross join lateral (` +
    `select ${selectList(columns, table.sql)} from ${table.sql}${whereSql(conditions)} ` +
    `order by ${orderSql(order, table, table.sql)} limit ${statement.parameter(limit + 1, 'integer')}) x ` +
    `order by k.key, ${orderSql(order, table, 'x')}`;
  const pages = new Map<string, Record<string, unknown>[]>();
  for (const raw of await run(text, statement.parameters)) {
    const key = String(raw[0]);
    const rows = pages.get(key) ?? [];
    rows.push(toRow(raw, columns, 1));
    pages.set(key, rows);
  }
  return new Map([...pages].map(([key, rows]) => [key, toConnection<Row>(rows, order, limit)]));
}

function toConnection<Row>(
  rows: readonly Record<string, unknown>[],
  order: readonly OrderTerm[],
  limit: number,
): Omit<Connection<Row>, 'totalCount'> {
  const kept = rows.slice(0, limit);
  const edges = kept.map((row) => ({ cursor: encodeCursor(order, row), node: typed<Row>(row) }));
  return {
    nodes: kept.map((row) => typed<Row>(row)),
    edges,
    pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: rows.length > limit },
  };
}

function emptyPage<Row>(): Omit<Connection<Row>, 'totalCount'> {
  return { nodes: [], edges: [], pageInfo: { endCursor: null, hasNextPage: false } };
}

function orderOf(page: PageArguments, scope: Scope): OrderBy {
  return page.orderBy !== null && page.orderBy !== undefined && page.orderBy.length > 0
    ? page.orderBy
    : scope.defaultOrder;
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
