import { copyRows, type SqlSession, stableId } from '@hutong/kit';
import { percent } from '../rules/percent.ts';
import {
  supervisionAlerts as supervisionAlertsOf,
  type SupervisedGroup,
  type SupervisionRuleId,
} from '../rules/supervision.ts';
import type { SupervisionAlertStatus } from '../schema-types.ts';
import { type DiseaseShareValue, resourceAssessments, supervisionAlerts } from '../tables/planning.ts';
import { providerShares } from '../tables/provider-share.ts';

interface CountyYear {
  readonly code: string;
  readonly period: string;
  readonly institutions: number;
  readonly beds: number;
  readonly equipment: number;
  readonly encounters: number;
  readonly spectrum: readonly { readonly icd10: string; readonly encounters: number }[];
}

/** Diseases by county and year, the ten most frequent; counts follow from the stored encounters. */
const countyYears = `
  with counted as (
    select i.county_code as code, to_char(e.started_at, 'YYYY') as period, e.diagnoses->0->>'icd10' as icd10, count(*) as encounters
    from encounters e join institutions i on i.id = e.institution_id where i.county_code is not null group by 1, 2, 3),
  ranked as (select *, row_number() over (partition by code, period order by encounters desc, icd10) as rank from counted where icd10 is not null)
  select s.subject_id as code, s.period, s.institutions, s.open_beds as beds,
    (select count(*)::integer from equipment q join institutions i on i.id = q.institution_id where i.county_code = s.subject_id) as equipment,
    s.visits + s.admissions as encounters,
    coalesce((select jsonb_agg(jsonb_build_object('icd10', r.icd10, 'encounters', r.encounters) order by r.rank)
      from ranked r where r.code = s.subject_id and r.period = s.period and r.rank <= 10), '[]'::jsonb) as spectrum
  from indicator_snapshots s where s.subject_type = 'REGION' and s.period_type = 'YEAR' and length(s.subject_id) = 6
  order by 1, 2`;

/** Assesses the resources of every county in every year 区域资源评估, from the stored rows. */
export async function assessResources(sql: SqlSession): Promise<number> {
  const years = await sql.unsafe<CountyYear[]>(countyYears);
  const before = new Map(years.map((year) => [`${year.code}/${Number(year.period) + 1}`, year]));
  return copyRows(
    sql,
    resourceAssessments,
    years.map((year) => {
      const last = before.get(`${year.code}/${year.period}`);
      return {
        id: stableId('ra', year.code, year.period),
        regionCode: year.code,
        period: year.period,
        institutionCount: year.institutions,
        beds: year.beds,
        equipmentCount: year.equipment,
        diseaseSpectrum: year.spectrum.map((disease, index) => shareOf(disease, index, year.encounters)),
        demandGrowth: last === undefined ? null : percent(year.encounters - last.encounters, last.encounters),
        findings: `共有机构${year.institutions}家、床位${year.beds}张、设备${year.equipment}台`,
      };
    }),
  );
}

function shareOf(
  disease: { readonly icd10: string; readonly encounters: number },
  index: number,
  all: number,
): DiseaseShareValue {
  const { icd10, encounters } = disease;
  return { rank: index + 1, icd10, encounters, share: percent(encounters, all) };
}

interface MeasuredMonth {
  readonly institution: string;
  readonly group: SupervisedGroup;
  readonly rule: SupervisionRuleId;
  readonly period: string;
  readonly part: string;
  readonly whole: string;
}

/** Figures of institutions and months by rule of supervision: of those that the snapshots or insurance's figures tell (domain.md 3.20). */
const measuredMonths = `
  with measured as (
    select s.subject_id as institution_id, rule.id as rule_id, s.period as month, rule.part, s.discharges as whole
    from indicator_snapshots s cross join lateral (values ('ALOS', s.bed_days), ('READMISSION_31', s.readmissions31)) rule(id, part)
    where s.subject_type = 'INSTITUTION' and s.period_type = 'MONTH' and s.discharges > 0
    union all
    select institution_id, rule_id, month, part, whole from (${providerShares}) shares where part > 0)
  select i.id as institution, case when i.is_primary_care then 'PRIMARY' else 'HOSPITAL' end as "group",
    m.rule_id as rule, m.month as period, m.part::text, m.whole::text
  from measured m join institutions i on i.id = m.institution_id
  order by 1, 3, 4`;

/** Raises an alert for every breach 监管预警; those of the last month are open, older ones are settled. */
export async function raiseAlerts(sql: SqlSession, asOf: string): Promise<number> {
  const months = await sql.unsafe<MeasuredMonth[]>(measuredMonths);
  const raised = months.flatMap(({ institution: institutionId, group, rule: ruleId, period, part, whole }) =>
    supervisionAlertsOf({ institutionId, group, period, measures: [{ ruleId, part, whole }] }, new Set()),
  );
  const lastMonth = asOf.slice(0, 7);
  return copyRows(
    sql,
    supervisionAlerts,
    raised.map((alert) => ({
      ...alert,
      id: stableId('sa', alert.institutionId, alert.ruleId, alert.period),
      raisedAt: asOf.startsWith(alert.period) ? asOf : firstOfNextMonth(alert.period),
      status: statusOf(alert.period, lastMonth),
      updatedAt: asOf,
    })),
  );
}

function statusOf(period: string, lastMonth: string): SupervisionAlertStatus {
  if (period === lastMonth) return 'OPEN';
  return period.slice(0, 4) === lastMonth.slice(0, 4) ? 'EXPLAINED' : 'CLOSED';
}

function firstOfNextMonth(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return `${next}-01T08:00:00+08:00`;
}
