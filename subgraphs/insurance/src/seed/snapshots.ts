import type { SqlSession } from '@hutong/kit';
import type { SnapshotSubjects } from './subjects.ts';

/** Fills insurance's columns of the indicator snapshots by SQL, for every month, quarter and year; gives the number of rows. */
export async function fillSnapshots(
  sql: SqlSession,
  subjects: readonly SnapshotSubjects[],
  years: readonly number[],
): Promise<number> {
  await createSubjects(sql, subjects);
  await createPeriods(sql, years);
  await sumClaims(sql);
  const rows = await sql`
    insert into indicator_snapshots
      (subject_type, subject_id, period_type, period, insured_count, fund_paid, fund_paid_in_county, fund_paid_primary,
       inpatient_fund, inpatient_cases, inpatient_cost, county_inpatient_cases, oop, total_cost, drg_cases, drg_weight,
       two_disease_users, chronic_drug_fund)
    select s.type, s.id, p.type, p.period,
           case s.type when 'INSTITUTION' then null else coalesce(i.insured, 0) end,
           coalesce(f.fund, 0), coalesce(f.fund_in_county, 0), coalesce(f.fund_primary, 0), coalesce(f.inpatient_fund, 0),
           coalesce(f.inpatient_cases, 0), coalesce(f.inpatient_cost, 0), coalesce(f.county_inpatient_cases, 0),
           coalesce(f.oop, 0), coalesce(f.total_cost, 0), coalesce(f.drg_cases, 0), coalesce(f.drg_weight, 0),
           coalesce(u.users, 0), coalesce(f.drug_fund, 0)
    from (select distinct type, id from snapshot_subject) s
    cross join snapshot_period p
    left join snapshot_fund f on f.type = s.type and f.id = s.id and f.period = p.period
    left join snapshot_users u on u.type = s.type and u.id = s.id and u.period = p.period
    left join snapshot_insured i on i.type = s.type and i.id = s.id and i.period = p.period`;
  await sql`analyze indicator_snapshots`;
  return rows.count;
}

/** A subject's residents are those of its townships; an institution's claims are those it charged. */
async function createSubjects(sql: SqlSession, subjects: readonly SnapshotSubjects[]): Promise<void> {
  const regions = subjects.flatMap((one) => one.regions);
  const institutions = subjects.flatMap((one) => one.institutions);
  const alliances = subjects.flatMap((one) => one.alliances);
  await sql`create temporary table snapshot_subject (type text, id text, township text, provider_code text) on commit drop`;
  await sql`
    insert into snapshot_subject
    select 'REGION', r.code, t.home_region_code, null
    from unnest(${regions}::text[]) r(code)
    join (select distinct home_region_code from coverages) t on starts_with(t.home_region_code, r.code)
    union all
    select 'INSTITUTION', i.id, null, i.code
    from unnest(${institutions.map(({ id }) => id)}::text[], ${institutions.map(({ providerCode }) => providerCode)}::text[]) i(id, code)
    union all
    select distinct 'ALLIANCE', a.id, a.township, null::text
    from unnest(${alliances.map(({ id }) => id)}::text[], ${alliances.map(({ township }) => township)}::text[]) a(id, township)`;
  await sql`analyze snapshot_subject`;
}

async function createPeriods(sql: SqlSession, years: readonly number[]): Promise<void> {
  await sql`
    create temporary table snapshot_period on commit drop as
    select 'YEAR' as type, y::text as period, make_date(y, 1, 1) as first, make_date(y, 12, 31) as last
    from unnest(${[...years]}::integer[]) y
    union all
    select 'QUARTER', y || '-Q' || q, make_date(y, q * 3 - 2, 1), (make_date(y, q * 3 - 2, 1) + interval '3 months - 1 day')::date
    from unnest(${[...years]}::integer[]) y, generate_series(1, 4) q
    union all
    select 'MONTH', to_char(make_date(y, m, 1), 'YYYY-MM'), make_date(y, m, 1), (make_date(y, m, 1) + interval '1 month - 1 day')::date
    from unnest(${[...years]}::integer[]) y, generate_series(1, 12) m`;
}

