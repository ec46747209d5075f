import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { GraphQLResolveInfo } from 'graphql';
import { codeOf } from '@hutong/schema';
import { encodeOwnedId, type OwnedKey } from '../ids.ts';
import { NotFound } from './bad-input.ts';
import { withNeeds } from './needs.ts';
import { projectionOf } from './projection.ts';
import type { Connection, KeyLoader, PageArguments, ParentPageLoader, RowOf } from './types.ts';

/** What resolvers get of a request: the loaders (architecture.md §1). */
export interface Loading<L> {
  readonly load: L;
}

type Info = GraphQLResolveInfo;
type Maybe<Value, Result> = null extends Value ? Result | null : Result;
type Has<K extends string, Value> = { readonly [P in K]: Value };

/** A code with its displays (schema/shared.graphql `Coded`). */
export interface Coded {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly displayEn: string | null;
}

/** Resolvers for every plain column of a table, each reading just itself. */
export function columns<T extends PgTable>(
  table: T,
): { [K in keyof RowOf<T> & string]: (row: Pick<RowOf<T>, K>) => RowOf<T>[K] } {
  const entries = Object.keys(getTableColumns(table)).map((name) => [
    name,
    withNeeds((row: Record<string, unknown>) => row[name], [name]),
  ]);
  return Object.fromEntries(entries) as { [K in keyof RowOf<T> & string]: (row: Pick<RowOf<T>, K>) => RowOf<T>[K] };
}

/** A resolver computed from the named columns of its parent row. */
export function derive<P, K extends keyof P & string, A, C, R>(
  needs: readonly K[],
  resolve: (row: Pick<P, K>, args: A, context: C, info: Info) => R,
): (row: P, args: A, context: C, info: Info) => R {
  return withNeeds((row: P, args: A, context: C, info: Info) => resolve(row, args, context, info), needs);
}

/** A stored code as `Coded`, named by its value set (domain.md §5). */
export function coded<K extends string, P extends Has<K, string | null>>(
  setId: string,
  column: K,
): (row: P) => Maybe<P[K], Coded> {
  return withNeeds(
    (row: P) => {
      const code: string | null = row[column];
      return (code === null ? null : codeOf(setId, code)) as Maybe<P[K], Coded>;
    },
    [column],
  );
}

/** A list of stored codes as `Coded`. */
export function codedList<K extends string, P extends Has<K, readonly string[] | null>>(
  setId: string,
  column: K,
): (row: P) => Coded[] {
  return withNeeds((row: P) => (row[column] ?? []).map((code) => codeOf(setId, code)), [column]);
}

/** An entity of this subgraph, by the key stored in a column; no SQL when only that key is asked for. */
export function reference<K extends string, P extends Has<K, string | null>, L, R>(
  column: K,
  pick: (load: L) => KeyLoader<R>,
  key = 'id',
): (row: P, args: unknown, context: Loading<L>, info: Info) => Maybe<P[K], R> | Promise<Maybe<P[K], R>> {
  return withNeeds(
    (row: P, _args: unknown, context: Loading<L>, info: Info) => {
      const value: string | null = row[column];
      if (value === null) return null as Maybe<P[K], R>;
      if (asksOnlyFor(key, info)) return { [key]: value } as Maybe<P[K], R>;
      const loaded = pick(context.load).load(value, info);
      return loaded.then((entity) => found(entity, info, value));
    },
    [column],
  );
}

/** A row of this subgraph owned by the same resident, by its number. */
export function ownedReference<K extends string, P extends Has<K, number | null> & Has<'residentId', string>, L, R>(
  prefix: string,
  column: K,
  pick: (load: L) => KeyLoader<R>,
): (row: P, args: unknown, context: Loading<L>, info: Info) => Promise<Maybe<P[K], R>> {
  return withNeeds(
    async (row: P, _args: unknown, context: Loading<L>, info: Info) => {
      const no: number | null = row[column];
      if (no === null) return null as Maybe<P[K], R>;
      const id = encodeOwnedId(prefix, row.residentId, no);
      return found(await pick(context.load).load(id, info), info, id);
    },
    ['residentId', column],
  );
}

/** An entity that another subgraph owns: its key (default `id`), without SQL. */
export function stub<T extends string, K extends string, P extends Has<K, string | null>>(
  typeName: T,
  column: K,
): (row: P) => Maybe<P[K], { __typename: T; id: string }>;
export function stub<T extends string, K extends string, P extends Has<K, string | null>, Key extends string>(
  typeName: T,
  column: K,
  key: Key,
): (row: P) => Maybe<P[K], { __typename: T } & { [X in Key]: string }>;
export function stub(typeName: string, column: string, key = 'id'): (row: Has<string, string | null>) => object | null {
  return withNeeds(
    (row: Has<string, string | null>) => {
      const value = row[column] ?? null;
      return value === null ? null : { __typename: typeName, [key]: value };
    },
    [column],
  );
}

