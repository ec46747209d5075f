import type { KeyLoader } from '@hutong/kit';
import { sql, type SQL } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';

/** A list of texts as one parameter of a statement. */
export function textList(values: readonly string[]): SQL {
  return sql`${sql.param(values)}::text[]`;
}

/** Keys made by the kit's compositeKey, taken apart: one list per part. */
export function keyColumns(keys: readonly string[], parts: number): readonly (readonly string[])[] {
  const rows = keys.map(parseKey);
  return Array.from({ length: parts }, (_, part) => rows.map((row) => row[part] ?? ''));
}

function parseKey(key: string): readonly string[] {
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts.map(String) : [];
}

/** A loader whose key has several parts: resolvers give the parts, the batch gets one text. */
export function keyedBy<Key, Value>(loader: KeyLoader<Value>, keyOf: (key: Key) => string) {
  return { load: (key: Key, info: GraphQLResolveInfo) => loader.load(keyOf(key), info) };
}
