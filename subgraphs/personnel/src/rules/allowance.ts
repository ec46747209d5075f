import { Decimal } from 'decimal.js';
import type { AllowanceKind } from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type Interval, isOrdered, overlaps } from './interval.ts';
import { type AllowanceStep, DEFAULT_ALLOWANCE_STEPS, primaryCareAllowance } from './title-review.ts';

/** An allowance asked for; `amount` is a month's, yuan. */
export interface AllowanceRequest extends Interval {
  readonly kind: AllowanceKind;
  readonly amount: string;
}

/** What an allowance is granted for: continuous years in primary care, and the allowances already granted. */
export interface AllowanceBasis {
  readonly primaryCareYears: string;
  readonly granted: readonly (Interval & { readonly kind: AllowanceKind })[];
}

/** Points in awards for long service, and from how many years. */
export interface AwardBonus {
  readonly fromYears: number;
  readonly points: number;
}

/** Three points from ten continuous years in primary care (domain.md 3.14.3, product default). */
export const DEFAULT_AWARD_BONUS: AwardBonus = { fromYears: 10, points: 3 };

/** Whether an allowance may be granted (domain.md 3.14.3): for years in primary care what the step says, each kind once at a time. */
export function decideAllowance(
  request: AllowanceRequest,
  { primaryCareYears, granted }: AllowanceBasis,
  steps: readonly AllowanceStep[] = DEFAULT_ALLOWANCE_STEPS,
): Decision {
  const beside = granted.some((one) => one.kind === request.kind && overlaps(one, request));
  return firstRefusal([
    isOrdered(request) ? ALLOWED : refuse('VALIDATION_FAILED', 'to'),
    amountDecision(request, primaryCareAllowance(Number(primaryCareYears), steps)),
    beside ? refuse('SCHEDULE_CONFLICT', 'from') : ALLOWED,
  ]);
}

/** Points that years in primary care add in awards 评优评先加分 (domain.md 3.14.3). */
export function awardPoints(primaryCareYears: string, bonus: AwardBonus = DEFAULT_AWARD_BONUS): number {
  return new Decimal(primaryCareYears).gte(bonus.fromYears) ? bonus.points : 0;
}

function amountDecision({ kind, amount }: AllowanceRequest, ofYears: string | null): Decision {
  const wrongAmount = refuse('VALIDATION_FAILED', 'amount');
  switch (kind) {
    case 'PRIMARY_CARE_YEARS':
      if (ofYears === null) return refuse('VALIDATION_FAILED', 'kind');
      return new Decimal(amount).eq(ofYears) ? ALLOWED : wrongAmount;
    case 'HARDSHIP_AREA':
    case 'SECONDMENT':
      return new Decimal(amount).gt(0) ? ALLOWED : wrongAmount;
  }
}
