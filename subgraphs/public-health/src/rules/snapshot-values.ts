import { Decimal } from 'decimal.js';

/** Codes, numerator, denominator and factor of the indicators that public health counts (domain.md §4). */
const shares = [
  ['F-01', 'contracts', 'residentPopulation', 100],
  ['F-02', 'focusContracts', 'focusResidents', 100],
  ['F-03', 'renewed', 'contractsEnded', 100],
  ['F-04', 'fulfilled', 'fulfilmentDue', 100],
  ['F-05', 'truthful', 'truthChecks', 100],
  ['F-08', 'vulnerableVisited', 'vulnerableContracts', 100],
  ['P-01', 'healthRecords', 'residentPopulation', 100],
  ['P-02', 'recordsDynamic', 'healthRecords', 100],
  ['P-03', 'elderlyManaged', 'elderly', 100],
  ['P-05', 'htnStandardised', 'htnManaged', 100],
  ['P-06', 'htnControlled', 'htnManaged', 100],
  ['P-07', 'dmStandardised', 'dmManaged', 100],
  ['P-08', 'dmControlled', 'dmManaged', 100],
  ['P-09', 'maternalManaged', 'deliveries', 100],
  ['P-10', 'childrenManaged', 'children', 100],
  ['P-11', 'immunisationsGiven', 'immunisationsDue', 100],
  ['P-12', 'mentalStandardised', 'mentalRegistered', 100],
  ['P-13', 'tbManaged', 'tbNotified', 100],
  ['P-14', 'infectiousTimely', 'infectiousReports', 100],
  ['S-05', 'complaintsResolved', 'complaintsDue', 100],
] as const;

type CountColumn = (typeof shares)[number][1 | 2];

/** The counts and sums of a snapshot that an evaluation reads; those of other subgraphs may be missing. */
export type SnapshotCounts = Readonly<Record<CountColumn, number | null>> & {
  readonly satisfactionScore: string | null;
  readonly capabilityScore?: string | null | undefined;
  readonly secondedLong?: number | null | undefined;
  readonly fundPaid?: string | null | undefined;
};

/** The columns of public health that an evaluation reads. */
export const countedColumns: readonly (CountColumn | 'satisfactionScore')[] = [
  ...new Set(shares.flatMap(([, numerator, denominator]) => [numerator, denominator])),
  'satisfactionScore',
];

/** The value of an indicator and what it was made of. */
export interface CountedValue {
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
}

/** What public health counts of a subject, by indicator; values null without a denominator (domain.md 3.0.3). */
export function countedValues(counts: Partial<SnapshotCounts>): ReadonlyMap<string, CountedValue> {
  const counted = shares.map(([code, numerator, denominator, factor]) => {
    const of = (column: CountColumn) => (typeof counts[column] === 'number' ? String(counts[column]) : null);
    const value = ratio(counts[numerator], counts[denominator] ?? null, factor);
    return [code, { value, numerator: of(numerator), denominator: of(denominator) }] as const;
  });
  const satisfaction = { value: counts.satisfactionScore ?? null, numerator: null, denominator: null };
  return new Map<string, CountedValue>([...counted, ['F-06', satisfaction]]);
}

/** Indicator values of a snapshot by code (domain.md §4), as far as its columns tell. */
export function snapshotValues(counts: Partial<SnapshotCounts>): ReadonlyMap<string, string | null> {
  const { residentPopulation = null } = counts;
  return new Map([
    ['CAPABILITY', counts.capabilityScore ?? null],
    ['C-04', ratio(counts.secondedLong, residentPopulation, 10_000)],
    ['I-08', ratio(counts.fundPaid, residentPopulation, 1)],
    ...[...countedValues(counts)].map(([code, { value }]) => [code, value] as const),
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
