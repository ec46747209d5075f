import { stableId } from '@hutong/kit';
import type {
  BenefitPlanFact,
  BenefitRuleFact,
  Catalogues,
  PriceItemFact,
  ServicePackageFact,
} from '@hutong/synthetic';
import type { SettlementPlan } from '../rules/settlement-types.ts';
import type { PriceAuthority } from '../schema-types.ts';
import type { dipGroups, drgGroups, drgPolicies } from '../tables/payment.ts';
import type {
  benefitPlans,
  benefitRules,
  drugPayments,
  packageBenefits,
  packagePrices,
  priceItems,
} from '../tables/policy.ts';

/** Key of a plan: its code and year. */
export function planKey({ code, year }: { readonly code: string; readonly year: number }): string {
  return `${code}/${year}`;
}

/** A benefit plan. */
export function planRow(fact: BenefitPlanFact): typeof benefitPlans.$inferInsert {
  return {
    key: planKey(fact),
    code: fact.code,
    year: fact.year,
    name: fact.nameZh,
    scheme: fact.scheme,
    regionCode: fact.regionCode,
    caps: fact.caps,
    retired: fact.retired,
    outpatientYearlyDeductible: fact.outpatientYearlyDeductible,
    catastrophic: fact.catastrophic,
    assistanceRatio: fact.assistanceRatio,
  };
}

/** The rules of a benefit plan. */
export function ruleRows(fact: BenefitPlanFact, updatedAt: string): (typeof benefitRules.$inferInsert)[] {
  return fact.rules.map((rule) => ({
    id: stableId('br', planKey(fact), rule.medicalCategory, rule.level),
    planKey: planKey(fact),
    medicalCategory: rule.medicalCategory,
    level: rule.level,
    deductible: rule.deductible,
    ratio: rule.ratio,
    ratioWithContract: rule.ratioWithReferral,
    annualCap: annualCap(fact, rule),
    noReferralPenalty: rule.noReferralPenalty,
    repeatFactor: rule.repeatFactor,
    updatedAt,
  }));
}

/** The plan as rule 3.1 takes it: the fact is already of that shape. */
export function settlementPlan(fact: BenefitPlanFact): SettlementPlan {
  return fact;
}

function annualCap({ caps }: BenefitPlanFact, { medicalCategory }: BenefitRuleFact): string | null {
  switch (medicalCategory) {
    case 'INPATIENT':
      return caps.inpatient;
    case 'OUTPATIENT':
      return caps.outpatient;
    case 'TWO_DISEASE':
      return caps.twoDiseaseHtn;
  }
}

/** A price item. */
export function priceItemRow(fact: PriceItemFact): typeof priceItems.$inferInsert {
  const { code, name, unit, kind, chargeClass, selfPayRatio, approvedPrice, validFrom } = fact;
  const levels = (['V', 'T', 'C', 'M', 'O'] as const).map((level) => ({ level, price: approvedPrice[level] }));
  const approved = { approvedPrice: levels, approvedBy: authorityOf(fact.approvedBy), validFrom };
  return { code, name, unit, kind, chargeClass, selfPayRatio, ...approved };
}

function authorityOf(name: string): PriceAuthority {
  return name === 'PRICE_BUREAU' || name.includes('物价') ? 'PRICE_BUREAU' : 'NHSA';
}

/** The approved price of a service package; free ones have none. */
export function packagePriceRow({ code, price }: ServicePackageFact): typeof packagePrices.$inferInsert {
  return { code, price: Number(price) === 0 ? null : price };
}

/** The benefits of a service package. */
export function packageBenefitRows({ code, benefits }: ServicePackageFact): (typeof packageBenefits.$inferInsert)[] {
  return benefits.map((benefit, index) => ({ packageCode: code, no: index + 1, ...benefit }));
}

/** How insurance pays the drugs of the catalogue. */
export function drugPaymentRows({ drugs }: Catalogues): (typeof drugPayments.$inferInsert)[] {
  return drugs.map(({ nhsaDrugCode, chargeClass, selfPayRatio, priceCap, twoDisease }) => ({
    nhsaDrugCode,
    class: chargeClass,
    selfPayRatio,
    priceCap,
    twoDisease,
  }));
}

/** The DRG groups. */
export function drgGroupRows({ drgGroups: groups }: Catalogues): (typeof drgGroups.$inferInsert)[] {
  return groups.map((group) => ({ ...group }));
}

/** The figures of DRG payment, the same in every year of the demo region. */
export function drgPolicyRows(catalogues: Catalogues, years: readonly number[]): (typeof drgPolicies.$inferInsert)[] {
  return years.map((year) => ({ year, policy: catalogues.drgPolicy }));
}

/** A sample of DIP groups 病种, the alternative to DRG: scores follow the DRG weights [pd]. */
export const dipGroupRows: readonly (typeof dipGroups.$inferInsert)[] = [
  { code: 'I10.x', name: '原发性高血压（保守治疗）', score: '480.00' },
  { code: 'E11.9', name: '2型糖尿病（保守治疗）', score: '550.00' },
  { code: 'I63.9', name: '脑梗死（保守治疗）', score: '850.00' },
  { code: 'J18.9', name: '肺炎（保守治疗）', score: '620.00' },
  { code: 'J44.1', name: '慢性阻塞性肺疾病急性加重（保守治疗）', score: '760.00' },
  { code: 'K35.8:47.0100', name: '急性阑尾炎（腹腔镜阑尾切除术）', score: '950.00' },
  { code: 'O80.0', name: '单胎顺产', score: '500.00' },
  { code: 'O82.0:74.1x00', name: '选择性剖宫产', score: '900.00' },
];
