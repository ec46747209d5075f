/** One raw column of a snapshot: how it is counted by township, serving institution and period. */
export interface Measure {
  readonly column: string;
  /** Only yearly rows have it: a whole year is needed to judge. */
  readonly yearly?: true;
  /** Selects `code, institution_id, period_type, period, value`. */
  readonly text: string;
}

const place = `left(r.region_code, 9), r.serving_institution_id, p.period_type, p.period`;
const alive = `r.birth_date <= p.until and (r.death_date is null or r.death_date > p.until) and r.status <> 'MOVED'`;
const inForce = `c.resident_id = r.id and c.valid_from <= p.until and p.until <= coalesce(c.terminated_on, c.valid_to)
  and c.status in ('ACTIVE', 'EXPIRED', 'RENEWED', 'TERMINATED')`;

/** Residents alive at the end of the period that meet a condition. */
function residents(column: string, condition = 'true', join = ''): Measure {
  const text = `select ${place}, count(distinct r.id) from periods p join residents r on ${alive} ${join} where ${condition} group by 1, 2, 3, 4`;
  return { column, text };
}

/** Rows of a resident-owned table whose moment lies in the period. */
function rows(column: string, table: string, day: string, condition = 'true'): Measure {
  const text = `select ${place}, count(*) from periods p
    join ${table} t on ${day} between p.from_day and p.until join residents r on r.id = t.resident_id
    where ${condition} group by 1, 2, 3, 4`;
  return { column, text };
}

/** Condition about a resident and the period; judged over a whole year. */
function yearly(measure: Measure): Measure {
  return { ...measure, yearly: true };
}

const day = (instant: string): string => `(${instant} at time zone 'Asia/Shanghai')::date`;
const visitsInPeriod = `select count(*) from jsonb_array_elements(t.visits) v where (v ->> 'at')::date between p.from_day and p.until`;
const ofAge = (years: number): string => `r.birth_date <= p.until - interval '${years} years'`;

/** Managed for a disease at the end of the period. */
function managed(column: string, disease: string, condition = 'true'): Measure {
  const join = `join chronic_enrollments t on t.resident_id = r.id and t.disease = '${disease}' and t.enrolled_on <= p.until and t.status <> 'ENDED'`;
  return residents(column, condition, join);
}

/** The last follow-up of the period was controlled; no reading counts as not controlled (domain.md 3.10). */
const lastControlled = `(select f.classification from follow_ups f
  where f.resident_id = t.resident_id and f.enrollment_no = t.no and ${day('f.at')} between p.from_day and p.until
  order by f.at desc limit 1) = '1'`;

const vulnerable = `r.vulnerability <> '{}'`;
const contracted = `join service_contracts c on ${inForce}`;

