import { Decimal } from 'decimal.js';

/** What rule 3.14.2 looks at. */
export interface TitleReviewTerms {
  readonly serviceVolume: number;
  readonly standardVolume: number;
  /** Satisfaction of signed residents, 0–100. */
  readonly satisfaction: string;
  /** Score of the skill test, 0–100. */
  readonly skill: string;
}

/** Score of a title review (domain.md 3.14.2): half service volume, 30 % satisfaction, 20 % skill; 2 places, half up. */
export function titleReviewScore({ serviceVolume, standardVolume, satisfaction, skill }: TitleReviewTerms): string {
  const volume =
    standardVolume <= 0 ? new Decimal(0) : Decimal.min(100, new Decimal(serviceVolume).times(100).div(standardVolume));
  const score = volume.times('0.5').plus(new Decimal(satisfaction).times('0.3')).plus(new Decimal(skill).times('0.2'));
  return score.toFixed(2, Decimal.ROUND_HALF_UP);
}

/** A step of the allowance: from so many continuous years, so much a month, yuan. */
export interface AllowanceStep {
  readonly fromYears: number;
  readonly amount: string;
}

/** 200 yuan from 5 years, 400 from 10, 600 from 20 (domain.md 3.14.3, product default). */
export const DEFAULT_ALLOWANCE_STEPS: readonly AllowanceStep[] = [
  { fromYears: 5, amount: '200.00' },
  { fromYears: 10, amount: '400.00' },
  { fromYears: 20, amount: '600.00' },
];

/** Monthly allowance for continuous years in primary care (domain.md 3.14.3), yuan; null below the first step. */
export function primaryCareAllowance(
  years: number,
  steps: readonly AllowanceStep[] = DEFAULT_ALLOWANCE_STEPS,
): string | null {
  const reached = steps.filter(({ fromYears }) => fromYears <= years);
  return reached.toSorted((a, b) => b.fromYears - a.fromYears)[0]?.amount ?? null;
}
