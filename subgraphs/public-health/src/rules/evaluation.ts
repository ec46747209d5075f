import { Decimal } from 'decimal.js';

export type DimensionCode = 'CAPABILITY' | 'HEALTH' | 'SATISFACTION';
export type Grade = 'A' | 'B' | 'C' | 'D' | 'E';

/** How an indicator's value becomes a score: `floor` scores 0, `target` 100; target below floor: lower is better. */
export interface IndicatorScale {
  readonly code: string;
  readonly dimension: DimensionCode;
  readonly floor: string;
  readonly target: string;
  readonly weight: string;
}

/** Scales of all indicators and weights of the dimensions, as configured for a year. */
export interface EvaluationScales {
  readonly weights: Readonly<Partial<Record<DimensionCode, string>>>;
  readonly indicators: readonly IndicatorScale[];
}

/** A scored indicator; value and score null without data. */
export interface ScoredIndicator extends IndicatorScale {
  readonly value: string | null;
  /** 0–100, two places. */
  readonly score: string | null;
}

/** A scored dimension; score null when less than 60 % of the weight has data. */
export interface ScoredDimension {
  readonly code: DimensionCode;
  readonly weight: string;
  readonly score: string | null;
  readonly indicators: readonly ScoredIndicator[];
}

/** A whole evaluation; total and grade null when a dimension is not valid. */
export interface ScoredEvaluation {
  readonly dimensions: readonly ScoredDimension[];
  readonly total: string | null;
  readonly grade: Grade | null;
}

const VALID_SHARE = new Decimal('0.6');
const dimensionCodes: readonly DimensionCode[] = ['CAPABILITY', 'HEALTH', 'SATISFACTION'];

/** Three-dimensional evaluation from indicator values by code (domain.md 3.15, 3.23): dimensions keep full precision, the total is rounded once. */
export function evaluate(values: ReadonlyMap<string, string | null>, scales: EvaluationScales): ScoredEvaluation {
  const weighed = dimensionCodes.filter((code) => scales.weights[code] !== undefined);
  const exact = weighed.map((code) => scoreDimension(code, values, scales));
  const dimensions = exact.map(({ dimension }) => dimension);
  const scores = exact.map(({ score, weight }) => score?.mul(weight));
  if (scores.length === 0 || scores.some((score) => score === undefined))
    return { dimensions, total: null, grade: null };
  const total = scores
    .reduce<Decimal>((sum, score) => sum.plus(score ?? 0), new Decimal(0))
    .toFixed(2, Decimal.ROUND_HALF_UP);
  return { dimensions, total, grade: gradeOf(total) };
}

/** Score of a value on its scale, 0–100 (domain.md 3.15.1). */
export function scoreOf(value: string, { floor, target }: Pick<IndicatorScale, 'floor' | 'target'>): Decimal {
  const share = new Decimal(value).minus(floor).div(new Decimal(target).minus(floor));
  return Decimal.max(0, Decimal.min(1, share)).mul(100);
}

/** Grade of a total with two places (domain.md 3.15.4). */
export function gradeOf(total: string): Grade {
  const score = new Decimal(total);
  if (score.gte(90)) return 'A';
  if (score.gte(80)) return 'B';
  if (score.gte(70)) return 'C';
  return score.gte(60) ? 'D' : 'E';
}

/** Dimensions whose weights do not add up to 1: with them the 60 % of a valid dimension would mean nothing (domain.md 3.15.2). */
export function unbalancedDimensions({ weights, indicators }: EvaluationScales): readonly DimensionCode[] {
  return dimensionCodes.filter((code) => {
    const own = indicators.filter(({ dimension }) => dimension === code);
    const sum = own.reduce<Decimal>((total, { weight }) => total.plus(weight), new Decimal(0));
    return weights[code] !== undefined && !sum.eq(1);
  });
}

/** Codes of the indicators that score below 60 短板. */
export function gapsOf({ dimensions }: ScoredEvaluation): string[] {
  const indicators = dimensions.flatMap((dimension) => dimension.indicators);
  return indicators.filter(({ score }) => isBelow(score, 60)).map(({ code }) => code);
}

/** What to do about the gaps 改进建议 (domain.md 3.15.5, S0-50). */
export function recommendationsOf(evaluation: ScoredEvaluation): string[] {
  const gaps = gapsOf(evaluation);
  const satisfaction = evaluation.dimensions.find(({ code }) => code === 'SATISFACTION')?.score ?? null;
  const found = remedies.filter(({ codes }) => gaps.some((code) => codes.test(code))).map(({ text }) => text);
  return isBelow(satisfaction, 70) ? [...found, '督查整改 inspect and supervise'] : found;
}

/** Which remedy helps which indicators: workforce, digital, control of chronic disease, timeliness. */
const remedies = [
  { codes: /^(W-.*|C-04)$/, text: '加大定向培养 increase oriented training' },
  { codes: /^D-/, text: '加快平台建设 speed platform building' },
  { codes: /^P-0[68]$/, text: '加强慢病团队 strengthen the chronic team' },
  { codes: /^C-17$/, text: '开通绿色通道 open the green channel' },
] as const;

function isBelow(score: string | null, limit: number): boolean {
  return score !== null && Number(score) < limit;
}

/** Ranks of totals, descending; equal totals share a rank, and the next is skipped (domain.md 3.23); null without a total. */
export function ranksOf(totals: readonly (string | null)[]): readonly (number | null)[] {
  return totals.map((total) =>
    total === null ? null : 1 + totals.filter((other) => other !== null && new Decimal(other).gt(total)).length,
  );
}

function scoreDimension(
  code: DimensionCode,
  values: ReadonlyMap<string, string | null>,
  { weights, indicators }: EvaluationScales,
): { readonly dimension: ScoredDimension; readonly score: Decimal | undefined; readonly weight: string } {
  const own = indicators.filter((indicator) => indicator.dimension === code);
  let withData = new Decimal(0);
  let weighted = new Decimal(0);
  const scored = own.map((indicator): ScoredIndicator => {
    const value = values.get(indicator.code) ?? null;
    if (value === null) return { ...indicator, value, score: null };
    const score = scoreOf(value, indicator);
    withData = withData.plus(indicator.weight);
    weighted = weighted.plus(score.mul(indicator.weight));
    return { ...indicator, value, score: score.toFixed(2, Decimal.ROUND_HALF_UP) };
  });
  const weight = weights[code] ?? '0';
  const score = withData.gt(0) && withData.gte(VALID_SHARE) ? weighted.div(withData) : undefined;
  const shown = score?.toFixed(2, Decimal.ROUND_HALF_UP) ?? null;
  return { dimension: { code, weight, score: shown, indicators: scored }, score, weight };
}
