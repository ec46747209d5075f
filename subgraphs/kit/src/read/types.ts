import type { SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { GraphQLResolveInfo } from 'graphql';
import type { OrderBy } from './keyset.ts';
import type { RawRow } from './statement.ts';

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
  readonly where?: object | null | undefined;
  readonly orderBy?: OrderBy | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Where a page lies in its list. */
export interface PageInfo {
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of rows. */
export interface Connection<Row> {
  readonly nodes: Row[];
  readonly edges: { cursor: string; node: Row }[];
  readonly pageInfo: PageInfo;
  /** Present when asked for: it costs a statement of its own. */
  readonly totalCount: number;
}

/** Reads a page of a whole table. */
export interface PageLoader<Row> {
  load(page: PageArguments, info: GraphQLResolveInfo): Promise<Connection<Row>>;
}

/** Reads a whole small table. */
export interface AllLoader<Row> {
  load(where: object | null | undefined, info: GraphQLResolveInfo): Promise<Row[]>;
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
  /** By public id of a resident-owned row; `number` is the column that holds the id's serial, `no` unless said. */
  byOwnedId<T extends PgTable>(table: T, prefix: string, number?: Property<T>): KeyLoader<RowOf<T>>;
  /** One row by several columns that are unique together; the key is made by {@link compositeKey}. */
  byKeys<T extends PgTable>(table: T, keys: readonly Property<T>[]): KeyLoader<RowOf<T>>;
  /** Whole lists of resident-owned rows per resident-owned parent: `column` holds the parent's number, the key is the parent's public id. */
  listByOwned<T extends PgTable>(
    table: T,
    prefix: string,
    column: Property<T>,
    options?: ReadOptions<T>,
  ): ParentLoader<RowOf<T>[]>;
  /** All rows of a small table that meet a `where`: catalogues, code lists. */
  all<T extends PgTable>(table: T, options?: ReadOptions<T>): AllLoader<RowOf<T>>;
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
  /** One column of each parent's first row, for a field that is this value alone; a sealed column is opened. */
  valueBy<T extends PgTable, C extends Property<T>>(
    table: T,
    parent: Property<T>,
    column: C,
    options?: ReadOptions<T>,
  ): ParentLoader<RowOf<T>[C] | null>;
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
