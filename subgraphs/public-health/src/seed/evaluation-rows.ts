import { copyRows, stableId, stableInteger, type SqlSession } from '@hutong/kit';
import {
  evaluate,
  gapsOf,
  ranksOf,
  recommendationsOf,
  type EvaluationScales,
  type ScoredEvaluation,
} from '../rules/evaluation.ts';
import { hospitalWeight, incrementPool, splitPool } from '../rules/fund-split.ts';
import { countedColumns, countedValues, snapshotValues, type SnapshotCounts } from '../rules/snapshot-values.ts';
import type { SubjectType } from '../schema-types.ts';
import { evaluations } from '../tables/evaluation.ts';
import { fundAllocationRows, fundAllocations } from '../tables/fund.ts';
import { scaleRows, weightRows } from './catalogue-rows.ts';

interface YearRow extends SnapshotCounts {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly period: string;
  /** Division in which it is ranked. */
  readonly place: string;
}

/** Evaluations of a year for townships up, institutions and alliances, with their rank among their like in the county or city. */
export async function fillEvaluations(sql: SqlSession, year: number): Promise<number> {
  const evaluatedAt = `${year}-12-31T23:00:00+08:00`;
  const scales = scalesOf(year);
  const scored = (await yearRows(sql, year)).map((row) => ({ row, result: evaluate(valuesOf(row), scales) }));
  const groups = groupBy(
    scored,
    ({ row }) => `${row.place}/${row.subjectType}/${row.subjectType === 'REGION' ? row.subjectId.length : ''}`,
  );
  const rows = [...groups.values()].flatMap((group) => {
    const ranks = ranksOf(group.map(({ result }) => result.total));
    return group.map(({ row, result }, index) => {
      const rank = group.length === 1 ? null : (ranks[index] ?? null);
      return evaluationRow(row, result, { rank, evaluatedAt });
    });
  });
  return copyRows(sql, evaluations, rows);
}

function scalesOf(year: number): EvaluationScales {
  return {
    weights: Object.fromEntries(
      weightRows(year)
        .filter(({ scheme }) => scheme === undefined)
        .map(({ dimension, weight }) => [dimension, weight]),
    ),
    indicators: scaleRows(year).filter(({ scheme }) => scheme === undefined),
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

function evaluationRow(
  row: YearRow,
  result: ScoredEvaluation,
  { rank, evaluatedAt }: { readonly rank: number | null; readonly evaluatedAt: string },
): typeof evaluations.$inferInsert {
  const counted = countedValues(row);
  return {
    id: stableId('ev', row.subjectType, row.subjectId, row.period),
    regionCode: row.place,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    period: row.period,
    kind: row.subjectType === 'ALLIANCE' ? 'ALLIANCE' : 'ROUTINE',
    status: 'PUBLISHED',
    evaluatedAt,
    dimensions: result.dimensions.map(({ code, weight, score, indicators: own }) => ({
      code,
      weight,
      score,
      indicators: own.map(({ dimension: _dimension, ...indicator }) => {
        const made = counted.get(indicator.code);
        const source = indicator.value === null ? null : made === undefined ? 'GIVEN' : 'SNAPSHOT';
        return { ...indicator, numerator: made?.numerator ?? null, denominator: made?.denominator ?? null, source };
      }),
    })),
    total: result.total,
    grade: result.grade,
    rank,
    gaps: gapsOf(result),
    recommendations: recommendationsOf(result),
  };
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
    const weighted = members.map(({ institution }) => {
      const figures = byId.get(institution);
      return {
        institution,
        base: String(figures?.contracts ?? 0),
        weight: figures === undefined ? '0' : hospitalWeight(figures),
      };
    });
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
      approvedOn: `${year}-11-20`,
      paidOn: `${year}-12-01`,
      status: 'PAID',
      updatedAt: `${year}-12-01T09:00:00+08:00`,
    });
    for (const [index, { institution, base, weight }] of weighted.entries()) {
      const amount = amounts[index] ?? '0.00';
      shares.push({
        allocationId: id,
        no: index + 1,
        year,
        regionCode: county,
        institutionId: institution,
        base,
        weight,
        factor: '1.0000',
        amount,
        confirmedOn: `${year}-12-05`,
      });
    }
  }
  await copyRows(sql, fundAllocations, allocations);
  return copyRows(sql, fundAllocationRows, shares);
}

/** Counts of the year's snapshots; a place ranks what lies in its county, and counties in their city. */
async function yearRows(sql: SqlSession, year: number): Promise<readonly YearRow[]> {
  const columns = countedColumns.map((column) => `${snakeCase(column)} as "${column}"`).join(', ');
  return sql.unsafe<YearRow[]>(`
    select subject_type as "subjectType", subject_id as "subjectId", period, ${columns}, coalesce(case subject_type
        when 'REGION' then left(subject_id, case when length(subject_id) > 6 then 6 else 4 end)
        when 'INSTITUTION' then (select left(p.region_code, 6) from institution_projections p where p.id = subject_id)
        else (select min(left(p.region_code, 6)) from alliance_members m
          join institution_projections p on p.id = m.institution_id where m.alliance_id = subject_id) end, '') as place
    from indicator_snapshots
    where period_type = 'YEAR' and period = '${Math.trunc(year)}'
    order by subject_type, subject_id`);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
