import type { CareLevel, SettlementPlan } from './settlement-types.ts';

/** What a referral means for the benefit 转诊的医保待遇影响 before there is a stay: the plan's terms at the receiving level; who goes down pays no deductible (domain.md 3.1.4b). */
export function referralEffectOf(
  plan: Pick<SettlementPlan, 'rules'> | undefined,
  level: CareLevel | null | undefined,
  direction: string,
): { readonly ratio: string; readonly deductible: string } | undefined {
  const rule = plan?.rules.find((one) => one.medicalCategory === 'INPATIENT' && one.level === level);
  if (rule === undefined) return undefined;
  return { ratio: rule.ratio, deductible: direction === 'DOWN' ? '0.00' : rule.deductible };
}
