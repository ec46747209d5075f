import type { Write } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import type { ComplaintRow } from '../tables/oversight.ts';

/**
 * Counts complaints due and resolved in time (S-05) anew in the snapshots of the institution, its divisions and alliances, in the
 * month, quarter and year in which a complaint is due; complaints that are rejected do not count. Snapshots that are not there yet
 * count when they are made.
 */
export async function recountComplaints(
  { tx }: Write,
  { institutionId, regionCode, dueAt }: Pick<ComplaintRow, 'institutionId' | 'regionCode' | 'dueAt'>,
): Promise<void> {
  if (institutionId === null) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`complaints ${regionCode.slice(0, 4)}`}, 0))`);
  await tx.execute(sql`
    with due as (select (${dueAt}::timestamptz at time zone 'Asia/Shanghai')::date as day),
    periods as (
      select to_char(day, 'YYYY-MM') as period, date_trunc('month', day)::date as from_day, (date_trunc('month', day) + interval '1 month')::date as until from due
      union all
      select to_char(day, 'YYYY-"Q"Q'), date_trunc('quarter', day)::date, (date_trunc('quarter', day) + interval '3 months')::date from due
      union all
      select to_char(day, 'YYYY'), date_trunc('year', day)::date, (date_trunc('year', day) + interval '1 year')::date from due),
    subjects as (
      select 'INSTITUTION' as type, ${institutionId}::text as id
      union all select 'REGION', left(${regionCode}, length) from unnest(array[4, 6, 9]) as length
      union all select 'ALLIANCE', m.alliance_id from alliance_members m where m.institution_id = ${institutionId}),
    counted as (
      select s.type, s.id, p.period, count(c.id)::integer as due,
        (count(*) filter (where c.status = 'RESOLVED' and c.resolved_at <= c.due_at))::integer as resolved
      from subjects s cross join periods p
      left join complaints c on c.status <> 'REJECTED' and c.institution_id is not null
        and (c.due_at at time zone 'Asia/Shanghai')::date >= p.from_day and (c.due_at at time zone 'Asia/Shanghai')::date < p.until
        and case s.type when 'INSTITUTION' then c.institution_id = s.id when 'REGION' then starts_with(c.region_code, s.id)
          else exists (select from alliance_members m where m.alliance_id = s.id and m.institution_id = c.institution_id) end
      group by 1, 2, 3)
    update indicator_snapshots i set complaints_due = k.due, complaints_resolved = k.resolved
    from counted k where i.subject_type = k.type and i.subject_id = k.id and i.period = k.period`);
}
