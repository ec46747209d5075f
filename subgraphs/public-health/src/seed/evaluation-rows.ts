import { copyRows, stableId, stableInteger, type SqlSession } from '@hutong/kit';
import { evaluate, ranksOf, type EvaluationScales, type ScoredEvaluation } from '../rules/evaluation.ts';
import { incrementPool, incrementWeight, splitPool } from '../rules/fund-split.ts';
import { snapshotValues, type SnapshotCounts } from '../rules/snapshot-values.ts';
import type { SubjectType } from '../schema-types.ts';
import { evaluations, fundAllocationRows, fundAllocations } from '../tables/evaluation.ts';
import { scaleRows, weightRows } from './catalogue-rows.ts';

interface YearRow extends SnapshotCounts {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly period: string;
  readonly contracts: number;
  readonly fulfilmentDue: number;
  readonly fulfilled: number;
}

/** Evaluations of a year for townships up, institutions and alliances, with their rank among their like. */
export async function fillEvaluations(sql: SqlSession, year: number): Promise<number> {
  const scales = scalesOf(year);
  const scored = (await yearRows(sql, year)).map((row) => ({ row, result: evaluate(valuesOf(row), scales) }));
  const groups = groupBy(
    scored,
    ({ row }) => `${row.subjectType}/${row.subjectType === 'REGION' ? row.subjectId.length : ''}`,
  );
  const rows = [...groups.values()].flatMap((group) => {
    const ranks = ranksOf(group.map(({ result }) => result.total));
    return group.map(({ row, result }, index) => evaluationRow(row, result, ranks[index] ?? null));
  });
  return copyRows(sql, evaluations, rows);
}

function scalesOf(year: number): EvaluationScales {
  return {
    weights: Object.fromEntries(weightRows(year).map(({ dimension, weight }) => [dimension, weight])),
    indicators: scaleRows(year),
  };
}

/** What the other subgraphs would deliver is drawn here: an evaluation is a finding of its day, stored with its values. */
function valuesOf(row: YearRow): ReadonlyMap<string, string | null> {
  const path = [row.subjectId, row.period] as const;
  const capability = `${stableInteger(58, 96, 'capability', ...path)}.00`;
  const seconded = `${stableInteger(20, 110, 'seconded', ...path) / 100}`;
  const fund = `${stableInteger(700, 1900, 'fund', ...path)}.00`;
  return new Map([...snapshotValues(row), ['CAPABILITY', capability], ['C-04', seconded], ['I-08', fund]]);
}

function evaluationRow(row: YearRow, result: ScoredEvaluation, rank: number | null): typeof evaluations.$inferInsert {
  const indicators = result.dimensions.flatMap((dimension) => dimension.indicators);
  return {
    id: stableId('ev', row.subjectType, row.subjectId, row.period),
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    period: row.period,
    kind: row.subjectType === 'ALLIANCE' ? 'ALLIANCE' : 'ROUTINE',
    dimensions: result.dimensions.map(({ code, weight, score, indicators: own }) => ({
      code,
      weight,
      score,
      indicators: own.map(({ dimension: _dimension, ...indicator }) => indicator),
    })),
    total: result.total,
    grade: result.grade,
    rank,
    gaps: indicators.filter(({ score }) => score !== null && Number(score) < 60).map(({ code }) => code),
    recommendations: recommendationsOf(result),
  };
}

/** Recommendation rules of domain.md 3.15.5, as far as the indicators of the scales tell. */
function recommendationsOf({ dimensions }: ScoredEvaluation): string[] {
  const score = (code: string) =>
    dimensions.flatMap(({ indicators }) => indicators).find((indicator) => indicator.code === code)?.score ?? null;
  const satisfaction = dimensions.find(({ code }) => code === 'SATISFACTION')?.score ?? null;
  return [
    ...(below(score('C-04'), 60) ? ['加大定向培养'] : []),
    ...(below(score('P-06'), 60) || below(score('P-08'), 60) ? ['加强慢病团队'] : []),
    ...(below(satisfaction, 70) ? ['督查整改'] : []),
  ];
}

function below(value: string | null, limit: number): boolean {
  return value !== null && Number(value) < limit;
}

/** Yuan a head of the new subsidy [pd: the seed's figure] (domain.md 3.9.2). */
const yuanPerHead = '10.00';

/** The new subsidy of each county, shared out to its township hospitals by signed × fulfilment rate × satisfaction (domain.md 3.9.2). */
export async function fillFundAllocations(sql: SqlSession, year: number): Promise<number> {
  const hospitals = (await yearRows(sql, year)).filter(({ subjectType }) => subjectType === 'INSTITUTION');
  const places = await sql<{ institution: string; county: string; population: number }[]>`
    select h.institution, h.county, sum(p.residents)::integer as population
    from (
      select distinct on (serving_institution_id) serving_institution_id as institution, left(region_code, 6) as county
      from residents where serving_institution_id is not null
      group by 1, 2 order by 1, count(*) desc, 2
    ) h join region_populations p on p.region_code = h.county
    group by 1, 2 order by 2, 1`;
  const byId = new Map(hospitals.map((row) => [row.subjectId, row]));
  const allocations: (typeof fundAllocations.$inferInsert)[] = [];
  const shares: (typeof fundAllocationRows.$inferInsert)[] = [];
  for (const [county, members] of groupBy(places, (one) => one.county)) {
    const weighted = members.map(({ institution }) => ({ institution, weight: weightOf(byId.get(institution)) }));
    if (weighted.every(({ weight }) => Number(weight) === 0)) continue;
    const pool = incrementPool(yuanPerHead, members[0]?.population ?? 0);
    const amounts = splitPool(
      pool,
      weighted.map(({ weight }) => weight),
    );
    const id = stableId('fa', county, year);
    allocations.push({
      id,
      source: 'BPH_INCREMENT',
      regionCode: county,
      year,
      pool,
      basisEvaluationId: stableId('ev', 'REGION', county, year),
      approvedBy: 'FINANCE',
      status: 'PAID',
    });
    for (const [index, { institution, weight }] of weighted.entries()) {
      const amount = amounts[index] ?? '0.00';
      shares.push({
        allocationId: id,
        no: index + 1,
        year,
        institutionId: institution,
        weight,
        factor: '1.0000',
        amount,
      });
    }
  }
  await copyRows(sql, fundAllocations, allocations);
  return copyRows(sql, fundAllocationRows, shares);
}

function weightOf(row: YearRow | undefined): string {
  if (row === undefined || row.fulfilmentDue === 0 || row.satisfactionScore === null) return '0';
  const rate = (row.fulfilled / row.fulfilmentDue).toFixed(4);
  return incrementWeight(row.contracts, rate, (Number(row.satisfactionScore) / 100).toFixed(4));
}

async function yearRows(sql: SqlSession, year: number): Promise<readonly YearRow[]> {
  return sql<YearRow[]>`
    select subject_type as "subjectType", subject_id as "subjectId", period, resident_population as "residentPopulation",
      contracts, fulfilment_due as "fulfilmentDue", fulfilled, htn_managed as "htnManaged",
      htn_standardised as "htnStandardised", htn_controlled as "htnControlled", dm_managed as "dmManaged",
      dm_standardised as "dmStandardised", dm_controlled as "dmControlled", elderly, elderly_managed as "elderlyManaged",
      satisfaction_score as "satisfactionScore", complaints_due as "complaintsDue",
      complaints_resolved as "complaintsResolved"
    from indicator_snapshots
    where period_type = 'YEAR' and period = ${String(year)}
    order by subject_type, subject_id`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}
