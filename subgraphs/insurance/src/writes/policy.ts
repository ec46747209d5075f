import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  createFaults,
  expectNumber,
  expectVersion,
  refuse,
  stableId,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { toCents } from '../rules/money.ts';
import { tiltFaults } from '../rules/tilt.ts';
import type { UpsertBenefitRuleInput } from '../schema-types.ts';
import { benefitPlans, benefitRules, type BenefitRuleRow } from '../tables/policy.ts';
import { insures, moneyRange, shareRange } from './checks.ts';
import { texts } from './texts.ts';

/** Mutations of benefit policy 待遇政策. */
export const policyWrites = (mutation: Mutation) => ({
  upsertBenefitRule: mutation('upsertBenefitRule', upsertBenefitRule),
});

/** Sets one rule of a plan unless the plan would favour hospitals over primary care (domain.md 3.17); the plan is locked. */
async function upsertBenefitRule(input: UpsertBenefitRuleInput, write: Write): Promise<Written> {
  const { planCode, year, medicalCategory, level, deductible, ratio } = input;
  const [plan] = await write.tx
    .select()
    .from(benefitPlans)
    .where(and(eq(benefitPlans.code, planCode), eq(benefitPlans.year, year)))
    .for('update');
  if (plan === undefined) return refuse('NOT_FOUND', 'planCode');
  const rules = await write.tx
    .select()
    .from(benefitRules)
    .where(and(eq(benefitRules.planKey, plan.key), eq(benefitRules.medicalCategory, medicalCategory)));
  const own = rules.find((rule) => rule.level === level);
  if (own !== undefined) expectVersion(own, input.version);
  const faults = createFaults();
  faults.expect(insures(write.caller, plan.regionCode), 'FORBIDDEN', 'planCode', ownTexts.pool);
  faults.expect(year >= Number(write.clock.day.slice(0, 4)), 'VALIDATION_FAILED', 'year', texts.past);
  checkTerms(faults, input);
  checkTilt(faults, input, rules);
  faults.throwIfAny();

  const id = own?.id ?? stableId('br', plan.key, medicalCategory, level);
  const terms = {
    deductible,
    ratio,
    ratioWithContract: input.ratioWithContract ?? null,
    annualCap: input.annualCap ?? null,
    noReferralPenalty: input.noReferralPenalty ?? null,
    repeatFactor: input.repeatFactor ?? null,
    version: (own?.version ?? 0) + 1,
    updatedAt: write.clock.instant,
  };
  await write.tx
    .insert(benefitRules)
    .values({ id, planKey: plan.key, medicalCategory, level, ...terms })
    .onConflictDoUpdate({ target: benefitRules.id, set: terms });
  const payload = { planCode, year, medicalCategory, level, version: terms.version };
  write.change({ type: 'BenefitRule', id, kind: own === undefined ? 'CREATED' : 'UPDATED', payload });
  return { id };
}

function checkTerms(faults: Faults, input: UpsertBenefitRuleInput): void {
  const { ratio, ratioWithContract, noReferralPenalty } = input;
  expectNumber(faults, input.deductible, 'deductible', moneyRange);
  expectNumber(faults, ratio, 'ratio', shareRange);
  expectNumber(faults, ratioWithContract, 'ratioWithContract', shareRange);
  expectNumber(faults, input.annualCap, 'annualCap', moneyRange);
  expectNumber(faults, noReferralPenalty, 'noReferralPenalty', shareRange);
  expectNumber(faults, input.repeatFactor, 'repeatFactor', shareRange);
  const better = toCents(ratioWithContract ?? ratio) >= toCents(ratio);
  faults.expect(better, 'VALIDATION_FAILED', 'ratioWithContract', ownTexts.worse);
  const left = toCents(noReferralPenalty ?? '0') <= toCents(ratio);
  faults.expect(left, 'VALIDATION_FAILED', 'noReferralPenalty', ownTexts.negative);
}

function checkTilt(
  faults: Faults,
  { level, deductible, ratio }: UpsertBenefitRuleInput,
  rules: readonly BenefitRuleRow[],
): void {
  const others = rules.filter((rule) => rule.level !== level);
  for (const term of tiltFaults([...others, { level, deductible, ratio }])) {
    faults.expect(false, 'TILT_VIOLATED', term, ownTexts[term]);
  }
}

const ownTexts = {
  pool: { en: 'Only the insurance bureau of the pooled region sets benefits.', zh: '仅统筹区医保局可维护待遇政策。' },
  worse: { en: 'A contract or referral must not make the ratio worse.', zh: '签约或转诊后的比例不得低于一般比例。' },
  negative: { en: 'The penalty is greater than the ratio.', zh: '降低的比例不得大于报销比例。' },
  ratio: {
    en: 'The ratio must not be higher at a higher level: township, county, city.',
    zh: '报销比例应向基层倾斜：乡镇不低于县级，县级不低于市级。',
  },
  deductible: {
    en: 'The deductible must not be lower at a higher level: township, county, city.',
    zh: '起付线应向基层倾斜：乡镇不高于县级，县级不高于市级。',
  },
};
