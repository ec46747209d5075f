import { Decimal } from 'decimal.js';

/** The counts and sums of a snapshot that an evaluation reads; those of other subgraphs may be missing. */
export interface SnapshotCounts {
  readonly residentPopulation: number | null;
  readonly htnManaged: number | null;
  readonly htnStandardised: number | null;
  readonly htnControlled: number | null;
  readonly dmManaged: number | null;
  readonly dmStandardised: number | null;
  readonly dmControlled: number | null;
  readonly elderly: number | null;
  readonly elderlyManaged: number | null;
  readonly satisfactionScore: string | null;
  readonly complaintsDue: number | null;
  readonly complaintsResolved: number | null;
  readonly capabilityScore?: string | null | undefined;
  readonly secondedLong?: number | null | undefined;
  readonly fundPaid?: string | null | undefined;
}

/** Indicator values of a snapshot by code (domain.md §4), as far as its columns tell; null without a denominator (3.0.3). */
export function snapshotValues(counts: SnapshotCounts): ReadonlyMap<string, string | null> {
  const { residentPopulation } = counts;
  return new Map([
    ['CAPABILITY', counts.capabilityScore ?? null],
    ['C-04', ratio(counts.secondedLong, residentPopulation, 10_000)],
    ['I-08', ratio(counts.fundPaid, residentPopulation, 1)],
    ['P-03', ratio(counts.elderlyManaged, counts.elderly, 100)],
    ['P-05', ratio(counts.htnStandardised, counts.htnManaged, 100)],
    ['P-06', ratio(counts.htnControlled, counts.htnManaged, 100)],
    ['P-07', ratio(counts.dmStandardised, counts.dmManaged, 100)],
    ['P-08', ratio(counts.dmControlled, counts.dmManaged, 100)],
    ['F-06', counts.satisfactionScore],
    ['S-05', ratio(counts.complaintsResolved, counts.complaintsDue, 100)],
  ]);
}

function ratio(
  numerator: number | string | null | undefined,
  denominator: number | null,
  factor: number,
): string | null {
  if (numerator === null || numerator === undefined || denominator === null || denominator === 0) return null;
  return new Decimal(numerator).mul(factor).div(denominator).toFixed(2, Decimal.ROUND_HALF_UP);
}
