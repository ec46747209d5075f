import { copyRows, type SqlSession, stableId } from '@hutong/kit';
import { percent } from '../rules/percent.ts';
import type { SupervisionAlertStatus } from '../schema-types.ts';
import { type DiseaseShareValue, resourceAssessments, supervisionAlerts } from '../tables/planning.ts';

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

interface Breach {
  readonly institution: string;
  readonly rule: 'ALOS' | 'READMISSION_31';
  readonly period: string;
  readonly value: string;
}

const thresholds = { ALOS: '9.00', READMISSION_31: '3.00' } as const;
const metrics = { ALOS: '平均住院日', READMISSION_31: '31日内再入院率' } as const;

/** Months in which an institution broke a rule of supervision that its own rows can tell (domain.md 3.20). */
const breaches = `
  select subject_id as institution, 'ALOS' as rule, period, round(bed_days::numeric / discharges, 2)::text as value
  from indicator_snapshots where subject_type = 'INSTITUTION' and period_type = 'MONTH' and discharges > 0 and bed_days > 9 * discharges
  union all
  select subject_id, 'READMISSION_31', period, round(readmissions31 * 100.0 / discharges, 2)::text
  from indicator_snapshots where subject_type = 'INSTITUTION' and period_type = 'MONTH' and discharges > 0 and readmissions31 * 100 > 3 * discharges
  order by 1, 2, 3`;

/** Raises an alert for every breach 监管预警; those of the last month are open, older ones are settled. */
export async function raiseAlerts(sql: SqlSession, asOf: string): Promise<number> {
  const found = await sql.unsafe<Breach[]>(breaches);
  const lastMonth = asOf.slice(0, 7);
  return copyRows(
    sql,
    supervisionAlerts,
    found.map(({ institution, rule, period, value }) => ({
      id: stableId('sa', institution, rule, period),
      institutionId: institution,
      ruleId: rule,
      metric: metrics[rule],
      value,
      threshold: thresholds[rule],
      period,
      raisedAt: asOf.startsWith(period) ? asOf : firstOfNextMonth(period),
      status: statusOf(period, lastMonth),
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
