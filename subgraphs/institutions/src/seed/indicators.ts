import type { SqlSession } from '@hutong/kit';
import { allianceMeasures, type Measure, type MonthlySource, monthlySources, standing } from './indicator-measures.ts';

/** Fills the raw columns of IndicatorSnapshot from the stored rows: region, institution and alliance by month, quarter and year. */
export async function fillIndicatorSnapshots(
  sql: SqlSession,
  { years, asOf }: { readonly years: readonly number[]; readonly asOf: string },
): Promise<number> {
  const names = [...monthlySources.map(({ name }) => name), 'standing', 'alliance_counts'];
  const made = ['business_day', 'periods', 'subject_institutions', 'subject_alliances', 'institution_facts'];
  await sql.unsafe(`drop table if exists ${[...names, ...made].map((name) => `pg_temp.${name}`).join(', ')}`);
  await sql.unsafe(`create temporary table business_day as select '${dayOf(asOf)}'::date as day`);
  await sql.unsafe(periodsText(years));
  await sql.unsafe(subjectInstitutions);
  await sql.unsafe(subjectAlliances);
  await sql.unsafe(institutionFacts);
  for (const source of monthlySources) await sql.unsafe(rollUpText(source));
  await sql.unsafe(standingText);
  await sql.unsafe(allianceText);
  await sql.unsafe('truncate indicator_snapshots');
  const { count } = await sql.unsafe(insertText());
  await sql.unsafe(`drop table ${[...names, ...made].map((name) => `pg_temp.${name}`).join(', ')}`);
  return count;
}

/** Condition that something has not ended by the business day. */
function isPresent(endColumn: string): string {
  return `(${endColumn} is null or ${endColumn} > day)`;
}

/** Condition that a membership runs on the business day. */
function isMember(memberships: string): string {
  return `${memberships}.joined_on <= day and ${isPresent(`${memberships}.left_on`)}`;
}

/** The day of an instant; what is no day never reaches the SQL. */
function dayOf(instant: string): string {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(instant) ?? [];
  if (day === undefined) throw new TypeError(`${instant} is no instant`);
  return day;
}

function periodsText(years: readonly number[]): string {
  const list = years.map((year) => Math.trunc(year)).join(', ');
  return `create temporary table periods as
    select 'MONTH' as period_type, to_char(d, 'YYYY-MM') as period, d as "from", d + interval '1 month' as until
    from unnest(array[${list}]) y, generate_series(make_timestamptz(y, 1, 1, 0, 0, 0), make_timestamptz(y, 12, 1, 0, 0, 0), interval '1 month') d
    union all
    select 'QUARTER', to_char(d, 'YYYY-"Q"Q'), d, d + interval '3 months'
    from unnest(array[${list}]) y, generate_series(make_timestamptz(y, 1, 1, 0, 0, 0), make_timestamptz(y, 10, 1, 0, 0, 0), interval '3 months') d
    union all
    select 'YEAR', y::text, make_timestamptz(y, 1, 1, 0, 0, 0), make_timestamptz(y + 1, 1, 1, 0, 0, 0) from unnest(array[${list}]) y`;
}

/** Which institutions a subject is made of; village clinics are no subjects of their own (domain.md 8.7). */
const subjectInstitutions = `create temporary table subject_institutions as
  select 'INSTITUTION' as subject_type, id as subject_id, id as institution_id from institutions where tier <> 'VILLAGE'
  union all select 'REGION', city_code, id from institutions where city_code is not null
  union all select 'REGION', county_code, id from institutions where county_code is not null
  union all select 'REGION', township_code, id from institutions where township_code is not null
  union all select 'ALLIANCE', alliance_id, institution_id from alliance_memberships m, business_day where ${isMember('m')}`;

const subjectAlliances = `create temporary table subject_alliances as
  select 'ALLIANCE' as subject_type, id as subject_id, id as alliance_id from alliances, business_day where ${isPresent('dissolved_on')}
  union all select 'REGION', city_code, id from alliances, business_day where ${isPresent('dissolved_on')} and city_code is not null
  union all select 'REGION', county_code, id from alliances, business_day where ${isPresent('dissolved_on')} and county_code is not null`;

