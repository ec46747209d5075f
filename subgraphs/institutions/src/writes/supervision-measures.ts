import { type SQL, sql } from 'drizzle-orm';
import type { PeriodBounds } from '../rules/period.ts';
import { DEFAULT_SUPERVISION_RULES, type SupervisionRuleId } from '../rules/supervision.ts';
import type { AlertCauseType } from '../schema-types.ts';
import { providerShares } from '../tables/provider-share.ts';

/** How a rule of supervision is measured in a month (domain.md 3.20). */
export interface RuleMeasure {
  readonly ruleId: SupervisionRuleId;
  /** Columns `institution_id`, `part`, `whole`: one row for each institution that has something to count. */
  readonly measure: (month: PeriodBounds) => SQL;
}

/** A rule that is measured from own rows, which are then its causes. */
export interface StoredMeasure extends RuleMeasure {
  readonly causeType: AlertCauseType;
  /** Columns `institution_id`, `resident_id`, `no`, `at`: the rows that speak against an institution. */
  readonly causes: (month: PeriodBounds) => SQL;
}

/** The rules whose figures institutions has. */
export const storedMeasures: readonly StoredMeasure[] = [
  {
    ruleId: 'COST_PER_VISIT_GROWTH',
    causeType: 'ENCOUNTER',
    measure: (month) => sql`
      select now.institution_id, now.mean - before.mean as part, before.mean as whole
      from ${meanCosts(month)} now join ${meanCosts(yearBefore(month))} before using (institution_id)`,
    causes: (month) => sql`
      select v.institution_id, v.resident_id, v.no, v.started_at as at
      from ${visits(month)} v join ${meanCosts(yearBefore(month))} before using (institution_id)
      where v.total_cost > before.mean * (1 + ${limitOf('COST_PER_VISIT_GROWTH')}::numeric / 100)`,
  },
  {
    ruleId: 'ALOS',
    causeType: 'ENCOUNTER',
    measure: (month) => sql`
      select institution_id, sum(length_of_stay) as part, count(*) as whole
      from ${stays(month)} s where length_of_stay is not null group by 1`,
    causes: (month) => sql`
      select institution_id, resident_id, no, discharged_at as at
      from ${stays(month)} s where length_of_stay > ${limitOf('ALOS')}::numeric`,
  },
  {
    ruleId: 'READMISSION_31',
    causeType: 'ENCOUNTER',
    measure: (month) => sql`
      select institution_id, count(*) filter (where ${readmitted}) as part, count(*) as whole from ${stays(month)} s group by 1`,
    causes: (month) => sql`
      select institution_id, resident_id, no, discharged_at as at from ${stays(month)} s where ${readmitted}`,
  },
  {
    ruleId: 'REFERRAL_OUT_SHARE',
    causeType: 'REFERRAL',
    measure: (month) => sql`select institution_id, part, whole from ${worstDiseases(month)} w`,
    causes: (month) => sql`
      select r.from_id as institution_id, r.resident_id, r.no, r.submitted_at as at
      from ${referralsOut(month)} r join ${worstDiseases(month)} w on w.institution_id = r.from_id and ${lies(sql`r.code`, sql`w`)}`,
  },
  {
    ruleId: 'ANTIBIOTIC_SHARE',
    causeType: 'PRESCRIPTION',
    measure: (month) => sql`
      select e.institution_id, count(*) filter (where exists (${antibioticsOf(sql`select`)})) as part, count(*) as whole
      from encounters e where e.class = 'OUTPATIENT' and ${during(sql`e.started_at`, month)} group by 1`,
    causes: (month) => sql`
      select e.institution_id, p.resident_id, p.no, p.issued_at as at
      from encounters e cross join lateral (${antibioticsOf(sql`select distinct p.resident_id, p.no, p.issued_at`)}) p
      where e.class = 'OUTPATIENT' and ${during(sql`e.started_at`, month)}`,
  },
  {
    ruleId: 'REPEATED_ITEM_SHARE',
    causeType: 'REPORT',
    measure: (month) => sql`
      select performed_at_id as institution_id, count(duplicate_of_no) as part, count(*) as whole
      from ${reports(month)} r group by 1`,
    causes: (month) => sql`
      select performed_at_id as institution_id, resident_id, no, performed_time as at
      from ${reports(month)} r where duplicate_of_no is not null`,
  },
];

/**
 * The rules whose figures insurance tells by provider and month: drugs and consumables in the revenue, and outliers. Claims and cases are
 * insurance's own: it answers an alert's causes itself (`SupervisionAlert.claims`).
 */
export const toldMeasures: readonly RuleMeasure[] = (
  ['DRUG_SHARE', 'CONSUMABLE_SHARE', 'LOW_OUTLIER_SHARE', 'HIGH_OUTLIER_SHARE'] as const
).map((ruleId) => ({
  ruleId,
  measure: ({ from }) => sql`
    select institution_id, part, whole from (${sql.raw(providerShares)}) shares
    where rule_id = ${ruleId} and month = ${from.slice(0, 7)}`,
}));

