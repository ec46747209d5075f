import { Decimal } from 'decimal.js';

/** Rules of digital supervision 数字化监管 (domain.md 3.20). */
export type SupervisionRuleId =
  | 'DRUG_SHARE'
  | 'CONSUMABLE_SHARE'
  | 'COST_PER_VISIT_GROWTH'
  | 'ALOS'
  | 'READMISSION_31'
  | 'LOW_OUTLIER_SHARE'
  | 'HIGH_OUTLIER_SHARE'
  | 'REFERRAL_OUT_SHARE'
  | 'ANTIBIOTIC_SHARE'
  | 'REPEATED_ITEM_SHARE';

/** Hospitals, or institutions of primary care. */
export type SupervisedGroup = 'HOSPITAL' | 'PRIMARY';

/** What a rule measures, how its value is shown, and the limit that must not be exceeded. */
export interface SupervisionRule {
  readonly metric: string;
  readonly unit: 'PERCENT' | 'DAYS';
  readonly threshold: Readonly<Record<SupervisedGroup, string>>;
}

/** A rule's figures of one month: what is counted and of what, in growth the increase and the year before. */
export interface SupervisionMeasure {
  readonly ruleId: SupervisionRuleId;
  readonly part: string;
  readonly whole: string;
}

/** An institution in a month `2024-03`. */
export interface SupervisedMonth {
  readonly institutionId: string;
  readonly group: SupervisedGroup;
  readonly period: string;
  /** Several of one rule, as one for each disease, raise one alert with the greatest. */
  readonly measures: readonly SupervisionMeasure[];
}

/** An alert to be raised 监管预警. */
export interface RaisedAlert {
  readonly institutionId: string;
  readonly ruleId: SupervisionRuleId;
  readonly metric: string;
  readonly value: string;
  readonly threshold: string;
  readonly period: string;
}

type SupervisionRules = Readonly<Record<SupervisionRuleId, SupervisionRule>>;

/** The product default of the rules (domain.md 3.20). */
export const DEFAULT_SUPERVISION_RULES: SupervisionRules = {
  DRUG_SHARE: { metric: '药占比', unit: 'PERCENT', threshold: { HOSPITAL: '35.00', PRIMARY: '50.00' } },
  CONSUMABLE_SHARE: forAll('耗占比', 'PERCENT', '20.00'),
  COST_PER_VISIT_GROWTH: forAll('次均费用增幅', 'PERCENT', '10.00'),
  ALOS: forAll('平均住院日', 'DAYS', '9.00'),
  READMISSION_31: forAll('31日内再入院率', 'PERCENT', '3.00'),
  LOW_OUTLIER_SHARE: forAll('低倍率病例占比', 'PERCENT', '10.00'),
  HIGH_OUTLIER_SHARE: forAll('高倍率病例占比', 'PERCENT', '5.00'),
  REFERRAL_OUT_SHARE: forAll('目录病种转出率', 'PERCENT', '20.00'),
  ANTIBIOTIC_SHARE: forAll('门诊抗菌药物使用率', 'PERCENT', '20.00'),
  REPEATED_ITEM_SHARE: forAll('重复检查检验率', 'PERCENT', '5.00'),
};

/**
 * Alerts of an institution in a month (domain.md 3.20): a value above its limit, compared unrounded, raises one alert for each
 * rule, institution and period. `raised` are the rules that already have one in this period.
 */
export function supervisionAlerts(
  month: SupervisedMonth,
  raised: ReadonlySet<string>,
  rules: SupervisionRules = DEFAULT_SUPERVISION_RULES,
): RaisedAlert[] {
  const measured = new Set(month.measures.map(({ ruleId }) => ruleId));
  return [...measured].flatMap((ruleId) => {
    const { metric, unit, threshold } = rules[ruleId];
    const limit = threshold[month.group];
    const value = greatest(
      month.measures.filter((measure) => measure.ruleId === ruleId),
      unit,
    );
    if (raised.has(ruleId) || value === undefined || value.lte(limit)) return [];
    const { institutionId, period } = month;
    return [{ institutionId, ruleId, metric, value: shown(value), threshold: limit, period }];
  });
}

function greatest(measures: readonly SupervisionMeasure[], unit: SupervisionRule['unit']): Decimal | undefined {
  const values = measures
    .filter(({ whole }) => !new Decimal(whole).isZero())
    .map(({ part, whole }) => new Decimal(part).times(unit === 'PERCENT' ? 100 : 1).div(whole));
  return values.length === 0 ? undefined : Decimal.max(...values);
}

function shown(value: Decimal): string {
  return value.toFixed(2, Decimal.ROUND_HALF_UP);
}

function forAll(metric: string, unit: SupervisionRule['unit'], threshold: string): SupervisionRule {
  return { metric, unit, threshold: { HOSPITAL: threshold, PRIMARY: threshold } };
}
