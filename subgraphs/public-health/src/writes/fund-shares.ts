import type { Faults, Write } from '@hutong/kit';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { hospitalWeight, incrementPool, performanceWeight } from '../rules/fund-split.ts';
import type { AllocateFundsInput } from '../schema-types.ts';
import { evaluations } from '../tables/evaluation.ts';
import { gradeFactors } from '../tables/fund.ts';
import { indicatorSnapshots, regionPopulations } from '../tables/indicator.ts';
import { institutionProjections } from '../tables/projection.ts';
import { policyOf } from './contract-place.ts';

/** What a hospital's share of a fund is weighed by. */
export interface WeighedHospital {
  readonly institutionId: string;
  readonly base: string;
  readonly factor: string;
  readonly weight: string;
  readonly evaluationId: string | null;
}

type Snapshot = typeof indicatorSnapshots.$inferSelect;

/** The township hospitals of a fund with their weights, in order of their id (domain.md 3.9.2, 3.16). */
export async function weighHospitals(
  write: Write,
  input: AllocateFundsInput,
  faults: Faults,
): Promise<readonly WeighedHospital[]> {
  const snapshots = await snapshotsOf(write, input);
  input.institutionIds?.forEach((id, index) => {
    const isOnce = input.institutionIds?.indexOf(id) === index && snapshots.some(({ subjectId }) => subjectId === id);
    faults.expect(isOnce, 'VALIDATION_FAILED', `institutionIds.${index}`, own.unknown);
  });
  faults.expect(snapshots.length > 0, 'VALIDATION_FAILED', 'year', own.noFigures);
  const weighed =
    input.source === 'BPH_INCREMENT'
      ? snapshots.map(byContractService)
      : await byPerformance(write, input.year, snapshots, faults);
  const hasWeight = weighed.some(({ weight }) => Number(weight) > 0);
  faults.expect(snapshots.length === 0 || hasWeight, 'VALIDATION_FAILED', 'year', own.noWeight);
  return weighed;
}

/** Snapshots of the year of the region's township hospitals, or of those named among them. */
async function snapshotsOf({ tx }: Write, input: AllocateFundsInput): Promise<readonly Snapshot[]> {
  const { regionCode, year, institutionIds } = input;
  const hospitals = tx
    .select({ id: institutionProjections.id })
    .from(institutionProjections)
    .where(
      and(
        eq(institutionProjections.tier, 'TOWNSHIP'),
        sql`starts_with(${institutionProjections.regionCode}, ${regionCode})`,
        institutionIds ? inArray(institutionProjections.id, [...institutionIds]) : undefined,
      ),
    );
  return tx
    .select()
    .from(indicatorSnapshots)
    .where(
      and(
        eq(indicatorSnapshots.subjectType, 'INSTITUTION'),
        eq(indicatorSnapshots.periodType, 'YEAR'),
        eq(indicatorSnapshots.period, String(year)),
        inArray(indicatorSnapshots.subjectId, hospitals),
      ),
    )
    .orderBy(indicatorSnapshots.subjectId);
}

/** Signed × fulfilment rate × satisfaction (domain.md 3.9.2). */
function byContractService(snapshot: Snapshot): WeighedHospital {
  const base = String(snapshot.contracts ?? 0);
  const weight = hospitalWeight(snapshot);
  return { institutionId: snapshot.subjectId, base, factor: '1', weight, evaluationId: null };
}

/** Service population × factor of the grade of the published evaluation (domain.md 3.16). */
async function byPerformance(
  { tx }: Write,
  year: number,
  snapshots: readonly Snapshot[],
  faults: Faults,
): Promise<readonly WeighedHospital[]> {
  const ids = snapshots.map(({ subjectId }) => subjectId);
  const rows = await tx
    .select({ id: evaluations.id, subjectId: evaluations.subjectId, factor: gradeFactors.factor })
    .from(evaluations)
    .innerJoin(gradeFactors, eq(gradeFactors.grade, evaluations.grade))
    .where(
      and(
        eq(evaluations.status, 'PUBLISHED'),
        eq(evaluations.subjectType, 'INSTITUTION'),
        eq(evaluations.kind, 'ROUTINE'),
        eq(evaluations.period, String(year)),
        inArray(evaluations.subjectId, ids),
        sql`${gradeFactors.year} = (select max(f.year) from ${gradeFactors} f where f.year <= ${year})`,
      ),
    );
  const graded = new Map(rows.map((row) => [row.subjectId, row]));
  const missing = ids.filter((id) => !graded.has(id));
  faults.expect(missing.length === 0, 'VALIDATION_FAILED', 'year', own.ungraded(missing));
  return snapshots.map(({ subjectId, residentPopulation }) => {
    const { factor = '0', id = null } = graded.get(subjectId) ?? {};
    const base = residentPopulation ?? 0;
    return {
      institutionId: subjectId,
      base: String(base),
      factor,
      weight: performanceWeight(base, factor),
      evaluationId: id,
    };
  });
}

/** The pool that is given, or for the ten-yuan increment so many yuan a head of the service population (domain.md 3.9.2). */
export async function poolOf(write: Write, input: AllocateFundsInput, faults: Faults): Promise<string> {
  if (input.pool !== null && input.pool !== undefined) return input.pool;
  faults.expect(input.source === 'BPH_INCREMENT', 'VALIDATION_FAILED', 'pool', own.pool);
  const { regionCode, year, residents } = regionPopulations;
  const known = sql`(select max(p.year) from ${regionPopulations} p where p.region_code = ${input.regionCode} and p.year <= ${input.year})`;
  const [counted] = await write.tx
    .select({ population: sql<number | null>`sum(${residents})::integer` })
    .from(regionPopulations)
    .where(and(eq(regionCode, input.regionCode), sql`${year} = ${known}`));
  const population = counted?.population ?? 0;
  faults.expect(population > 0, 'VALIDATION_FAILED', 'regionCode', own.population);
  return incrementPool((await policyOf(write, input.regionCode)).subsidyPerHead, population);
}

const own = {
  unknown: {
    en: 'This is no township hospital of the region with figures of the year, or is given twice.',
    zh: '该机构不是本区划内有本年度指标的乡镇卫生院，或重复填写。',
  },
  noFigures: {
    en: 'No township hospital of the region has figures of this year.',
    zh: '本区划内无本年度有指标的乡镇卫生院。',
  },
  noWeight: {
    en: 'No hospital has a weight: there are neither signed residents with services and answers, nor people served.',
    zh: '各机构权重均为零：无签约履约与评价数据，或无服务人口。',
  },
  ungraded: (ids: readonly string[]) => ({
    en: `Without a graded evaluation of the year: ${ids.slice(0, 5).join(', ')}; run the evaluation first.`,
    zh: `以下机构无本年度有等级的评估：${ids.slice(0, 5).join('、')}，请先开展评估。`,
  }),
  pool: { en: 'The pool of this source is needed.', zh: '该资金来源须填写资金总额。' },
  population: {
    en: 'The population of the region is not known; give the pool.',
    zh: '该区划人口未知，请填写资金总额。',
  },
};
