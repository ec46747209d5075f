import { addDays, addMonths } from './calendar.ts';

/** What rule 3.12 looks at. */
export interface SecondmentTerms {
  readonly titleLevelAtStart: string;
  readonly startOn: string;
  readonly plannedEndOn: string;
  readonly actualEndOn: string | null;
  readonly fullTime: boolean;
  /** Days a week of a part-time secondment. */
  readonly daysPerWeek: string | null;
}

const longMonths = 18;
const shortMonths = 6;
const leastDaysPerWeek = 3;
const midAndAbove: ReadonlySet<string> = new Set(['SENIOR', 'ASSOCIATE_SENIOR', 'MID']);

/** Tells a title of mid-level and above 中级及以上 (VS-53 code ≤ 3). */
export function isMidOrAbove(titleLevel: string): boolean {
  return midAndAbove.has(titleLevel);
}

/** A long-term secondment that counts (domain.md 3.12): mid-level or above, 18 months or more, full time or three days a week. */
export function isCompliant(terms: SecondmentTerms): boolean {
  const dense = terms.fullTime || Number(terms.daysPerWeek ?? 0) >= leastDaysPerWeek;
  const long = addDays(endOf(terms), 1) >= addMonths(terms.startOn, longMonths);
  return isMidOrAbove(terms.titleLevelAtStart) && long && dense;
}

/** Counts for the national six-month indicator 2.1 (domain.md 3.12, 3.23): mid-level or above and longer than six months. */
export function isOverSixMonths(terms: SecondmentTerms): boolean {
  return isMidOrAbove(terms.titleLevelAtStart) && addDays(endOf(terms), 1) > addMonths(terms.startOn, shortMonths);
}

/** Whether a number of compliant secondments meets its target; a strict target must be exceeded. */
export function meetsTarget(compliant: number, target: { readonly target: number; readonly strict: boolean }): boolean {
  return target.strict ? compliant > target.target : compliant >= target.target;
}

/** The planned end while it runs, the actual end when it has ended. */
function endOf({ plannedEndOn, actualEndOn }: SecondmentTerms): string {
  return actualEndOn ?? plannedEndOn;
}