function during(at: SQL, { from, until }: PeriodBounds): SQL {
  return sql`${at} >= ${from}::timestamptz and ${at} < ${until}::timestamptz`;
}

function yearBefore({ from, until }: PeriodBounds): PeriodBounds {
  return { from: sameInYearBefore(from), until: sameInYearBefore(until) };
}

function sameInYearBefore(at: string): string {
  return `${String(Number(at.slice(0, 4)) - 1).padStart(4, '0')}${at.slice(4)}`;
}

function limitOf(ruleId: SupervisionRuleId): string {
  return DEFAULT_SUPERVISION_RULES[ruleId].threshold.HOSPITAL;
}

/** Outpatient and emergency visits whose cost is known. */
function visits(month: PeriodBounds): SQL {
  return sql`(select * from encounters where class in ('OUTPATIENT', 'EMERGENCY') and total_cost is not null
    and ${during(sql`started_at`, month)})`;
}

function meanCosts(month: PeriodBounds): SQL {
  return sql`(select institution_id, avg(total_cost) as mean from ${visits(month)} v group by 1)`;
}

/** Stays that ended in a month, each with the resident's next admission as far as known, as indicator E-11 counts them. */
function stays(month: PeriodBounds): SQL {
  return sql`(select * from (
    select *, lead(admitted_at) over (partition by resident_id order by admitted_at) as next_admission
    from encounters where class = 'INPATIENT' and resident_id in (
      select resident_id from encounters where class = 'INPATIENT' and ${during(sql`discharged_at`, month)})) all_stays
    where ${during(sql`discharged_at`, month)})`;
}

const readmitted = sql.raw(`next_admission <= discharged_at + interval '31 days'`);

const bare = (code: SQL) => sql`regexp_replace(upper(${code}), '[^A-Z0-9]', '', 'g') collate "C"`;

/** Whether a bare code lies in the range of a row; a category includes its codes (rules/icd10.ts). */
function lies(code: SQL, row: SQL): SQL {
  return sql`left(${code}, length(${row}.range_from)) >= ${row}.range_from and left(${code}, length(${row}.range_to)) <= ${row}.range_to`;
}

/** Referrals up or to an equal that were made in a month and not called back. */
function referralsOut(month: PeriodBounds): SQL {
  return sql`(select *, ${bare(sql`diagnosis->>'icd10'`)} as code from referrals
    where direction <> 'DOWN' and status <> 'CANCELLED' and ${during(sql`submitted_at`, month)})`;
}

const levelRank = (column: string) => sql.raw(`case ${column} when 'VILLAGE' then 1 when 'TOWNSHIP' then 2 else 3 end`);

/** The diseases that an institution is to treat: the newest catalogues of its alliances, its own level and those below. */
function catalogue({ until }: PeriodBounds): SQL {
  return sql`(select distinct i.id as institution_id, ${bare(sql`c.icd10_from`)} as range_from, ${bare(sql`c.icd10_to`)} as range_to
    from institutions i
    join alliance_memberships m on m.institution_id = i.id
      and m.joined_on < ${until}::timestamptz and coalesce(m.left_on, 'infinity') >= ${until}::timestamptz
    join (select *, max(version) over (partition by alliance_id, level) as newest from disease_catalogue_items) c
      on c.alliance_id = m.alliance_id and c.version = c.newest and ${levelRank('c.level')} <= ${levelRank('i.tier')})`;
}

/** Of each institution the catalogue disease that it refers away most; a referral without a visit of its own counts as a case too. */
function worstDiseases(month: PeriodBounds): SQL {
  return sql`(select distinct on (institution_id) * from (
      select k.institution_id, k.range_from, k.range_to, sum(m.part) as part, sum(m.whole) as whole
      from ${catalogue(month)} k join (
        select institution_id, ${bare(sql`diagnoses->0->>'icd10'`)} as code, 0 as part, count(*) as whole
        from encounters where ${during(sql`started_at`, month)} group by 1, 2
        union all
        select from_id, code, count(*), count(*) filter (where from_encounter_no is null)
        from ${referralsOut(month)} r group by 1, 2) m
      on m.institution_id = k.institution_id and ${lies(sql`m.code`, sql`k`)}
      group by 1, 2, 3) shares
    where whole > 0 order by institution_id, part / whole desc, range_from, range_to)`;
}

/** Prescriptions of a visit with an antibiotic: ATC group J01, as the insurance code of the drug says it. */
function antibioticsOf(select: SQL): SQL {
  return sql`${select} from prescriptions p cross join jsonb_array_elements(p.lines) line
    join drug_items d on d.id = line->>'drugId' and d.nhsa_drug_code like 'XJ01%'
    where p.resident_id = e.resident_id and p.encounter_no = e.no`;
}

function reports(month: PeriodBounds): SQL {
  return sql`(select * from diagnostic_reports where status <> 'CANCELLED' and ${during(sql`performed_time`, month)})`;
}
