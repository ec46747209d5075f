import { Decimal } from 'decimal.js';
import { type Cents, HALF_UP, share, toCents, toYuan } from './money.ts';
import { claimAmounts } from './settlement-amounts.ts';
import type {
  Accumulators,
  ClaimKind,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
  SettlementRule,
  SettlementStep,
} from './settlement-types.ts';

/** What the basic fund pays on a claim, and how it came about. */
export interface FundPart {
  readonly deductible: Cents;
  readonly ratio: Decimal;
  readonly fund: Cents;
  /** The part of fund that fills the two-disease pot. */
  readonly twoDiseaseFund: Cents;
  readonly capBefore: Cents;
  readonly capAfter: Cents;
  readonly steps: readonly SettlementStep[];
}

/** Step 8: inpatient, with the deductible of 3.1.4b and the penalty of 3.1.4c. */
export function inpatientFund(
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): FundPart {
  const rule = ruleFor(plan, 'INPATIENT', claim.level);
  const penalised = isPenalised(rule, claim, facts);
  const deductible = inpatientDeductible(rule, claim, accumulators, penalised);
  const ratio = inpatientRatio(rule, plan, facts).minus(penalised ? rule.noReferralPenalty : 0);
  const eligible = claimAmounts(claim.lines).eligible;
  const raw = share(Math.max(0, eligible - deductible), ratio);
  const capBefore = Math.max(0, toCents(plan.caps.inpatient) - toCents(accumulators.inpatientFund));
  const fund = Math.min(raw, capBefore);
  return {
    deductible,
    ratio,
    fund,
    twoDiseaseFund: 0,
    capBefore,
    capAfter: capBefore - fund,
    steps: [
      { name: 'deductible', formula: '3.1.4b', value: toYuan(deductible) },
      { name: 'ratio', formula: penalised ? 'ratio − penalty (no referral)' : 'ratio', value: ratio.toFixed(2) },
      { name: 'raw', formula: 'max(0, E − ded)·ratio', value: toYuan(raw) },
      { name: 'fund', formula: 'min(raw, inpatient cap − year to date)', value: toYuan(fund) },
    ],
  };
}

/** Step 6: pooled outpatient on `eligible` cents. */
export function outpatientFund(
  eligible: Cents,
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): FundPart {
  const ratio = outpatientRatio(claim, plan, facts);
  const yearly = toCents(plan.outpatientYearlyDeductible);
  const left = Math.max(0, yearly - toCents(accumulators.outpatientDeductiblePaid));
  const deductible = Math.min(eligible, left);
  const raw = share(eligible - deductible, ratio);
  const capBefore = Math.max(0, outpatientCap(plan, facts) - toCents(accumulators.outpatientFund));
  const fund = Math.min(raw, capBefore);
  return {
    deductible,
    ratio,
    fund,
    twoDiseaseFund: 0,
    capBefore,
    capAfter: capBefore - fund,
    steps: [
      { name: 'deductible', formula: 'min(E, yearly deductible left)', value: toYuan(deductible) },
      { name: 'ratio', formula: 'pooled outpatient ratio', value: ratio.toFixed(2) },
      { name: 'cap', formula: 'plan cap + contract increase', value: toYuan(outpatientCap(plan, facts)) },
      { name: 'fund', formula: 'min(round2((E − ded)·ratio), cap − year to date)', value: toYuan(fund) },
    ],
  };
}

