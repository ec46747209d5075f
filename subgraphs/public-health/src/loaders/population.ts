import { sql } from 'drizzle-orm';
import { compositeKey, type Query } from '@hutong/kit';
import type { FocusGroup, Sex } from '../schema-types.ts';
import type { TargetGroupRow } from '../tables/indicator.ts';
import { keyColumns, textList } from './key-columns.ts';

/** Which residents of a division are counted. */
export interface PopulationAsk {
  readonly regionCode: string;
  readonly year: number;
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly sex: Sex | null;
}

/** Key of {@link loadPopulations}. */
export function populationKey({ regionCode, year, ageFrom, ageTo, sex }: PopulationAsk): string {
  return compositeKey(regionCode, year, ageFrom ?? 0, ageTo ?? 999, sex ?? '');
}

/** Residents of divisions, by the newest figures not later than the year asked for. */
export async function loadPopulations(keys: readonly string[], query: Query): Promise<ReadonlyMap<string, number>> {
  const [codes = [], years = [], from = [], to = [], sexes = []] = keyColumns(keys, 5);
  const rows = await query(sql`
    select k.key, sum(p.residents)::integer
    from unnest(${textList(keys)}, ${textList(codes)}, ${textList(years)}::integer[], ${textList(from)}::integer[],
      ${textList(to)}::integer[], ${textList(sexes)}) as k(key, code, year, age_from, age_to, sex)
    join region_populations p on p.region_code = k.code and p.age between k.age_from and k.age_to
      and (k.sex = '' or p.sex = k.sex)
      and p.year = (select max(n.year) from region_populations n where n.region_code = k.code and n.year <= k.year)
    group by k.key`);
  return new Map(rows.map(([key, residents]) => [String(key), Number(residents)]));
}

/** Focus groups of divisions, by the newest figures not later than the year asked for. Keys: division, year. */
export async function loadTargetGroups(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, readonly TargetGroupRow[]>> {
  const [codes = [], years = []] = keyColumns(keys, 2);
  const rows = await query(sql`
    select k.key, g.region_code, g.year, g."group", g.residents, g.contracts
    from unnest(${textList(keys)}, ${textList(codes)}, ${textList(years)}::integer[]) as k(key, code, year)
    join region_target_groups g on g.region_code = k.code
      and g.year = (select max(n.year) from region_target_groups n where n.region_code = k.code and n.year <= k.year)
    order by k.key, g."group"`);
  const groups = new Map<string, TargetGroupRow[]>(keys.map((key) => [key, []]));
  for (const [key, regionCode, year, group, residents, contracts] of rows) {
    groups.get(String(key))?.push({
      regionCode: String(regionCode),
      year: Number(year),
      group: group as FocusGroup,
      residents: Number(residents),
      contracts: Number(contracts),
    });
  }
  return groups;
}

/** Residents served by the members of alliances at the end of a year, from the yearly snapshots. Keys: alliance, year. */
export async function loadEnrolledPopulations(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, number>> {
  const [ids = [], years = []] = keyColumns(keys, 2);
  const rows = await query(sql`
    select distinct on (k.key) k.key, s.resident_population
    from unnest(${textList(keys)}, ${textList(ids)}, ${textList(years)}) as k(key, id, year)
    join indicator_snapshots s on s.subject_id = k.id and s.subject_type = 'ALLIANCE' and s.period_type = 'YEAR'
      and s.period <= k.year
    where s.resident_population is not null
    order by k.key, s.period desc`);
  return new Map(rows.map(([key, residents]) => [String(key), Number(residents)]));
}
