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

/** Monthly allowance for continuous years in primary care (domain.md 3.14.3), yuan; null below five years. */
export function primaryCareAllowance(years: number): string | null {
  if (years >= 20) return '600.00';
  if (years >= 10) return '400.00';
  return years >= 5 ? '200.00' : null;
}