const institutionFacts = `create temporary table institution_facts as
  select i.id,
    exists (select from alliance_memberships m where m.institution_id = i.id and ${isMember('m')}) as in_alliance,
    exists (select from equipment q where q.institution_id = i.id and q.class = 'ECG') as has_ecg,
    exists (select from alliances a where a.lead_id = i.id and ${isPresent('a.dissolved_on')}) as leads,
    exists (select from pairing_agreements p where p.lead_hospital_id = i.id) as paired,
    coalesce('CENTRAL_TOWN' = any(t.special_types), false) as central_town,
    coalesce(c.model_clinic, false) as model_clinic, coalesce(c.attained, false) as attained, c.score,
    b.open_beds, b.occupied_beds, y.systems_expected, y.systems_connected
  from business_day, institutions i
  left join regions t on t.code = i.township_code
  left join (select institution_id, avg(score) as score,
      bool_or(kind = 'MODEL_VILLAGE_CLINIC' and result = 'RECOMMENDED') as model_clinic,
      bool_or(kind = 'QUALITY_PRIMARY' and result <> 'BELOW') as attained
    from capability_assessments group by 1) c on c.institution_id = i.id
  left join (select institution_id, sum(open) as open_beds, sum(occupied) as occupied_beds from bed_stats group by 1) b on b.institution_id = i.id
  left join (select institution_id, count(*) as systems_expected, count(*) filter (where connected) as systems_connected
    from system_connections group by 1) y on y.institution_id = i.id`;

/** A source by institution and month, rolled up to subjects and periods. */
function rollUpText({ name, from, institution, at, measures }: MonthlySource): string {
  const entries = Object.entries(measures);
  const counted = entries.map(([measure, text]) => `${text} as ${snake(measure)}`).join(', ');
  const summed = entries.map(([measure]) => `sum(m.${snake(measure)}) as ${snake(measure)}`).join(', ');
  return `create temporary table ${name} as
    with monthly as (select ${institution} as institution_id, date_trunc('month', ${at}) as month, ${counted} from ${from} group by 1, 2)
    select s.subject_type, s.subject_id, p.period_type, p.period, ${summed}
    from monthly m join subject_institutions s using (institution_id) join periods p on m.month >= p."from" and m.month < p.until
    group by 1, 2, 3, 4`;
}

const standingText = `create temporary table standing as
  select s.subject_type, s.subject_id, ${selectList(standing)}
  from subject_institutions s join institutions i on i.id = s.institution_id join institution_facts f on f.id = i.id
  where i.status = 'ACTIVE' group by 1, 2`;

const allianceText = `create temporary table alliance_counts as
  select s.subject_type, s.subject_id, ${selectList(allianceMeasures)}
  from subject_alliances s join alliances a on a.id = s.alliance_id group by 1, 2`;

function insertText(): string {
  const counts = monthlySources.flatMap(({ name, measures }) =>
    Object.keys(measures).map((measure) => ({
      column: snake(measure),
      value: `coalesce(${name}.${snake(measure)}, 0)`,
    })),
  );
  const stands = Object.keys(standing).map((measure) => ({
    column: snake(measure),
    value: `standing.${snake(measure)}`,
  }));
  const ofAlliances = Object.keys(allianceMeasures).map((measure) => ({
    column: snake(measure),
    value: `alliance_counts.${snake(measure)}`,
  }));
  const all = [...counts, ...stands, ...ofAlliances];
  const joins = monthlySources.map(
    ({ name }) => `left join ${name} using (subject_type, subject_id, period_type, period)`,
  );
  return `insert into indicator_snapshots (subject_type, subject_id, period_type, period, ${all.map(({ column }) => column).join(', ')})
    select subject_type, subject_id, period_type, period, ${all.map(({ value }) => value).join(', ')}
    from (select subject_type, subject_id, period_type, period from standing cross join periods) keys
    ${joins.join(' ')}
    join standing using (subject_type, subject_id) left join alliance_counts using (subject_type, subject_id)
    order by subject_type, subject_id, period_type, period`;
}

function selectList(measures: Partial<Record<Measure, string>>): string {
  return Object.entries(measures)
    .map(([measure, text]) => `${text} as ${snake(measure)}`)
    .join(', ');
}

/** Column of a measure, as the migration names it. */
function snake(measure: string): string {
  return measure.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
