import { Decimal } from 'decimal.js';
import { type Cents, share, toCents, toYuan } from './money.ts';
import { claimAmounts } from './settlement-amounts.ts';
import { type FundPart, inpatientFund, outpatientFund, twoDiseaseFund } from './settlement-fund.ts';
import type {
  Accumulators,
  ClaimKind,
  Settlement,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
  SettlementResult,
  SettlementStep,
} from './settlement-types.ts';

/** Totals of a resident who has claimed nothing yet this year. */
export const EMPTY_ACCUMULATORS: Accumulators = {
  inpatientFund: '0.00',
  outpatientFund: '0.00',
  twoDiseaseFund: { htn: '0.00', dm: '0.00' },
  eligibleOop: '0.00',
  admissions: 0,
  outpatientDeductiblePaid: '0.00',
  deductiblePaidByEpisode: {},
};

/** Settles one claim: every amount, the explanation trace, and the yearly totals after it (domain.md 3.1.3). */
export function settle(
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): SettlementResult {
  const amounts = claimAmounts(claim.lines);
  const part = fundPart(claim, plan, accumulators, facts);
  const eligibleOop = amounts.eligible - part.fund;
  const catastrophic = catastrophicFund(eligibleOop, plan, accumulators, facts);
  const assistance = facts.assistance ? share(eligibleOop - catastrophic, plan.assistanceRatio) : 0;
  const layers = part.fund + catastrophic + assistance;
  const benefit = strokeBenefit(claim, plan, facts, { ...amounts, layers });
  const account = personalAccount(plan, facts, amounts.total - layers - benefit);
  const cash = amounts.total - layers - benefit - account;
  const steps: SettlementStep[] = [
    ...amounts.steps,
    ...part.steps,
    { name: 'eligibleOop', formula: 'E − fund', value: toYuan(eligibleOop) },
    { name: 'catastrophic', formula: '3.1.4d over the yearly eligible out-of-pocket', value: toYuan(catastrophic) },
    { name: 'assistance', formula: 'assistanceRatio · (eligibleOop − catastrophic)', value: toYuan(assistance) },
    { name: 'package', formula: '10 % of the remainder (3.1.6)', value: toYuan(benefit) },
    { name: 'account', formula: 'personal account up to its balance', value: toYuan(account) },
    { name: 'cash', formula: 'A − fund − catastrophic − assistance − package − account', value: toYuan(cash) },
  ];
  const settlement: Settlement = {
    totalAmount: toYuan(amounts.total),
    outOfScope: toYuan(amounts.outOfScope),
    aheadSelfPay: toYuan(amounts.ahead),
    eligible: toYuan(amounts.eligible),
    deductible: toYuan(part.deductible),
    ratio: part.ratio.toFixed(2),
    fundBasic: toYuan(part.fund),
    fundCatastrophic: toYuan(catastrophic),
    assistance: toYuan(assistance),
    packageBenefit: toYuan(benefit),
    personalAccount: toYuan(account),
    cash: toYuan(cash),
    capRemainingBefore: toYuan(part.capBefore),
    capRemainingAfter: toYuan(part.capAfter),
    steps,
  };
  return { settlement, accumulators: advance(accumulators, claim, part, amounts.eligible, eligibleOop) };
}

/** The kind a medical category (VS-48) is settled as (domain.md 3.23). */
export function claimKindOf(medicalCategory: string): ClaimKind {
  if (medicalCategory === '21' || medicalCategory === '52') return 'INPATIENT';
  return medicalCategory === '1404' ? 'TWO_DISEASE' : 'OUTPATIENT';
}

/** A contract covers a date between validFrom and validTo, up to and including terminatedOn (domain.md 3.1.4a). */
export function contractCovers(
  contract: { readonly validFrom: string; readonly validTo: string; readonly terminatedOn: string | null },
  date: string,
): boolean {
  if (date < contract.validFrom || date > contract.validTo) return false;
  return contract.terminatedOn === null || date <= contract.terminatedOn;
}

