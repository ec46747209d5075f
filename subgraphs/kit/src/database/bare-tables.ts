import { foreignKeys } from './catalogue.ts';
import type { SqlSession } from './open-database.ts';

/** An index that is no constraint and not unique, as it can be made again. */
interface PlainIndex {
  readonly name: string;
  readonly definition: string;
}

/**
 * Runs a bulk load on tables without foreign keys and plain indexes, and makes them again after it: an index built at once costs a
 * fraction of one kept row by row, above all a trigram index. Primary and unique keys stay, for the load may need them. In the load's
 * transaction: when it fails, nothing has changed.
 */
export async function withBareTables<R>(tx: SqlSession, load: () => Promise<R>): Promise<R> {
  const keys = await foreignKeys(tx);
  const indexes = await plainIndexes(tx);
  for (const key of keys) await tx.unsafe(`alter table ${key.table} drop constraint ${key.name}`);
  if (indexes.length > 0) await tx.unsafe(`drop index ${indexes.map(({ name }) => name).join(', ')}`);
  const result = await load();
  for (const { definition } of indexes) await tx.unsafe(definition);
  for (const key of keys) await tx.unsafe(`alter table ${key.table} add constraint ${key.name} ${key.definition}`);
  return result;
}

async function plainIndexes(tx: SqlSession): Promise<readonly PlainIndex[]> {
  return tx<{ name: string; definition: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, pg_get_indexdef(c.oid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = 'public' and t.relkind = 'r' and not i.indisunique
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
    order by 1`;
}
