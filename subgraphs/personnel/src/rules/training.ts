import { Decimal } from 'decimal.js';

/** Credits and hours of one practitioner in one year, class I already counted at most 10 a course. */
export interface YearOfTraining {
  readonly villageDoctor: boolean;
  readonly classI: string;
  readonly classII: string;
  readonly hours: string;
}

/** What a year of training amounts to. */
export interface CreditResult {
  readonly total: string;
  readonly required: string;
  readonly met: boolean;
}

/** What a year of continuing education must reach: credits of physicians, hours of village doctors. */
export interface CreditRequirement {
  readonly credits: string;
  /** Credits of class I among them. */
  readonly classI: string;
  readonly hours: string;
}

/** 25 credits and 5 of class I among them; 80 hours for village doctors (domain.md 3.14.1, product default). */
export const DEFAULT_CREDIT_REQUIREMENT: CreditRequirement = { credits: '25', classI: '5', hours: '80' };

/** Class-I credits of one course that count 单门Ⅰ类学分上限 (domain.md 3.14.1). */
export const classICreditsPerCourse = 10;

/** Continuing education of a year (domain.md 3.14.1): physicians by both credit conditions, village doctors by hours. */
export function creditResult(
  year: YearOfTraining,
  requirement: CreditRequirement = DEFAULT_CREDIT_REQUIREMENT,
): CreditResult {
  const total = new Decimal(year.classI).plus(year.classII);
  const required = new Decimal(year.villageDoctor ? requirement.hours : requirement.credits);
  const met = year.villageDoctor
    ? required.lte(year.hours)
    : required.lte(total) && new Decimal(requirement.classI).lte(year.classI);
  return { total: total.toFixed(1), required: required.toFixed(1), met };
}

/** Hours a village doctor has still to learn this year (domain.md 3.14.1). */
export function hoursMissing(hours: string, requirement: CreditRequirement = DEFAULT_CREDIT_REQUIREMENT): string {
  return Decimal.max(0, new Decimal(requirement.hours).minus(hours)).toFixed(1);
}

/** Training priority as one number (domain.md 3.14.4): signed residents first, hours missing in the thousandths. */
export function trainingPriority(signedResidentCount: number, missing: string): string {
  return new Decimal(missing).div(1000).plus(signedResidentCount).toFixed(4);
}

/** What the ranking of village doctors looks at. */
export interface TrainingCandidate {
  readonly id: string;
  readonly signedResidentCount: number | null;
  readonly creditsMissing: string;
}

/** Village doctors, first to be trained first (domain.md 3.14.4): by residents signed, by hours missing, by id. */
export function rankForTraining<C extends TrainingCandidate>(candidates: readonly C[]): readonly C[] {
  return candidates.toSorted(
    (a, b) =>
      (b.signedResidentCount ?? 0) - (a.signedResidentCount ?? 0) ||
      Number(b.creditsMissing) - Number(a.creditsMissing) ||
      (a.id < b.id ? -1 : 1),
  );
}
