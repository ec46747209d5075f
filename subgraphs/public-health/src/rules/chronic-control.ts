import { addDays, ageAt, daysBetween } from './contract-term.ts';
import { percent } from './fulfilment-plan.ts';

/** The two diseases of standardised management. */
export type ManagedDisease = 'HTN' | 'T2DM';

/** Readings of one follow-up: mmHg and mmol/L as decimal text; null when not taken. */
export interface Reading {
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly fbg: string | null;
  readonly warningSigns: boolean;
}

export type Control = 'CONTROLLED' | 'UNCONTROLLED' | 'UNKNOWN';

/** What a follow-up leads to (domain.md 3.10). */
export interface FollowUpOutcome {
  readonly control: Control;
  readonly referralAdvised: boolean;
  readonly reason: 'ACUTE_CRITICAL' | 'CONTROL' | null;
  /** VS-39: 1 satisfied, 2 not satisfied. */
  readonly classification: '1' | '2' | null;
  readonly nextDue: string;
}

const FOUR_PER_YEAR_DAYS = 90;
const TWO_WEEKS = 14;
const SPACING_DAYS = 30;

/** Whether a reading is controlled, by the age on the day of the reading (domain.md 3.10, 3.23). */
export function controlOf(disease: ManagedDisease, reading: Reading, age: number): Control {
  if (disease === 'T2DM') {
    if (reading.fbg === null) return 'UNKNOWN';
    return Number(reading.fbg) < 7 ? 'CONTROLLED' : 'UNCONTROLLED';
  }
  if (reading.sbp === null || reading.dbp === null) return 'UNKNOWN';
  const limit = age >= 65 ? 150 : 140;
  return reading.sbp < limit && reading.dbp < 90 ? 'CONTROLLED' : 'UNCONTROLLED';
}

/** Control, referral and next date of a follow-up, given the control of the one before (domain.md 3.10). */
export function followUpOutcome(
  disease: ManagedDisease,
  reading: Reading,
  person: { readonly birthDate: string; readonly previous: Control | null },
  on: string,
): FollowUpOutcome {
  const control = controlOf(disease, reading, ageAt(person.birthDate, on));
  const emergency = isEmergency(disease, reading);
  const twice = control === 'UNCONTROLLED' && person.previous === 'UNCONTROLLED';
  const soon = emergency || control === 'UNCONTROLLED';
  return {
    control,
    referralAdvised: emergency || twice,
    reason: emergency ? 'ACUTE_CRITICAL' : twice ? 'CONTROL' : null,
    classification: control === 'UNKNOWN' ? null : control === 'CONTROLLED' ? '1' : '2',
    nextDue: addDays(on, soon ? TWO_WEEKS : FOUR_PER_YEAR_DAYS),
  };
}

/** How much a person enrolled on a date needs in the year of `year` (domain.md 3.10). */
export function requiredInYear(
  enrolledOn: string,
  year: number,
): { readonly followUps: number; readonly exam: boolean } {
  const enrolledYear = Number(enrolledOn.slice(0, 4));
  if (enrolledYear > year) return { followUps: 0, exam: false };
  const monthsLeft = enrolledYear < year ? 12 : 13 - Number(enrolledOn.slice(5, 7));
  return { followUps: Math.ceil((4 * monthsLeft) / 12), exam: monthsLeft >= 6 };
}

/** One follow-up of a year as the standard counts it. */
export interface CountedFollowUp {
  readonly on: string;
  readonly mode: 'FACE' | 'HOME' | 'PHONE' | 'ONLINE';
  readonly fbgTaken: boolean;
}

/** Whether the management of an enrolment was standardised in a year (domain.md 3.10). */
export function isStandardised(
  disease: ManagedDisease,
  enrolledOn: string,
  year: number,
  done: { readonly followUps: readonly CountedFollowUp[]; readonly exams: number },
): boolean {
  const required = requiredInYear(enrolledOn, year);
  const face = spaced(done.followUps.filter((one) => one.mode === 'FACE' || one.mode === 'HOME'));
  const glucose = done.followUps.filter((one) => one.fbgTaken).length;
  const visits = face >= required.followUps && (disease === 'HTN' || glucose >= required.followUps);
  return visits && (!required.exam || done.exams >= 1);
}

/** One managed person of a year. */
export interface ManagedCase {
  readonly standardised: boolean;
  readonly lastControl: Control;
}

/** Standardised and control rate of the managed, percent; no reading counts as not controlled (domain.md 3.10). */
export function managementRates(cases: readonly ManagedCase[]): {
  readonly standardised: string | null;
  readonly controlled: string | null;
} {
  if (cases.length === 0) return { standardised: null, controlled: null };
  const standardised = cases.filter((one) => one.standardised).length;
  const controlled = cases.filter((one) => one.lastControl === 'CONTROLLED').length;
  return { standardised: percent(standardised, cases.length), controlled: percent(controlled, cases.length) };
}

function isEmergency(disease: ManagedDisease, reading: Reading): boolean {
  if (reading.warningSigns) return true;
  if (disease === 'T2DM') {
    return reading.fbg !== null && (Number(reading.fbg) >= 16.7 || Number(reading.fbg) <= 3.9);
  }
  return (reading.sbp ?? 0) >= 180 || (reading.dbp ?? 0) >= 110;
}

/** Counted follow-ups lie at least 30 days apart. */
function spaced(followUps: readonly CountedFollowUp[]): number {
  let last: string | null = null;
  let count = 0;
  for (const on of followUps.map((one) => one.on).toSorted()) {
    if (last !== null && daysBetween(last, on) < SPACING_DAYS) continue;
    last = on;
    count += 1;
  }
  return count;
}
