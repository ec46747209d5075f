import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { buildASTSchema, isEnumType, isInputObjectType, parse } from 'graphql';
import { columnName } from './column-name.ts';
import type { SqlSession } from './open-database.ts';

/** What the contract lets a caller compare, for the tests that hold indexes against it. */
export interface ComparableOptions {
  /** Only fields of this kind of filter, such as `TextFilter`. */
  readonly filter?: string;
  /** `Type.field` → column property, where the contract's word is not the column's. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** `table.column` of every field of a filter or order that the SDL has; tables by the type whose rows they hold. */
export function comparableColumns(
  sdl: string,
  tables: Readonly<Record<string, PgTable>>,
  { filter, properties = {} }: ComparableOptions = {},
): readonly string[] {
  const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const [, name = '', kind] = /^(\w+?)(Filter|OrderField)$/.exec(type.name) ?? [];
    if (kind === undefined || schema.getType(`${name}Connection`) === undefined) return [];
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = inputs.filter(({ type: of }) => filter === undefined || String(of) === filter).map((of) => of.name);
    const values = isEnumType(type) && filter === undefined ? type.getValues().map((value) => value.name) : [];
    const asked = [...fields, ...values].filter((field) => !['and', 'or', 'not'].includes(field));
    return asked.map((field) => columnOf(`${name}.${field}`, properties[`${name}.${field}`] ?? field, tables[name]));
  });
}

function columnOf(field: string, property: string, table: PgTable | undefined): string {
  const column = table === undefined ? undefined : getTableColumns(table)[property];
  return table === undefined || column === undefined
    ? `${field} has no column`
    : `${getTableName(table)}.${columnName(column)}`;
}

/** `table.column` of what leads an index, or stands second behind one of these columns, under which rows are always read. */
export async function indexedColumns(sql: SqlSession, owners: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute f on f.attrelid = i.indrelid and f.attnum = i.indkey[0]
    join pg_attribute a on a.attrelid = i.indrelid
      and (a.attnum = i.indkey[0] or (f.attname = any(${owners}) and i.indnatts > 1 and a.attnum = i.indkey[1]))`;
  return new Set(rows.map(({ name }) => name));
}

/** `table.column` of what has an index of trigrams. */
export async function trigramColumns(sql: SqlSession): Promise<ReadonlySet<string>> {
  const rows = await sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_opclass o on o.oid = i.indclass[0]
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where o.opcname = 'gin_trgm_ops'`;
  return new Set(rows.map(({ name }) => name));
}

/** Columns of these names, in the order of tables, and whether each is part of a foreign key. */
export async function referringColumns(
  sql: SqlSession,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly isKey: boolean }[]> {
  return sql<{ name: string; isKey: boolean }[]>`
    select c.relname || '.' || a.attname as name, exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)) as "isKey"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = any(${names})
    order by 1`;
}
