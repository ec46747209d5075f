import type { Write } from '@hutong/kit';
import { Decimal } from 'decimal.js';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { DimensionCode, EvaluationScales, IndicatorScale } from '../rules/evaluation.ts';
import type { RunEvaluationInput } from '../schema-types.ts';
import { evaluationScales, evaluationWeights, indicatorTargets, type EvaluationScheme } from '../tables/evaluation.ts';

/** Gives the scales that count for a subject. */
export type ScalesOf = (subjectId: string) => EvaluationScales;

/**
 * The scales of a run: those of the newest configured year. Where a subject has targets of its own for a dimension, or else a region
 * around it, smallest first, these are the whole of the dimension (domain.md 3.15).
 */
export async function scalesOfRun(write: Write, input: RunEvaluationInput): Promise<ScalesOf> {
  const year = Number(input.period.slice(0, 4));
  const scheme = input.kind === 'CONTRACT_SERVICE' ? 'CONTRACT_SERVICE' : 'THREE_DIMENSIONS';
  const standing = await standingScales(write, year, scheme);
  if (scheme === 'CONTRACT_SERVICE') return () => standing;
  const targets = await targetsOf(write, year);
  return (subjectId) => {
    const around = input.subjectType === 'REGION' ? subjectId : input.regionCode;
    const own = [`${input.subjectType}/${subjectId}`, ...codesAround(around).map((code) => `REGION/${code}`)];
    return { ...standing, indicators: dimensions.flatMap((dimension) => scalesOf(dimension)) };

    function scalesOf(dimension: DimensionCode): readonly IndicatorScale[] {
      const ofDimension = own.map((key) => targets.get(`${key}/${dimension}`)).find((found) => found !== undefined);
      return ofDimension ?? standing.indicators.filter((scale) => scale.dimension === dimension);
    }
  };
}

/** A division code and all that begin it, longest first. */
function codesAround(code: string): readonly string[] {
  return Array.from(code, (_, index) => code.slice(0, code.length - index));
}

/** A number without the places that its column pads it with. */
function plain(number: string): string {
  return new Decimal(number).toString();
}

const dimensions: readonly DimensionCode[] = ['CAPABILITY', 'HEALTH', 'SATISFACTION'];

async function standingScales({ tx }: Write, year: number, scheme: EvaluationScheme): Promise<EvaluationScales> {
  const newest = sql`(select max(n.year) from ${evaluationWeights} n where n.year <= ${year} and n.scheme = ${scheme})`;
  const weights = await tx
    .select()
    .from(evaluationWeights)
    .where(and(eq(evaluationWeights.scheme, scheme), sql`${evaluationWeights.year} = ${newest}`));
  const years = weights.map((row) => row.year);
  const indicators = await tx
    .select()
    .from(evaluationScales)
    .where(and(eq(evaluationScales.scheme, scheme), inArray(evaluationScales.year, years)))
    .orderBy(evaluationScales.dimension, evaluationScales.code);
  return {
    weights: Object.fromEntries(weights.map(({ dimension, weight }) => [dimension, weight])),
    indicators: indicators.map(({ code, dimension, floor, target, weight }) => ({
      code,
      dimension,
      floor: plain(floor),
      target: plain(target),
      weight: plain(weight),
    })),
  };
}

/** Targets that count in evaluations of a year, by subject and dimension. */
async function targetsOf({ tx }: Write, year: number): Promise<ReadonlyMap<string, IndicatorScale[]>> {
  const { dimension, floor, weight, indicatorCode } = indicatorTargets;
  const rows = await tx
    .select()
    .from(indicatorTargets)
    .where(and(eq(indicatorTargets.year, year), isNotNull(dimension), isNotNull(floor), isNotNull(weight)))
    .orderBy(indicatorCode);
  const scales = new Map<string, IndicatorScale[]>();
  for (const row of rows) {
    if (row.dimension === null || row.floor === null || row.weight === null) continue;
    const key = `${row.subjectType}/${row.subjectId}/${row.dimension}`;
    const { indicatorCode: code, dimension: ofDimension } = row;
    const numbers = { floor: plain(row.floor), target: plain(row.value), weight: plain(row.weight) };
    scales.set(key, [...(scales.get(key) ?? []), { code, dimension: ofDimension, ...numbers }]);
  }
  return scales;
}
