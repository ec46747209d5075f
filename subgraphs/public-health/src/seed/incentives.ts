import { copyRows, type SqlSession } from '@hutong/kit';
import { incentiveAmount } from '../rules/fund-split.ts';
import { teamIncentives } from '../tables/contract.ts';

/** Yuan for one signing [pd: the seed's figure] (domain.md 3.9.1). */
const unit = '15.00';

/**
 * Team incentives by quarter: signings of pregnancy and elderly packages that came into force in it, less those ended
 * within 30 days, in the quarter of their end (domain.md 3.9.1, 3.23). A team with contracts in force has a row, be it of 0 yuan.
 */
export async function fillTeamIncentives(sql: SqlSession, asOfDay: string): Promise<number> {
  const rows = await sql<{ team: string; period: string; ends: string; prenatal: number; elderly: number }[]>`
    select team_id as team, to_char(day, 'YYYY-"Q"Q') as period,
      max((date_trunc('quarter', day::timestamp) + interval '3 months')::date)::text as ends,
      coalesce(sum(sign) filter (where kind = 'PREGNANCY'), 0)::integer as prenatal,
      coalesce(sum(sign) filter (where kind = 'ELDERLY'), 0)::integer as elderly
    from (
      select c.team_id, c.valid_from as day, s.kind, 1 as sign
      from service_contracts c join service_packages s on s.code = any(c.package_codes)
      union all
      select c.team_id, c.terminated_on, s.kind, -1
      from service_contracts c join service_packages s on s.code = any(c.package_codes)
      where c.terminated_on - c.valid_from <= 30
      union all
      select distinct c.team_id, quarter::date, 'ELDERLY', 0
      from service_contracts c, generate_series(date_trunc('quarter', c.valid_from::timestamp),
        least(coalesce(c.terminated_on, c.valid_to), ${asOfDay}::date), interval '3 months') as quarter
    ) signings
    where kind in ('PREGNANCY', 'ELDERLY') and day <= ${asOfDay}::date
    group by 1, 2
    order by 1, 2`;
  return copyRows(
    sql,
    teamIncentives,
    rows.map(({ team, period, ends, prenatal, elderly }) => ({
      teamId: team,
      period,
      prenatalSignings: prenatal,
      elderlySignings: elderly,
      unit,
      amount: incentiveAmount(unit, prenatal, elderly),
      paidOn: ends <= asOfDay && prenatal + elderly > 0 ? ends : null,
    })),
  );
}

/** Inspections of contract service by team and quarter, from the services that were sampled (domain.md 3.8.7). */
export async function fillInspections(sql: SqlSession): Promise<number> {
  const { count } = await sql`
    insert into inspections (id, scope, status, updated_at, region_code, institution_id, team_id, period, draw_seed, at, team_size, unannounced, visited_households, samples,
      truthful, findings, advice)
    select 'is_' || upper(left(md5(team_id || quarter), 12)), 'CONTRACT', 'CLOSED',
      (quarter + interval '3 months' - interval '7 days') at time zone 'Asia/Shanghai' + interval '9 hours', code,
      (select institution_id from team_projections p where p.id = team_id), team_id,
      to_char(quarter, 'YYYY-"Q"Q'), 'demo',
      (quarter + interval '3 months' - interval '7 days') at time zone 'Asia/Shanghai' + interval '9 hours', 3, true,
      households, samples, truthful,
      case when truthful < samples then (samples - truthful) || ' 条记录不真实' else '未发现问题' end,
      case when truthful < samples then '限期整改并复核' end
    from (
      select t.team_id, date_trunc('quarter', e.at at time zone 'Asia/Shanghai') as quarter, min(left(r.region_code, 9)) as code,
        count(distinct coalesce(r.household_id, r.id)) as households, count(*) as samples,
        count(*) filter (where e.verified) as truthful
      from fulfilment_events e
      join fulfilment_tasks t on t.resident_id = e.resident_id and t.no = e.task_no
      join residents r on r.id = e.resident_id
      where e.verified is not null
      group by 1, 2
    ) sampled`;
  return count;
}
