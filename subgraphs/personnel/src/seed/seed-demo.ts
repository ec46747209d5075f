import type { KeyRing, SeedOptions, SqlSession, TableProgress } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { seed } from '../seed.ts';

/** Fills this subgraph's empty tables from the demo region of these options; run it in one transaction. */
export function seedDemo(sql: SqlSession, keys: KeyRing, options: SeedOptions): AsyncIterable<TableProgress> {
  return seed(sql, { keys, region: createRegion({ ...options, years: options.years.length }) });
}
