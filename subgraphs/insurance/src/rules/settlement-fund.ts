import { Decimal } from 'decimal.js';
import { type Cents, HALF_UP, share, toCents, toYuan } from './money.ts';
import { outpatientCapOf } from './outpatient-cap.ts';
import { claimAmounts } from './settlement-amounts.ts';
import { pooledSteps, step } from './settlement-steps.ts';
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
  const { deductible, formula } = inpatientDeductible(rule, claim, accumulators, penalised);
  const full = inpatientRatio(rule, plan, facts);
  const ratio = full.minus(penalised ? rule.noReferralPenalty : 0);
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
      step('deductible', formula, deductible),
      step('ratio', ratioText(full, penalised ? rule.noReferralPenalty : null), ratio.toFixed(2)),
      step('raw', `max(0, ${toYuan(eligible)} − ${toYuan(deductible)}) × ${ratio.toFixed(2)}`, raw),
      step('fund', limitText(raw, plan.caps.inpatient, accumulators.inpatientFund), fund),
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
  const cap = outpatientCap(plan, facts);
  const capBefore = Math.max(0, cap.limit - toCents(accumulators.outpatientFund));
  const fund = Math.min(raw, capBefore);
  return {
    deductible,
    ratio,
    fund,
    twoDiseaseFund: 0,
    capBefore,
    capAfter: capBefore - fund,
    steps: [
      step('deductible', `min(${toYuan(eligible)}, ${toYuan(left)})`, deductible),
      step('ratio', ratio.toFixed(2), ratio.toFixed(2)),
      step('cap', cap.formula, cap.limit),
      step('raw', `(${toYuan(eligible)} − ${toYuan(deductible)}) × ${ratio.toFixed(2)}`, raw),
      step('fund', limitText(raw, toYuan(cap.limit), accumulators.outpatientFund), fund),
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
      step('twoDiseaseRaw', `${toYuan(flagged)} × ${new Decimal(rule.ratio).toFixed(2)}`, raw),
      step('fund2', limitText(raw, toYuan(cap), toYuan(used)), fund),
      step('E2', fund < raw ? `${toYuan(fund)} ÷ ${new Decimal(rule.ratio).toFixed(2)}` : toYuan(flagged), consumed),
      ...pooledSteps(rest.steps),
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

/** 3.1.4b, with its figures. */
function inpatientDeductible(
  rule: SettlementRule,
  claim: SettlementClaim,
  accumulators: Accumulators,
  penalised: boolean,
): { readonly deductible: Cents; readonly formula: string } {
  const table = toCents(rule.deductible);
  const { episode } = claim;
  if (episode?.direction === 'DOWN') return { deductible: 0, formula: `${toYuan(table)} × 0` };
  if (episode?.direction === 'UP') {
    const paid = toCents(accumulators.deductiblePaidByEpisode[episode.id] ?? '0');
    return { deductible: Math.max(0, table - paid), formula: `max(0, ${toYuan(table)} − ${toYuan(paid)})` };
  }
  if (penalised || accumulators.admissions === 0) return { deductible: table, formula: toYuan(table) };
  const formula = `${toYuan(table)} × ${new Decimal(rule.repeatFactor).toFixed(2)}`;
  return { deductible: share(table, rule.repeatFactor), formula };
}

function ratioText(ratio: Decimal, penalty: string | null): string {
  return penalty === null ? ratio.toFixed(2) : `${ratio.toFixed(2)} − ${new Decimal(penalty).toFixed(2)}`;
}

/** What a yearly cap leaves of a payment. */
function limitText(raw: Cents, cap: string, used: string): string {
  return `min(${toYuan(raw)}, ${toYuan(toCents(cap))} − ${toYuan(toCents(used))})`;
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

function outpatientCap(
  plan: SettlementPlan,
  facts: SettlementFacts,
): { readonly limit: Cents; readonly formula: string } {
  const { withoutContract, withContract } = outpatientCapOf(plan.caps, facts.retired);
  if (!facts.contractActive) return { limit: toCents(withoutContract), formula: withoutContract };
  const increase = toYuan(toCents(plan.caps.contractIncrease));
  return { limit: toCents(withContract), formula: `${withoutContract} + ${increase}` };
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