/** All columns that are counted from residents and what they own. */
export const measures: readonly Measure[] = [
  residents('resident_population'),
  residents('focus_residents', `r.focus_groups <> '{}'`),
  residents('elderly', ofAge(65)),
  residents('children', `not (${ofAge(7)})`),
  residents('contracts', 'true', contracted),
  residents('focus_contracts', `r.focus_groups <> '{}'`, contracted),
  residents('vulnerable_contracts', vulnerable, contracted),
  residents(
    'vulnerable_visited',
    vulnerable,
    `${contracted} join fulfilment_events t on t.resident_id = r.id and t.place = 'HOME' and ${day('t.at')} between p.from_day and p.until`,
  ),
  rows('contracts_ended', 'service_contracts', 't.valid_to', `t.status in ('EXPIRED', 'RENEWED')`),
  rows('renewed', 'service_contracts', 't.valid_to', `t.status = 'RENEWED'`),
  rows('fulfilment_due', 'fulfilment_tasks', 't.due_to', `t.counted and t.status <> 'WAIVED'`),
  rows('fulfilled', 'fulfilment_tasks', 't.due_to', `t.counted and t.status = 'DONE'`),
  rows('truth_checks', 'fulfilment_events', day('t.at'), 't.verified is not null'),
  rows('truthful', 'fulfilment_events', day('t.at'), 't.verified'),
  residents('health_records', 'true', 'join health_records t on t.resident_id = r.id and t.opened_on <= p.until'),
  yearly(
    residents(
      'records_dynamic',
      'true',
      `join health_records t on t.resident_id = r.id and ${day('t.last_updated_at')} between p.from_day and p.until`,
    ),
  ),
  yearly(
    residents(
      'elderly_managed',
      ofAge(65),
      `join elderly_assessments t on t.resident_id = r.id and ${day('t.at')} between p.from_day and p.until
        and t.lifestyle_assessed and t.examined and t.tests_done and t.guidance_given`,
    ),
  ),
  managed('htn_managed', 'HTN'),
  yearly(managed('htn_standardised', 'HTN', 't.standardised_this_year and p.is_last')),
  yearly(managed('htn_controlled', 'HTN', lastControlled)),
  managed('dm_managed', 'T2DM'),
  yearly(managed('dm_standardised', 'T2DM', 't.standardised_this_year and p.is_last')),
  yearly(managed('dm_controlled', 'T2DM', lastControlled)),
  rows('deliveries', 'maternal_records', 't.delivered_on'),
  rows(
    'maternal_managed',
    'maternal_records',
    't.delivered_on',
    'jsonb_array_length(t.visits) >= 5 and jsonb_array_length(t.postpartum) >= 2',
  ),
  rows('maternal_early', 'maternal_records', 't.delivered_on', 't.registered_on <= t.lmp + 91'),
  yearly(
    residents(
      'children_managed',
      `not (${ofAge(7)}) and (${visitsInPeriod}) >= 1`,
      'join child_records t on t.resident_id = r.id',
    ),
  ),
  rows('immunisations_due', 'immunisations', 't.due_on'),
  rows('immunisations_given', 'immunisations', 't.due_on', 't.given_at is not null'),
  residents(
    'mental_registered',
    'true',
    'join mental_health_records t on t.resident_id = r.id and t.registered_on <= p.until',
  ),
  yearly(
    residents(
      'mental_standardised',
      `(${visitsInPeriod}) >= 4`,
      'join mental_health_records t on t.resident_id = r.id and t.registered_on <= p.until',
    ),
  ),
  rows('tb_notified', 'tb_records', 't.notified_on'),
  rows('tb_managed', 'tb_records', 't.notified_on', 'jsonb_array_length(t.visits) > 0'),
  rows('infectious_reports', 'infectious_reports', day('t.reported_at')),
  rows('infectious_timely', 'infectious_reports', day('t.reported_at'), 't.timely'),
  rows('discharge_follow_ups', 'follow_ups', day('t.at'), `t.kind = 'DISCHARGE' and ${day('t.at')} <= t.due_by`),
];

/** Columns about institutions, not residents; the institution's own township is where most of its residents live. */
export const institutionMeasures: readonly Measure[] = [
  {
    column: 'satisfaction_responses',
    text: institutionText(
      'count(*)',
      'satisfaction_responses',
      't.institution_id',
      day('t.at'),
      `t.respondent_kind = 'RESIDENT'`,
    ),
  },
  {
    column: 'satisfaction_sum',
    text: institutionText(
      'sum(t.score)',
      'satisfaction_responses',
      't.institution_id',
      day('t.at'),
      `t.respondent_kind = 'RESIDENT'`,
    ),
  },
  {
    column: 'complaints_due',
    text: institutionText('count(*)', 'complaints', 't.institution_id', day('t.due_at'), `t.status <> 'REJECTED'`),
  },
  {
    column: 'complaints_resolved',
    text: institutionText(
      'count(*)',
      'complaints',
      't.institution_id',
      day('t.due_at'),
      `t.status = 'RESOLVED' and t.resolved_at <= t.due_at`,
    ),
  },
];

function institutionText(value: string, table: string, institution: string, moment: string, condition: string): string {
  return `select h.code, h.institution_id, p.period_type, p.period, ${value} from periods p
    join ${table} t on ${moment} between p.from_day and p.until join institution_homes h on h.institution_id = ${institution}
    where ${condition} group by 1, 2, 3, 4`;
}
