import { encodeOwnedId, type Database } from '@hutong/kit';
import { isObjectType, type GraphQLSchema } from 'graphql';

/** How many ids of each kind are taken. */
const EACH = 12;

/** Ids of rows of a seeded region, by prefix: of every type whose rows have a table of its name. */
export async function knownIds(schema: GraphQLSchema, databases: readonly Database[]): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for (const database of databases) {
    const columns = await database.sql<{ table: string; columns: string[] }[]>`
      select table_name as table, array_agg(column_name::text) as columns
      from information_schema.columns where table_schema = 'public' group by table_name`;
    for (const { table, columns: names } of columns) {
      const prefix = prefixes(schema).get(table);
      if (prefix === undefined) continue;
      const found = names.includes('id')
        ? await database.sql<{ id: string }[]>`select id from ${database.sql(table)} order by id limit ${EACH}`
        : await ownedIds(database, table, prefix);
      ids.set(prefix, [...(ids.get(prefix) ?? []), ...found.map(({ id }) => id)]);
    }
  }
  return ids;
}

async function ownedIds({ sql }: Database, table: string, prefix: string): Promise<readonly { id: string }[]> {
  const rows = await sql<{ resident_id: string; no: number }[]>`
    select resident_id, no from ${sql(table)} order by resident_id, no limit ${EACH}`;
  return rows.map((row) => ({ id: encodeOwnedId(prefix, row.resident_id, row.no) }));
}

/** Prefix of the ids of each table, as the description of its type's id says. */
function prefixes(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return new Map(
    types.flatMap((type) => {
      const prefix = /`(\w\w)_/.exec(type.getFields()['id']?.description ?? '')?.[1];
      return prefix === undefined ? [] : [[tableOf(type.name), prefix] as const];
    }),
  );
}

function tableOf(type: string): string {
  const name = type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return name === 'equipment' ? name : name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
