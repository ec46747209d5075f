import type { SqlSession } from '@hutong/kit';
import type { Place } from '@hutong/synthetic';

/** Year of the census that the places' populations are from (domain.md §8.2). */
const censusYear = 2020;

/**
 * Population by division, sex and age: the census population of the place, shared out as the generated residents live
 * (domain.md 8.10); townships add up to counties and cities, and those to the place, to the person.
 */
export async function fillPopulations(sql: SqlSession, places: readonly Place[], asOfDay: string): Promise<number> {
  let rows = 0;
  for (const { regionCode, censusPopulation } of places) {
    const { count } = await sql`
      with generated as (
        select left(region_code, 9) as code, sex,
          extract(year from age(${asOfDay}::date, birth_date))::integer as age, count(*)::numeric as residents
        from residents
        where status = 'ACTIVE' and region_code like ${`${regionCode}%`}
        group by 1, 2, 3
      ), exact as (
        select *, residents * ${censusPopulation} / sum(residents) over () as share from generated
      ), ranked as (
        select *, floor(share) as low,
          row_number() over (order by share - floor(share) desc, code, sex, age) as place from exact
      ), townships as (
        select code, sex, age,
          (low + case when place <= ${censusPopulation} - sum(low) over () then 1 else 0 end)::integer as residents
        from ranked
      )
      insert into region_populations (region_code, year, sex, age, residents)
      select left(code, length), ${censusYear}, sex, age, sum(residents)
      from townships, unnest(array[4, 6, 9]) as length
      group by 1, 3, 4`;
    rows += count;
  }
  return rows;
}

/** Focus groups by division at the end of the data, and how many of them have a contract in force. */
export async function fillTargetGroups(sql: SqlSession, asOfDay: string): Promise<number> {
  const { count } = await sql`
    insert into region_target_groups (region_code, year, "group", residents, contracts)
    select left(r.region_code, length), extract(year from ${asOfDay}::date)::integer, focus, count(*), count(c.no)
    from residents r
    cross join unnest(r.focus_groups) as focus
    cross join unnest(array[4, 6, 9]) as length
    left join service_contracts c on c.resident_id = r.id and c.status = 'ACTIVE'
      and c.valid_from <= ${asOfDay}::date and c.valid_to >= ${asOfDay}::date
    where r.status = 'ACTIVE'
    group by 1, 3`;
  return count;
}
