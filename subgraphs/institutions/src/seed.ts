import type { KeyRing, SeedOptions, SqlSession, TableProgress } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { seedAlliances } from './seed/alliances.ts';
import { assessResources, raiseAlerts } from './seed/assessments.ts';
import { seedCare } from './seed/care.ts';
import { fillIndicatorSnapshots } from './seed/indicators.ts';
import { seedPlaces } from './seed/places.ts';
import { markDuplicates } from './tables/duplicate-exam.ts';

/**
 * Fills the empty tables from the demo region (domain.md §8) and tells after each batch how many rows a table has.
 * It needs one session, best a transaction: then a load that breaks off leaves nothing behind.
 */
export async function* seed(sql: SqlSession, keys: KeyRing, options: SeedOptions): AsyncGenerator<TableProgress> {
  const region = createRegion({ ...options, years: options.years.length });
  const places = yield* seedPlaces(sql, region);
  yield* seedAlliances(sql, region, places);
  yield* seedCare(sql, { region, places, keys });
  await sql.unsafe(markDuplicates);
  yield { table: 'indicator_snapshots', rows: await fillIndicatorSnapshots(sql, region) };
  yield { table: 'resource_assessments', rows: await assessResources(sql) };
  yield { table: 'supervision_alerts', rows: await raiseAlerts(sql, region.asOf) };
}
