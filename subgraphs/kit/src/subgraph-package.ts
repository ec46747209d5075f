import { getTableName } from 'drizzle-orm';
import type { KeyRing } from './crypto/key-ring.ts';
import type { Subgraph, SubgraphParts } from './create-subgraph.ts';
import type { SqlSession } from './database/open-database.ts';
import type { TableProgress } from './database/table-batch.ts';
import type { ImportRules, ImportTarget } from './import/import-target.ts';

/** How large a demo region is generated (domain.md §8.1). */
export interface SeedOptions {
  /** Same seed, same region. */
  readonly seed: string;
  readonly residentsPerPlace: number;
  /** Share of the real number of visits; 1 is reality. */
  readonly visitScale: number;
  readonly years: readonly number[];
  readonly scenario: 'CURRENT' | 'SEED_BASELINE';
  /** All three when absent. */
  readonly places?: readonly ('pei' | 'ningbo' | 'qujing')[];
}

/** What a subgraph's package gives to whoever runs it: the gateway's process, its own server, the command line. */
export interface SubgraphPackage {
  readonly name: string;
  /** Folder of its drizzle-kit migrations. */
  readonly migrations: string;
  readonly create: (parts: SubgraphParts) => Subgraph;
  /** Fills the empty tables from the demo region; tells after each batch how many rows a table has. Run it in one transaction. */
  readonly seed: (sql: SqlSession, keys: KeyRing, options: SeedOptions) => AsyncIterable<TableProgress>;
  readonly importTargets: (rules: ImportRules) => readonly ImportTarget[];
}

/** What files can fill, by the name that the command line gives it: `institutions/regions`. */
export function importTargetsByPlace(
  { name, importTargets }: SubgraphPackage,
  rules: ImportRules,
): ReadonlyMap<string, ImportTarget> {
  return new Map(importTargets(rules).map((target) => [`${name}/${getTableName(target.table)}`, target]));
}
