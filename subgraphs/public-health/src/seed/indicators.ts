import type { SqlSession } from '@hutong/kit';
import { institutionMeasures, measures, type Measure } from './indicator-measures.ts';

/** When the data begin and end. */
export interface DataSpan {
  readonly years: readonly number[];
  /** Last instant of the data, ISO 8601. */
  readonly asOf: string;
}

const temporary = ['periods', 'institution_homes', 'figures', 'bands', 'subjects', 'subject_figures'];

/** Fills the raw columns of IndicatorSnapshot from the stored rows: regions, institutions and alliances by month, quarter and year. */
export async function fillIndicatorSnapshots(sql: SqlSession, { years, asOf }: DataSpan): Promise<number> {
  await dropTemporary(sql);
  await sql.unsafe(periodsText(years, dayOf(asOf)));
  await sql.unsafe(institutionHomes);
  await sql.unsafe('analyze periods');
  await sql.unsafe(
    'create temporary table figures (name text, code text, institution_id text, period_type text, period text, value numeric)',
  );
  for (const { column, yearly, text } of [...measures, ...institutionMeasures]) {
    const body =
      yearly === true
        ? text.replace('from periods p', `from (select * from periods where period_type = 'YEAR') p`)
        : text;
    await sql.unsafe(`insert into figures select '${column}', f.* from (${body}) f`);
  }
  await sql.unsafe('analyze figures');
  await sql.unsafe(subjectsText);
  await sql.unsafe('analyze subjects');
  await sql.unsafe(subjectFigures);
  const { count } = await sql.unsafe(insertText());
  await fillBands(sql);
  await dropTemporary(sql);
  return count;
}

async function dropTemporary(sql: SqlSession): Promise<void> {
  await sql.unsafe(`drop table if exists ${temporary.map((name) => `pg_temp.${name}`).join(', ')}`);
}

/** The day of an instant; what is no day never reaches the SQL. */
function dayOf(instant: string): string {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(instant) ?? [];
  if (day === undefined) throw new TypeError(`${instant} is no instant`);
  return day;
}

/** Periods of the years; `until` is the last day, and the last year is the one of the data's end. */
function periodsText(years: readonly number[], asOfDay: string): string {
  const list = years.map((year) => Math.trunc(year)).join(', ');
  const last = `extract(year from from_day) = extract(year from '${asOfDay}'::date) as is_last`;
  return `create temporary table periods as select *, ${last} from (
    select 'MONTH' as period_type, to_char(d, 'YYYY-MM') as period, d::date as from_day, (d + interval '1 month')::date - 1 as until
    from unnest(array[${list}]) y, generate_series(make_date(y, 1, 1)::timestamp, make_date(y, 12, 1)::timestamp, interval '1 month') d
    union all
    select 'QUARTER', to_char(d, 'YYYY-"Q"Q'), d::date, (d + interval '3 months')::date - 1
    from unnest(array[${list}]) y, generate_series(make_date(y, 1, 1)::timestamp, make_date(y, 10, 1)::timestamp, interval '3 months') d
    union all
    select 'YEAR', y::text, make_date(y, 1, 1), make_date(y, 12, 31) from unnest(array[${list}]) y) p`;
}

const institutionHomes = `create temporary table institution_homes as
  select distinct on (serving_institution_id) serving_institution_id as institution_id, left(region_code, 9) as code
  from residents where serving_institution_id is not null
  group by 1, 2 order by 1, count(*) desc, 2`;

/** Which figures a subject is made of: by township code or by institution. */
const subjectsText = `create temporary table subjects as
  select distinct 'REGION' as subject_type, left(code, length) as subject_id, code, institution_id
  from (select distinct code, institution_id from figures) f, unnest(array[4, 6, 9]) as length
  union all
  select distinct 'INSTITUTION', institution_id, code, institution_id from figures where institution_id is not null
  union all
  select distinct 'ALLIANCE', m.alliance_id, f.code, f.institution_id
  from alliance_members m join figures f on f.institution_id = m.institution_id`;

const subjectFigures = `create temporary table subject_figures as
  select s.subject_type, s.subject_id, f.period_type, f.period, f.name, sum(f.value) as value
  from subjects s join figures f on f.code = s.code and f.institution_id is not distinct from s.institution_id
  group by 1, 2, 3, 4, 5`;

function insertText(): string {
  const counted = [...measures, ...institutionMeasures].filter(({ column }) => column !== 'satisfaction_sum');
  const columns = counted.map(({ column }) => column);
  return `insert into indicator_snapshots (subject_type, subject_id, period_type, period, ${columns.join(', ')}, satisfaction_score)
    select subject_type, subject_id, period_type, period, ${counted.map(valueText).join(', ')},
      round(max(value) filter (where name = 'satisfaction_sum') / max(value) filter (where name = 'satisfaction_responses'), 2)
    from subject_figures group by 1, 2, 3, 4`;
}

/** Nothing counted is 0, but for what only a whole year can tell. */
function valueText({ column, yearly }: Measure): string {
  const value = `coalesce(max(value) filter (where name = '${column}'), 0)`;
  return yearly === true ? `case when period_type = 'YEAR' then ${value} end` : value;
}

/** Age bands of domain.md §8.3 on the yearly rows. */
async function fillBands(sql: SqlSession): Promise<void> {
  await sql.unsafe(`create temporary table bands as
    select s.subject_type, s.subject_id, b.period, b.age_from, b.age_to, b.sex, sum(b.residents)::integer as residents
    from subjects s join (
      select left(r.region_code, 9) as code, r.serving_institution_id as institution_id, p.period, a.age_from, a.age_to, r.sex, count(*) as residents
      from periods p
      join residents r on r.birth_date <= p.until and (r.death_date is null or r.death_date > p.until) and r.status <> 'MOVED'
      join (values (0, 6), (7, 14), (15, 17), (18, 34), (35, 44), (45, 54), (55, 59), (60, 64), (65, 74), (75, 84), (85, null)) a(age_from, age_to)
        on extract(year from age(p.until, r.birth_date)) between a.age_from and coalesce(a.age_to, 999)
      where p.period_type = 'YEAR'
      group by 1, 2, 3, 4, 5, 6) b on b.code = s.code and b.institution_id is not distinct from s.institution_id
    group by 1, 2, 3, 4, 5, 6`);
  await sql.unsafe(`update indicator_snapshots i set population_bands = b.list
    from (
      select subject_type, subject_id, period,
        jsonb_agg(jsonb_build_object('ageFrom', age_from, 'ageTo', age_to, 'sex', sex, 'residents', residents) order by age_from, sex) as list
      from bands group by 1, 2, 3) b
    where i.subject_type = b.subject_type and i.subject_id = b.subject_id and i.period_type = 'YEAR' and i.period = b.period`);
}
