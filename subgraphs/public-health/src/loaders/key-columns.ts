import { sql, type SQL } from 'drizzle-orm';

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