function fundPart(
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): FundPart {
  switch (claim.kind) {
    case 'INPATIENT':
      return inpatientFund(claim, plan, accumulators, facts);
    case 'TWO_DISEASE':
      return twoDiseaseFund(claim, plan, accumulators, facts);
    case 'OUTPATIENT':
      return outpatientFund(claimAmounts(claim.lines).eligible, claim, plan, accumulators, facts);
  }
}

/** 3.1.4d: pays on the part of the yearly eligible out-of-pocket above the start. */
function catastrophicFund(
  eligibleOop: Cents,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): Cents {
  const terms = plan.catastrophic;
  const start = toCents(facts.assistance ? terms.startAssisted : terms.start);
  const plus = facts.assistance ? terms.assistedPlus : '0';
  const bandEnd = start + toCents(terms.band);
  const before = toCents(accumulators.eligibleOop);
  const after = before + eligibleOop;
  const inBand = Math.max(0, Math.min(after, bandEnd) - Math.max(before, start));
  const beyond = Math.max(0, after - bandEnd) - Math.max(0, before - bandEnd);
  return share(inBand, new Decimal(terms.ratio).plus(plus)) + share(beyond, new Decimal(terms.ratioBeyond).plus(plus));
}

const STROKE_DIAGNOSES = /^(I6[0-4]|I69|Z50)/;

/** 3.1.6: 10 % of the remainder, paid by the township hospital. */
function strokeBenefit(
  claim: SettlementClaim,
  plan: SettlementPlan,
  facts: SettlementFacts,
  amounts: { readonly total: Cents; readonly eligible: Cents; readonly layers: Cents },
): Cents {
  if (!facts.strokeRehabPackage || !claim.diagnoses.some((code) => STROKE_DIAGNOSES.test(code))) return 0;
  const basis = plan.packageBasis === 'ELIGIBLE' ? amounts.eligible : amounts.total;
  return share(basis - amounts.layers, '0.10');
}

function personalAccount(plan: SettlementPlan, facts: SettlementFacts, remainder: Cents): Cents {
  return plan.scheme === 'EMPLOYEE' ? Math.min(remainder, Math.max(0, toCents(facts.accountToUse))) : 0;
}

/** Step 14: the yearly totals after the claim. */
function advance(
  before: Accumulators,
  claim: SettlementClaim,
  part: FundPart,
  eligible: Cents,
  eligibleOop: Cents,
): Accumulators {
  const inpatient = claim.kind === 'INPATIENT';
  const diabetes = /^E1[0-4]/.test(claim.diagnoses[0] ?? '');
  const episode = inpatient ? claim.episode?.id : undefined;
  return {
    inpatientFund: add(before.inpatientFund, inpatient ? part.fund : 0),
    outpatientFund: add(before.outpatientFund, inpatient ? 0 : part.fund - part.twoDiseaseFund),
    twoDiseaseFund: {
      htn: add(before.twoDiseaseFund.htn, diabetes ? 0 : part.twoDiseaseFund),
      dm: add(before.twoDiseaseFund.dm, diabetes ? part.twoDiseaseFund : 0),
    },
    eligibleOop: add(before.eligibleOop, eligibleOop),
    admissions: before.admissions + (inpatient ? 1 : 0),
    outpatientDeductiblePaid: add(before.outpatientDeductiblePaid, inpatient ? 0 : part.deductible),
    deductiblePaidByEpisode:
      episode === undefined
        ? before.deductiblePaidByEpisode
        : {
            ...before.deductiblePaidByEpisode,
            [episode]: add(before.deductiblePaidByEpisode[episode] ?? '0', Math.min(eligible, part.deductible)),
          },
  };
}

function add(yuan: string, cents: Cents): string {
  return toYuan(toCents(yuan) + cents);
}
