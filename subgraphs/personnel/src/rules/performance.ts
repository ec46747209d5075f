import { Decimal } from 'decimal.js';
import type { PerformanceGrade } from '../schema-types.ts';

/** The three scores of an appraisal 绩效考核, 0–100 each. */
export interface AppraisalScores {
  readonly workload: string;
  readonly quality: string;
  readonly satisfaction: string;
}

/** Weights of an appraisal: workload 40 %, quality 30 %, satisfaction 30 % (S0-41, product default). */
export const DEFAULT_APPRAISAL_WEIGHTS: AppraisalScores = { workload: '0.4', quality: '0.3', satisfaction: '0.3' };

/** Score of an appraisal (S0-41): the weighted sum, 2 places, half up. */
export function appraisalScore(
  { workload, quality, satisfaction }: AppraisalScores,
  weights: AppraisalScores = DEFAULT_APPRAISAL_WEIGHTS,
): string {
  const score = new Decimal(workload)
    .times(weights.workload)
    .plus(new Decimal(quality).times(weights.quality))
    .plus(new Decimal(satisfaction).times(weights.satisfaction));
  return score.toFixed(2, Decimal.ROUND_HALF_UP);
}

/** Grade of a score 等次 (domain.md 3.15.4), by the score rounded to 2 places. */
export function gradeOf(score: string): PerformanceGrade {
  const value = Number(score);
  if (value >= 90) return 'A';
  if (value >= 80) return 'B';
  if (value >= 70) return 'C';
  return value >= 60 ? 'D' : 'E';
}
