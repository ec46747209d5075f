import type { Write } from '@hutong/kit';
import { and, desc, eq, lte } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { SettlementPlan } from '../rules/settlement-types.ts';
import { benefitPlans, type BenefitPlanRow, benefitRules, type BenefitRuleRow } from '../tables/policy.ts';

/** A plan with its key, as rule 3.1 takes it. */
export interface KeyedPlan extends SettlementPlan {
  readonly key: string;
}

/** The plan 待遇政策 of a year that follows from the one a coverage names: of the year, or the last one before it; undefined when there is none. */
export async function planOfYear({ tx }: Write, planKey: string, year: number): Promise<KeyedPlan | undefined> {
  const named = alias(benefitPlans, 'named');
  const [found] = await tx
    .select({ plan: benefitPlans })
    .from(named)
    .innerJoin(benefitPlans, and(eq(benefitPlans.code, named.code), lte(benefitPlans.year, year)))
    .where(eq(named.key, planKey))
    .orderBy(desc(benefitPlans.year))
    .limit(1);
  return found === undefined ? undefined : withRules({ tx }, found.plan);
}

/** The plan of a key. */
export async function planByKey({ tx }: Write, key: string): Promise<KeyedPlan | undefined> {
  const [plan] = await tx.select().from(benefitPlans).where(eq(benefitPlans.key, key));
  return plan === undefined ? undefined : withRules({ tx }, plan);
}

async function withRules({ tx }: Pick<Write, 'tx'>, plan: BenefitPlanRow): Promise<KeyedPlan | undefined> {
  const { key, scheme } = plan;
  // Rule 3.1 knows the schemes of employees and of residents.
  if (scheme !== 'EMPLOYEE' && scheme !== 'RESIDENT') return undefined;
  const rules = await tx.select().from(benefitRules).where(eq(benefitRules.planKey, key));
  const { caps, retired, outpatientYearlyDeductible, catastrophic, assistanceRatio } = plan;
  const terms = { caps, retired, outpatientYearlyDeductible, catastrophic, assistanceRatio };
  return { key, scheme, rules: rules.map(settlementRule), ...terms };
}

function settlementRule(rule: BenefitRuleRow): SettlementPlan['rules'][number] {
  const { medicalCategory, level, deductible, ratio, ratioWithContract, noReferralPenalty, repeatFactor } = rule;
  return {
    medicalCategory,
    level,
    deductible,
    ratio,
    ratioWithReferral: ratioWithContract,
    noReferralPenalty: noReferralPenalty ?? '0',
    repeatFactor: repeatFactor ?? '1',
  };
}
