import { quote } from '../read/table.ts';
import type { SqlSession } from './open-database.ts';

/** A stored table, as a backup sees it. */
export interface StoredTable {
  /** Schema and name, quoted for SQL. */
  readonly sql: string;
  /** Name for files and messages: `public.residents`. */
  readonly name: string;
  /** Quoted columns that hold data of their own (computed ones do not). */
  readonly columns: readonly string[];
}

/** A sequence and how far it has counted. */
export interface StoredSequence {
  readonly name: string;
  readonly value: string;
}

/** A foreign key, as it can be added again. */
export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Schemas that are not the application's data: the migrators' own and the job queue's. */
const otherSchemas = ['information_schema', 'drizzle', 'graphile_worker'];

/** The application's tables, by name. */
export async function storedTables(sql: SqlSession): Promise<readonly StoredTable[]> {
  const rows = await sql<{ schema: string; name: string; columns: string[] }[]>`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not like 'pg\\_%' and n.nspname <> all (${otherSchemas})
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by 1, 2 order by 1, 2`;
  return rows.map(({ schema, name, columns }) => ({
    sql: `${quote(schema)}.${quote(name)}`,
    name: `${schema}.${name}`,
    columns: columns.map(quote),
  }));
}

/** Sequences that were used, identity columns included. */
export async function storedSequences(sql: SqlSession): Promise<readonly StoredSequence[]> {
  return sql<{ name: string; value: string }[]>`
    select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as value
    from pg_sequences where last_value is not null and schemaname <> all (${otherSchemas}) order by 1`;
}

/** Hashes of the applied migrations, the kit's and the subgraph's, in order: equal lists mean equal tables. */
export async function appliedMigrations(sql: SqlSession): Promise<readonly string[]> {
  const journals = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'drizzle' and c.relkind = 'r' order by c.relname`;
  const applied: string[] = [];
  for (const { name } of journals) {
    const rows = await sql<{ hash: string }[]>`select hash from ${sql(`drizzle.${name}`)} order by created_at`;
    applied.push(...rows.map(({ hash }) => `${name}:${hash}`));
  }
  return applied;
}

/** The foreign keys of the application's tables. */
export async function foreignKeys(sql: SqlSession): Promise<readonly ForeignKey[]> {
  return sql<{ table: string; name: string; definition: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, quote_ident(k.conname) as name,
      pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname <> all (${otherSchemas}) order by 1, 2`;
}
