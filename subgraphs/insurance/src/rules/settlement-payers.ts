import { Decimal } from 'decimal.js';
import { type Cents, share, toCents, toYuan } from './money.ts';
import { step } from './settlement-steps.ts';
import type {
  Accumulators,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
  SettlementStep,
} from './settlement-types.ts';

/** What is left after the basic fund, and who pays it in turn (domain.md 3.1.8). */
export interface PayerParts {
  readonly eligibleOop: Cents;
  readonly catastrophic: Cents;
  readonly assistance: Cents;
  readonly benefit: Cents;
  readonly account: Cents;
  readonly cash: Cents;
  readonly steps: readonly SettlementStep[];
}

/** The claim's amounts that the payers after the basic fund work on. */
export interface PayerBasis {
  readonly total: Cents;
  readonly eligible: Cents;
  readonly fund: Cents;
}

/** Steps 9 to 13: catastrophic insurance, assistance, package benefit, personal account, and cash as the remainder. */
export function payerParts(
  basis: PayerBasis,
  claim: SettlementClaim,
  plan: SettlementPlan,
  { accumulators, facts }: { readonly accumulators: Accumulators; readonly facts: SettlementFacts },
): PayerParts {
  const { total, eligible, fund } = basis;
  const eligibleOop = eligible - fund;
  const severe = catastrophicPart(eligibleOop, plan, accumulators, facts);
  const assistance = facts.assistance ? share(eligibleOop - severe.paid, plan.assistanceRatio) : 0;
  const layers = fund + severe.paid + assistance;
  const remainder = (plan.packageBasis === 'ELIGIBLE' ? eligible : total) - layers;
  const benefit = hasStrokeBenefit(claim, facts) ? share(remainder, STROKE_SHARE) : 0;
  const account = personalAccount(plan, facts, total - layers - benefit);
  const cash = total - layers - benefit - account;
  const parts = [fund, severe.paid, assistance, benefit, account].map(toYuan);
  return {
    eligibleOop,
    catastrophic: severe.paid,
    assistance,
    benefit,
    account,
    cash,
    steps: [
      step('eligibleOop', `${toYuan(eligible)} − ${toYuan(fund)}`, eligibleOop),
      step('catastrophic', severe.formula, severe.paid),
      step('assistance', assistanceFormula(eligibleOop - severe.paid, plan, facts), assistance),
      step('package', hasStrokeBenefit(claim, facts) ? `${toYuan(remainder)} × ${STROKE_SHARE}` : '0.00', benefit),
      step('account', `min(${toYuan(cash + account)}, ${usable(plan, facts)})`, account),
      step('cash', [toYuan(total), ...parts].join(' − '), cash),
    ],
  };
}

/** 3.1.4d: pays on the part of the yearly eligible out-of-pocket above the start. */
function catastrophicPart(
  eligibleOop: Cents,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): { readonly paid: Cents; readonly formula: string } {
  const terms = plan.catastrophic;
  const start = toCents(facts.assistance ? terms.startAssisted : terms.start);
  const plus = facts.assistance ? terms.assistedPlus : '0';
  const ratio = new Decimal(terms.ratio).plus(plus);
  const ratioBeyond = new Decimal(terms.ratioBeyond).plus(plus);
  const bandEnd = start + toCents(terms.band);
  const before = toCents(accumulators.eligibleOop);
  const after = before + eligibleOop;
  const inBand = Math.max(0, Math.min(after, bandEnd) - Math.max(before, start));
  const beyond = Math.max(0, after - bandEnd) - Math.max(0, before - bandEnd);
  return {
    paid: share(inBand, ratio) + share(beyond, ratioBeyond),
    formula: `(${toYuan(before)} + ${toYuan(eligibleOop)} > ${toYuan(start)}) ${toYuan(inBand)} × ${ratio.toFixed(2)} + ${toYuan(beyond)} × ${ratioBeyond.toFixed(2)}`,
  };
}

function assistanceFormula(left: Cents, plan: SettlementPlan, facts: SettlementFacts): string {
  return facts.assistance ? `${toYuan(left)} × ${new Decimal(plan.assistanceRatio).toFixed(2)}` : '0.00';
}

/** 3.1.6: what the township hospital pays of the remainder. */
const STROKE_SHARE = '0.10';
const STROKE_DIAGNOSES = /^(I6[0-4]|I69|Z50)/;

function hasStrokeBenefit(claim: SettlementClaim, facts: SettlementFacts): boolean {
  return facts.strokeRehabPackage && claim.diagnoses.some((code) => STROKE_DIAGNOSES.test(code));
}

function usable(plan: SettlementPlan, facts: SettlementFacts): string {
  return toYuan(plan.scheme === 'EMPLOYEE' ? Math.max(0, toCents(facts.accountToUse)) : 0);
}

function personalAccount(plan: SettlementPlan, facts: SettlementFacts, remainder: Cents): Cents {
  return Math.min(remainder, toCents(usable(plan, facts)));
}