/** An entity of the same resident that another subgraph owns: its id, without SQL. */
export function ownedStub<
  T extends string,
  K extends string,
  P extends Has<K, number | null> & Has<'residentId', string>,
>(typeName: T, prefix: string, column: K): (row: P) => Maybe<P[K], { __typename: T; id: string }> {
  type Result = Maybe<P[K], { __typename: T; id: string }>;
  return withNeeds(
    (row: P) => {
      const no: number | null = row[column];
      return (no === null ? null : { __typename: typeName, id: encodeOwnedId(prefix, row.residentId, no) }) as Result;
    },
    ['residentId', column],
  );
}

/** Public id of a resident-owned row. */
export function ownedId(prefix: string): (row: { readonly residentId: string; readonly no: number }) => string {
  return withNeeds(
    (row: { readonly residentId: string; readonly no: number }) => encodeOwnedId(prefix, row.residentId, row.no),
    ['residentId', 'no'],
  );
}

/** A connection field of a parent, by the parent's key column. */
export function children<K extends string, P extends Has<K, string>, L, R, A extends PageArguments>(
  column: K,
  pick: (load: L) => ParentPageLoader<R>,
): (row: P, args: A, context: Loading<L>, info: Info) => Promise<Connection<R>> {
  return withNeeds(
    (row: P, args: A, context: Loading<L>, info: Info) => pick(context.load).load(row[column], args, info),
    [column],
  );
}

/** A field that a loader answers per parent: a list, a count, a first row. */
export function list<K extends string, P extends Has<K, string>, L, R>(
  column: K,
  pick: (load: L) => { load(key: string, info: Info): Promise<R> },
): (row: P, args: unknown, context: Loading<L>, info: Info) => Promise<R> {
  return withNeeds(
    (row: P, _args: unknown, context: Loading<L>, info: Info) => pick(context.load).load(row[column], info),
    [column],
  );
}

/** The same for a row that belongs to a resident, by its public id: what names it is of the same resident. */
export function ownedList<L, R>(
  prefix: string,
  pick: (load: L) => { load(id: string, info: Info): Promise<R> },
): (row: OwnedKey, args: unknown, context: Loading<L>, info: Info) => Promise<R> {
  return withNeeds(
    (row: OwnedKey, _args: unknown, context: Loading<L>, info: Info) =>
      pick(context.load).load(encodeOwnedId(prefix, row.residentId, row.no), info),
    ['residentId', 'no'],
  );
}

/** `__resolveType` of an interface whose kinds are rows of one table, told apart by a column. */
export function concreteType<K extends string, V extends string, N extends string>(
  column: K,
  names: Readonly<Record<V, N>>,
): (row: Has<K, V>) => N {
  return withNeeds((row: Has<K, V>) => names[row[column]], [column]);
}

/** Loaders of an entity, one for each of its keys. */
export type ReferenceLoaders<L, R> = Readonly<Record<string, (load: L) => KeyLoader<R>>>;

/** `__resolveReference` of an entity this subgraph stores: by the first key the reference holds; its external fields join the row. */
export function byReference<L, R>(
  loaders: ReferenceLoaders<L, R>,
): (reference: object, context: Loading<L>, info: Info) => Promise<R> {
  return async (representation, context, info) => {
    const fields = new Map<string, unknown>(Object.entries(representation));
    const typeName = String(fields.get('__typename'));
    for (const [key, pick] of Object.entries(loaders)) {
      const value = fields.get(key);
      if (typeof value !== 'string') continue;
      const row = await pick(context.load).load(value, info, typeName);
      if (row === null) throw new NotFound(`${typeName} ${value}`);
      return joinExternals(row, fields, loaders);
    }
    throw new NotFound(`${typeName} (a reference without a key)`);
  };
}

/** `__resolveReference` of an entity that another subgraph stores: what the reference says is all there is. */
export function selfReference<R>(): (reference: object) => R {
  return (representation) => representation as R;
}

/** Fields of a reference beside its keys were fetched for `@requires`: they stand in for columns. */
function joinExternals<R>(row: R, fields: ReadonlyMap<string, unknown>, keys: object): R {
  const externals = [...fields].filter(([name]) => name !== '__typename' && !(name in keys));
  return externals.length === 0 ? row : { ...row, ...Object.fromEntries(externals) };
}

function asksOnlyFor(key: string, info: Info): boolean {
  for (const field of projectionOf(info).fields) if (field !== key && field !== '__typename') return false;
  return true;
}

function found<R>(row: R | null, info: Info, key: string): R {
  if (row === null) throw new NotFound(`${String(info.returnType)} ${key}`);
  return row;
}