/** Step 7: two-disease drugs, the remainder as pooled outpatient (domain.md 3.1.5). */
export function twoDiseaseFund(
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): FundPart {
  const all = claimAmounts(claim.lines).eligible;
  const rule = plan.rules.find((one) => one.medicalCategory === 'TWO_DISEASE' && one.level === claim.level);
  const cap = twoDiseaseCap(plan, facts);
  if (rule === undefined || new Decimal(rule.ratio).isZero() || cap === 0) {
    return outpatientFund(all, claim, plan, accumulators, facts);
  }
  const flagged = claimAmounts(claim.lines.filter((line) => line.twoDisease)).eligible;
  const raw = share(flagged, rule.ratio);
  const used = toCents(accumulators.twoDiseaseFund.htn) + toCents(accumulators.twoDiseaseFund.dm);
  const capBefore = Math.max(0, cap - used);
  const fund = Math.min(raw, capBefore);
  const consumed = fund < raw ? consumedEligible(fund, rule.ratio) : flagged;
  const rest = outpatientFund(all - consumed, claim, plan, accumulators, facts);
  return {
    deductible: rest.deductible,
    ratio: new Decimal(rule.ratio),
    fund: fund + rest.fund,
    twoDiseaseFund: fund,
    capBefore,
    capAfter: capBefore - fund,
    steps: [
      { name: 'twoDiseaseRaw', formula: 'E(two-disease drugs)·ratio', value: toYuan(raw) },
      { name: 'fund2', formula: 'min(raw, two-disease cap − year to date)', value: toYuan(fund) },
      { name: 'E2', formula: 'eligible consumed; fund2/ratio when capped', value: toYuan(consumed) },
      ...rest.steps.map((step) => ({ ...step, name: `pooled.${step.name}` })),
    ],
  };
}

function ruleFor(plan: SettlementPlan, kind: ClaimKind, level: SettlementClaim['level']): SettlementRule {
  const rule = plan.rules.find((one) => one.medicalCategory === kind && one.level === level);
  if (rule === undefined) throw new RangeError(`The plan has no ${kind} rule at level ${level}`);
  return rule;
}

function isPenalised(rule: SettlementRule, claim: SettlementClaim, facts: SettlementFacts): boolean {
  return claim.referralStatus === 'NO_REFERRAL' && !facts.filing && !new Decimal(rule.noReferralPenalty).isZero();
}

function inpatientDeductible(
  rule: SettlementRule,
  claim: SettlementClaim,
  accumulators: Accumulators,
  penalised: boolean,
): Cents {
  const table = toCents(rule.deductible);
  const episode = claim.episode;
  if (episode?.direction === 'DOWN') return 0;
  if (episode?.direction === 'UP') {
    return Math.max(0, table - toCents(accumulators.deductiblePaidByEpisode[episode.id] ?? '0'));
  }
  if (penalised || accumulators.admissions === 0) return table;
  return share(table, rule.repeatFactor);
}

function inpatientRatio(rule: SettlementRule, plan: SettlementPlan, facts: SettlementFacts): Decimal {
  const ratio = new Decimal(rule.ratio);
  if (!facts.retired || plan.retired === null) return ratio;
  return Decimal.min(ratio.plus(plan.retired.inpatientPlus), plan.retired.inpatientMax);
}

function outpatientRatio(claim: SettlementClaim, plan: SettlementPlan, facts: SettlementFacts): Decimal {
  const rule = ruleFor(plan, 'OUTPATIENT', claim.level);
  const better = facts.contractActive || claim.referralStatus === 'WITH_REFERRAL';
  const ratio = new Decimal(better && rule.ratioWithReferral !== null ? rule.ratioWithReferral : rule.ratio);
  if (!facts.retired || plan.retired === null || ratio.isZero()) return ratio;
  return ratio.plus(plan.retired.outpatientPlus);
}

function outpatientCap(plan: SettlementPlan, facts: SettlementFacts): Cents {
  const { outpatient, outpatientRetired, contractIncrease } = plan.caps;
  const base = facts.retired && outpatientRetired !== null ? outpatientRetired : outpatient;
  return toCents(base) + (facts.contractActive ? toCents(contractIncrease) : 0);
}

/** One pot over the registered diseases; insulin replaces plain diabetes (domain.md 3.23). */
function twoDiseaseCap(plan: SettlementPlan, facts: SettlementFacts): Cents {
  const { twoDiseaseHtn, twoDiseaseDm, twoDiseaseDmInsulin } = plan.caps;
  if (twoDiseaseHtn === null || twoDiseaseDm === null || twoDiseaseDmInsulin === null) return 0;
  const has = (disease: string) => facts.registrations.some((one) => one === disease);
  const htn = has('HTN') ? toCents(twoDiseaseHtn) : 0;
  if (has('DM_INSULIN')) return htn + toCents(twoDiseaseDmInsulin);
  return htn + (has('DM') ? toCents(twoDiseaseDm) : 0);
}

function consumedEligible(fund: Cents, ratio: string): Cents {
  return new Decimal(fund).dividedBy(ratio).toDecimalPlaces(0, HALF_UP).toNumber();
}
