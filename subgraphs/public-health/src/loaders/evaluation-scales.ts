import { sql } from 'drizzle-orm';
import type { Query } from '@hutong/kit';
import type { EvaluationDimensionCode } from '../schema-types.ts';
import { textList } from './key-columns.ts';

/** The scales and weights of a year, as rule 3.15 takes them. */
export interface StoredScales {
  readonly weights: Readonly<Partial<Record<EvaluationDimensionCode, string>>>;
  readonly indicators: readonly {
    readonly code: string;
    readonly dimension: EvaluationDimensionCode;
    readonly floor: string;
    readonly target: string;
    readonly weight: string;
  }[];
}

/** Scales and weights in force in years: those of the newest configured year not later. Keys: year. */
export async function loadEvaluationScales(
  years: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, StoredScales>> {
  const rows = await query(sql`
    select k.year, w.dimension, w.weight, s.code, s.floor, s.target, s.weight
    from unnest(${textList(years)}) as k(year)
    join evaluation_weights w
      on w.year = (select max(n.year) from evaluation_weights n where n.year <= k.year::integer and n.scheme = 'THREE_DIMENSIONS')
    join evaluation_scales s on s.year = w.year and s.dimension = w.dimension and s.scheme = w.scheme
    where w.scheme = 'THREE_DIMENSIONS'
    order by k.year, w.dimension, s.code`);
  const scales = new Map<string, StoredScales>();
  for (const [year, dimension, dimensionWeight, code, floor, target, weight] of rows) {
    const ofYear = scales.get(String(year)) ?? { weights: {}, indicators: [] };
    scales.set(String(year), {
      weights: { ...ofYear.weights, [String(dimension)]: String(dimensionWeight) },
      indicators: [
        ...ofYear.indicators,
        {
          code: String(code),
          dimension: dimension as EvaluationDimensionCode,
          floor: String(floor),
          target: String(target),
          weight: String(weight),
        },
      ],
    });
  }
  return scales;
}
