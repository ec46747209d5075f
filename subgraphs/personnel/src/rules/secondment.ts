import { addDays, addMonths } from './calendar.ts';
import { decideClosing } from './closing.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { overlaps } from './interval.ts';

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

/** Least days a week of a part-time secondment that counts (domain.md 3.12, product default). */
export const DEFAULT_SECONDMENT_DAYS_PER_WEEK = 3;

const longMonths = 18;
const shortMonths = 6;
const daysOfAWeek = 7;
const midAndAbove: ReadonlySet<string> = new Set(['SENIOR', 'ASSOCIATE_SENIOR', 'MID']);

/** Tells a title of mid-level and above 中级及以上 (VS-53 code ≤ 3). */
export function isMidOrAbove(titleLevel: string): boolean {
  return midAndAbove.has(titleLevel);
}

/** A long-term secondment that counts (domain.md 3.12): mid-level or above, 18 months or more, full time or three days a week. */
export function isCompliant(
  terms: SecondmentTerms,
  leastDaysPerWeek: number = DEFAULT_SECONDMENT_DAYS_PER_WEEK,
): boolean {
  const dense = terms.fullTime || Number(terms.daysPerWeek ?? 0) >= leastDaysPerWeek;
  const long = addDays(endOf(terms), 1) >= addMonths(terms.startOn, longMonths);
  return isMidOrAbove(terms.titleLevelAtStart) && long && dense;
}

/** Counts for the national six-month indicator 2.1 (domain.md 3.12, 3.23): mid-level or above and longer than six months. */
export function isOverSixMonths(terms: SecondmentTerms): boolean {
  return isMidOrAbove(terms.titleLevelAtStart) && addDays(endOf(terms), 1) > addMonths(terms.startOn, shortMonths);
}

/** Whether a number of compliant secondments meets its target (domain.md 3.12); a strict target must be exceeded. */
export function meetsTarget(compliant: number, target: { readonly target: number; readonly strict: boolean }): boolean {
  return target.strict ? compliant > target.target : compliant >= target.target;
}

/** Days of a secondment: where it starts, where it was to end, where it ended. */
export type SecondmentDays = Pick<SecondmentTerms, 'startOn' | 'plannedEndOn' | 'actualEndOn'>;

/** A secondment asked for. */
export interface SecondmentRequest extends Omit<SecondmentTerms, 'actualEndOn' | 'titleLevelAtStart'> {
  readonly fromId: string;
  readonly toId: string;
}

/** Whether a secondment may be made (domain.md 3.12): in order, elsewhere, its days a week told, beside no other of the person. */
export function decideSecondment(request: SecondmentRequest, others: readonly SecondmentDays[]): Decision {
  const { fromId, toId, startOn, plannedEndOn } = request;
  const planned = { startOn, plannedEndOn, actualEndOn: null };
  return firstRefusal([
    fromId === toId ? refuse('VALIDATION_FAILED', 'toId') : ALLOWED,
    plannedEndOn < startOn ? refuse('VALIDATION_FAILED', 'plannedEndOn') : ALLOWED,
    hasRightDaysPerWeek(request) ? ALLOWED : refuse('VALIDATION_FAILED', 'daysPerWeek'),
    others.some((other) => meet(planned, other)) ? refuse('SCHEDULE_CONFLICT', 'startOn') : ALLOWED,
  ]);
}

/** Whether a secondment may end on a day (domain.md 3.12): also after its planned end, unless the person is then elsewhere. */
export function decideSecondmentEnd(
  secondment: SecondmentDays,
  actualEndOn: string,
  today: string,
  others: readonly SecondmentDays[],
): Decision {
  const closable = { from: secondment.startOn, closed: secondment.actualEndOn !== null };
  return firstRefusal([
    decideClosing(closable, actualEndOn, today, 'actualEndOn'),
    others.some((other) => meet({ ...secondment, actualEndOn }, other))
      ? refuse('SCHEDULE_CONFLICT', 'actualEndOn')
      : ALLOWED,
  ]);
}

function hasRightDaysPerWeek({ fullTime, daysPerWeek }: SecondmentRequest): boolean {
  if (daysPerWeek === null) return fullTime;
  return Number(daysPerWeek) > 0 && Number(daysPerWeek) <= daysOfAWeek;
}

function meet(one: SecondmentDays, other: SecondmentDays): boolean {
  return overlaps({ from: one.startOn, to: endOf(one) }, { from: other.startOn, to: endOf(other) });
}

/** The planned end while it runs, the actual end when it has ended. */
function endOf({ plannedEndOn, actualEndOn }: SecondmentDays): string {
  return actualEndOn ?? plannedEndOn;
}