async function sumClaims(sql: SqlSession): Promise<void> {
  await sql`
    create temporary table snapshot_cell on commit drop as
    select c.home_region_code as township, c.provider_code, date_trunc('month', c.service_date)::date as month,
           sum(c.fund_basic + c.fund_catastrophic + c.assistance) as fund,
           sum(c.fund_basic + c.fund_catastrophic + c.assistance) filter (where c.inside_county) as fund_in_county,
           sum(c.fund_basic + c.fund_catastrophic + c.assistance) filter (where c.primary_care) as fund_primary,
           sum(c.fund_basic + c.fund_catastrophic + c.assistance) filter (where c.category = 'INPATIENT') as inpatient_fund,
           count(*) filter (where c.category = 'INPATIENT') as inpatient_cases,
           sum(c.total_amount) filter (where c.category = 'INPATIENT') as inpatient_cost,
           count(*) filter (where c.category = 'INPATIENT' and c.inside_county) as county_inpatient_cases,
           sum(c.cash + c.personal_account) as oop, sum(c.total_amount) as total_cost,
           sum(c.fund_basic) filter (where c.category = 'TWO_DISEASE') as drug_fund,
           count(d.no) filter (where d.outlier in ('NORMAL', 'LOW', 'HIGH')) as drg_cases,
           sum(d.rw) filter (where d.outlier in ('NORMAL', 'LOW', 'HIGH')) as drg_weight
    from claims c left join drg_cases d on d.resident_id = c.resident_id and d.no = c.no
    where c.status = 'SETTLED' and c.medical_category <> '41'
    group by 1, 2, 3`;
  await sql`
    create temporary table snapshot_fund on commit drop as
    select c.type, c.id, p.period, sum(c.fund) as fund, sum(c.fund_in_county) as fund_in_county,
           sum(c.fund_primary) as fund_primary, sum(c.inpatient_fund) as inpatient_fund,
           sum(c.inpatient_cases)::integer as inpatient_cases, sum(c.inpatient_cost) as inpatient_cost,
           sum(c.county_inpatient_cases)::integer as county_inpatient_cases, sum(c.oop) as oop, sum(c.total_cost) as total_cost,
           sum(c.drug_fund) as drug_fund, sum(c.drg_cases)::integer as drg_cases, sum(c.drg_weight) as drg_weight
    from (
      select s.type, s.id, c.* from snapshot_cell c join snapshot_subject s on s.township = c.township
      union all
      select s.type, s.id, c.* from snapshot_cell c join snapshot_subject s on s.provider_code = c.provider_code
    ) c
    join snapshot_period p on c.month between p.first and p.last
    group by 1, 2, 3`;
  await sql`
    create temporary table snapshot_users on commit drop as
    select c.type, c.id, p.period, count(distinct c.resident_id)::integer as users
    from (
      select s.type, s.id, c.resident_id, c.service_date
      from claims c join snapshot_subject s on s.township = c.home_region_code
      where c.category = 'TWO_DISEASE' and c.status = 'SETTLED'
      union all
      select s.type, s.id, c.resident_id, c.service_date
      from claims c join snapshot_subject s on s.provider_code = c.provider_code
      where c.category = 'TWO_DISEASE' and c.status = 'SETTLED'
    ) c
    join snapshot_period p on c.service_date between p.first and p.last
    group by 1, 2, 3`;
  await sql`
    create temporary table snapshot_insured on commit drop as
    select s.type, s.id, p.period, sum(t.insured)::integer as insured
    from (
      select v.home_region_code as township, p.period, count(distinct v.resident_id) as insured
      from coverages v
      join snapshot_period p on v.valid_from <= p.last and coalesce(v.valid_to, 'infinity') >= p.last
      group by 1, 2
    ) t
    join snapshot_subject s on s.township = t.township
    join snapshot_period p on p.period = t.period
    group by 1, 2, 3`;
}
