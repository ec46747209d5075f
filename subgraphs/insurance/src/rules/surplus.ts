import { Decimal } from 'decimal.js';
import { type Cents, HALF_UP, share, splitPool, toCents, toYuan } from './money.ts';

/** Share of a surplus that is kept, by quality score (domain.md 3.2). */
export function keepShare(quality: string): string {
  const score = rounded(quality);
  if (score.gte(90)) return '1.00';
  if (score.gte(80)) return '0.80';
  return score.gte(70) ? '0.50' : '0';
}

/** Factor of performance by the grade of an evaluation's total (domain.md 3.16): A 1.10 … E 0.70. */
export function performanceFactor(total: string): string {
  const score = rounded(total);
  if (score.gte(90)) return '1.10';
  if (score.gte(80)) return '1.00';
  if (score.gte(70)) return '0.90';
  return score.gte(60) ? '0.80' : '0.70';
}

/** Persons enrolled in an age band, with the factor of its risk. */
export interface CapitationBand {
  readonly band: string;
  /** Persons; who joined in month m counts (13 − m) / 12. */
  readonly count: number;
  readonly factor: string;
}

/** Terms of payment by head (domain.md 3.2). */
export interface CapitationTerms {
  readonly baseRate: string;
  readonly prepayRatio: string;
  readonly bands: readonly CapitationBand[];
}

/** Budget of a year and the advance of a month (domain.md 3.2), yuan. */
export function capitationBudget(terms: CapitationTerms): { readonly budget: string; readonly monthlyPrepay: string } {
  const budget = toCents(riskUnits(terms.bands).times(terms.baseRate));
  return { budget: toYuan(budget), monthlyPrepay: toYuan(share(budget, new Decimal(terms.prepayRatio).div(12))) };
}

/**
 * The rate at which budgets exceed what a year's enrolled persons cost by a margin: how an insurer sets next year's rate
 * (domain.md 3.2, I-06), yuan; null when nobody was enrolled.
 */
export function capitationBaseRate(spent: string, bands: readonly CapitationBand[], margin: string): string | null {
  const units = riskUnits(bands);
  return units.isZero() ? null : toYuan(toCents(new Decimal(spent).times(margin).div(units)));
}

/** Year end of payment by head: what is left and what of it is kept; of a deficit nothing is kept (domain.md 3.2). */
export function capitationResult(
  budget: string,
  actual: string,
  quality: string,
): { readonly surplus: string; readonly retained: string } {
  return surplusOf(toCents(budget) - toCents(actual), quality);
}

/** Of a deficit, what the insurer bears: half of it, of at most 10 % of the budget, at a quality of 80 or more (domain.md 3.2). */
export function insurerShare(budget: string, actual: string, quality: string): string {
  const deficit = Math.max(0, toCents(actual) - toCents(budget));
  if (rounded(quality).lt(80)) return toYuan(0);
  const most = new Decimal(toCents(budget)).times('0.10');
  return toYuan(Decimal.min(deficit, most).times('0.50').toDecimalPlaces(0, HALF_UP).toNumber());
}

/** Splits a part of a kept surplus by performance weight: population times factor, to the cent (domain.md 3.16, 3.0.2). */
export function performanceShares(
  amount: string,
  members: readonly { readonly population: string; readonly quality: string }[],
): readonly { readonly weight: string; readonly amount: string }[] {
  const weights = members.map(({ population, quality }) =>
    new Decimal(population).times(performanceFactor(quality)).toFixed(),
  );
  const amounts = splitPool(toCents(amount), weights);
  return weights.map((weight, index) => ({ weight, amount: toYuan(amounts[index] ?? 0) }));
}

/** Lead, townships, villages (domain.md 3.3.6) [pd]. */
export const SURPLUS_SHARES = ['0.50', '0.35', '0.15'] as const;

/** What is kept of an alliance's surplus and how lead, townships and villages share it (domain.md 3.3.6). */
export function allianceResult(
  budget: string,
  spent: string,
  quality: string,
  split: readonly [lead: string, township: string, village: string],
): AllianceResult {
  const { surplus, retained } = surplusOf(toCents(budget) - toCents(spent), quality);
  const [lead = 0, township = 0, village = 0] = splitPool(toCents(retained), split);
  return { surplus, retained, lead: toYuan(lead), township: toYuan(township), village: toYuan(village) };
}

/** Year end of an alliance's budget, yuan. */
export interface AllianceResult {
  readonly surplus: string;
  readonly retained: string;
  readonly lead: string;
  readonly township: string;
  readonly village: string;
}

function riskUnits(bands: readonly CapitationBand[]): Decimal {
  return bands.reduce((sum, { count, factor }) => sum.plus(new Decimal(factor).times(count)), new Decimal(0));
}

function surplusOf(surplus: Cents, quality: string): { readonly surplus: string; readonly retained: string } {
  return { surplus: toYuan(surplus), retained: toYuan(surplus > 0 ? share(surplus, keepShare(quality)) : 0) };
}

/** Grades look at the total rounded to two places half up (domain.md 3.23). */
function rounded(score: string): Decimal {
  return new Decimal(score).toDecimalPlaces(2, HALF_UP);
}
