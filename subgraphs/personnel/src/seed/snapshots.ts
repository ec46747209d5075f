import type { SqlSession } from '@hutong/kit';
import type { SubjectType } from '../schema-types.ts';

/** One institution whose people count for a subject. */
export interface SnapshotSubject {
  readonly type: SubjectType;
  readonly id: string;
  readonly institutionId: string;
}

/** Fills the workforce's columns of the indicator snapshots by SQL, for every month, quarter and year; gives the number of rows. */
export async function fillSnapshots(
  sql: SqlSession,
  subjects: readonly SnapshotSubject[],
  years: readonly number[],
): Promise<number> {
  await sql`create temporary table snapshot_subject (type text, id text, institution_id text) on commit drop`;
  await sql`
    insert into snapshot_subject
    select * from unnest(${subjects.map(({ type }) => type)}::text[], ${subjects.map(({ id }) => id)}::text[],
                         ${subjects.map(({ institutionId }) => institutionId)}::text[])`;
  await createPeriods(sql, years);
  await countStaff(sql);
  await countSecondments(sql);
  const rows = await sql`
    insert into indicator_snapshots
      (subject_type, subject_id, period_type, period, practitioners, gp, nurses, village_doctors, mid_up_physicians,
       seconded_long, seconded_any, pooled_posts, vacancies, leavers, credits_met, it_staff, avg_income)
    select s.type, s.id, p.type, p.period, s.practitioners, s.gp, s.nurses, s.village_doctors, s.mid_up_physicians,
           coalesce(d.compliant, 0), coalesce(d.total, 0), s.pooled_posts, s.vacancies, 0, s.credits_met, s.it_staff,
           case when s.paid >= 10 then round(s.income / s.paid, 2) end
    from snapshot_staff s
    cross join snapshot_period p
    left join snapshot_secondment d on d.type = s.type and d.id = s.id and d.period = p.period`;
  await sql`analyze indicator_snapshots`;
  return rows.count;
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

/** People are counted where they work; the demo region's staff is the same all year. */
async function countStaff(sql: SqlSession): Promise<void> {
  await countCredits(sql);
  await sql`
    create temporary table snapshot_institution on commit drop as
    select p.employment_used_at_id as institution_id,
           count(*) filter (where p.category not in ('VILLAGE_DOCTOR', 'OTHER_TECHNICAL', 'MANAGEMENT', 'SUPPORT'))::integer as practitioners,
           count(*) filter (where p.category = 'PHYSICIAN' and p.specialty = 'GP')::integer as gp,
           count(*) filter (where p.category = 'NURSE')::integer as nurses,
           count(*) filter (where p.category = 'VILLAGE_DOCTOR')::integer as village_doctors,
           count(*) filter (where p.category = 'PHYSICIAN' and p.title_level in ('SENIOR', 'ASSOCIATE_SENIOR', 'MID'))::integer as mid_up_physicians,
           count(*) filter (where p.employment_kind = 'POOL')::integer as pooled_posts,
           count(*) filter (where p.specialty = 'IT')::integer as it_staff,
           count(c.practitioner_id) filter (where c.met)::integer as credits_met,
           count(i.practitioner_id)::integer as paid, coalesce(sum(i.monthly), 0) as income, count(*)::integer as staff
    from practitioners p
    left join snapshot_credit c on c.practitioner_id = p.id
    left join (select practitioner_id, sum(amount) / count(distinct period) as monthly from income_items group by 1) i
      on i.practitioner_id = p.id
    where p.status = 'ACTIVE'
    group by 1`;
  await sql`
    create temporary table snapshot_staff on commit drop as
    select s.type, s.id, sum(i.practitioners)::integer as practitioners, sum(i.gp)::integer as gp, sum(i.nurses)::integer as nurses,
           sum(i.village_doctors)::integer as village_doctors, sum(i.mid_up_physicians)::integer as mid_up_physicians,
           sum(i.pooled_posts)::integer as pooled_posts, sum(i.it_staff)::integer as it_staff,
           sum(i.credits_met)::integer as credits_met, sum(i.paid)::integer as paid, sum(i.income) as income,
           sum(greatest(coalesce(a.approved, 0) - i.staff, 0))::integer as vacancies
    from snapshot_subject s
    join snapshot_institution i on i.institution_id = s.institution_id
    left join institution_posts a on a.institution_id = s.institution_id
    group by 1, 2`;
}

/** Who met the year's requirement of continuing education (domain.md 3.14.1), of the last year with records. */
async function countCredits(sql: SqlSession): Promise<void> {
  await sql`
    create temporary table snapshot_credit on commit drop as
    select x.practitioner_id,
           case when p.category = 'VILLAGE_DOCTOR' then sum(x.hours) >= 80
                else sum(x.one) >= 5 and sum(x.one) + sum(x.two) >= 25 end as met
    from (
      select r.practitioner_id, r.course_id, sum(k.hours) as hours,
             least(coalesce(sum(r.credits_earned) filter (where k.credit_class = 'I'), 0), 10) as one,
             coalesce(sum(r.credits_earned) filter (where k.credit_class = 'II'), 0) as two
      from training_records r join training_courses k on k.id = r.course_id
      where r.passed and r.completed_on >= (select date_trunc('year', max(completed_on)) from training_records)
      group by 1, 2
    ) x join practitioners p on p.id = x.practitioner_id
    group by x.practitioner_id, p.category`;
}

async function countSecondments(sql: SqlSession): Promise<void> {
  await sql`
    create temporary table snapshot_secondment on commit drop as
    select s.type, s.id, p.period, count(*)::integer as total, count(*) filter (where d.compliant)::integer as compliant
    from secondments d
    join snapshot_subject s on s.institution_id = d.to_id
    join snapshot_period p on d.start_on <= p.last and coalesce(d.actual_end_on, d.planned_end_on) >= p.first
    group by 1, 2, 3`;
}
