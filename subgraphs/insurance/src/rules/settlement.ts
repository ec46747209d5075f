import { addTotals } from './accumulators.ts';
import { type Cents, toYuan } from './money.ts';
import { claimAmounts } from './settlement-amounts.ts';
import { type FundPart, inpatientFund, outpatientFund, twoDiseaseFund } from './settlement-fund.ts';
import { payerParts } from './settlement-payers.ts';
import type {
  Accumulators,
  ClaimKind,
  Settlement,
  SettlementClaim,
  SettlementFacts,
  SettlementPlan,
  SettlementResult,
} from './settlement-types.ts';

/** Settles one claim: every amount, the explanation trace, and the yearly totals after it (domain.md 3.1.3). */
export function settle(
  claim: SettlementClaim,
  plan: SettlementPlan,
  accumulators: Accumulators,
  facts: SettlementFacts,
): SettlementResult {
  const amounts = claimAmounts(claim.lines);
  const part = fundPart(claim, plan, accumulators, facts);
  const payers = payerParts({ ...amounts, fund: part.fund }, claim, plan, { accumulators, facts });
  const settlement: Settlement = {
    totalAmount: toYuan(amounts.total),
    outOfScope: toYuan(amounts.outOfScope),
    aheadSelfPay: toYuan(amounts.ahead),
    eligible: toYuan(amounts.eligible),
    deductible: toYuan(part.deductible),
    ratio: part.ratio.toFixed(2),
    fundBasic: toYuan(part.fund),
    fundCatastrophic: toYuan(payers.catastrophic),
    assistance: toYuan(payers.assistance),
    packageBenefit: toYuan(payers.benefit),
    personalAccount: toYuan(payers.account),
    cash: toYuan(payers.cash),
    capRemainingBefore: toYuan(part.capBefore),
    capRemainingAfter: toYuan(part.capAfter),
    steps: [...amounts.steps, ...part.steps, ...payers.steps],
  };
  const added = addedTotals(claim, part, amounts.eligible);
  return { settlement, accumulators: addTotals(accumulators, added), added };
}

/** Regional codes of two-disease drugs (VS-48). */
const twoDiseaseCodes: ReadonlySet<string> = new Set(['1404', '9901', '1213']);

/** The value set's code of a medical category: two-disease drugs have regional ones, too (VS-48). */
export function categoryCode(medicalCategory: string): string {
  return twoDiseaseCodes.has(medicalCategory) ? 'TWO_DISEASE' : medicalCategory;
}

/** The kind a medical category (VS-48) is settled as (domain.md 3.23); undefined for what this rule does not settle, such as pharmacies. */
export function claimKindOf(medicalCategory: string): ClaimKind | undefined {
  switch (categoryCode(medicalCategory)) {
    case '11':
    case '12':
    case '13':
    case '14':
    case '51':
      return 'OUTPATIENT';
    case '21':
    case '52':
      return 'INPATIENT';
    case 'TWO_DISEASE':
      return 'TWO_DISEASE';
    default:
      return undefined;
  }
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

/** Step 14: what the claim adds to the yearly totals. */
function addedTotals(claim: SettlementClaim, part: FundPart, eligible: Cents): Accumulators {
  const inpatient = claim.kind === 'INPATIENT';
  const diabetes = /^E1[0-4]/.test(claim.diagnoses[0] ?? '');
  const episode = inpatient ? claim.episode?.id : undefined;
  const paid = Math.min(eligible, part.deductible);
  return {
    inpatientFund: toYuan(inpatient ? part.fund : 0),
    outpatientFund: toYuan(inpatient ? 0 : part.fund - part.twoDiseaseFund),
    twoDiseaseFund: {
      htn: toYuan(diabetes ? 0 : part.twoDiseaseFund),
      dm: toYuan(diabetes ? part.twoDiseaseFund : 0),
    },
    eligibleOop: toYuan(eligible - part.fund),
    admissions: inpatient ? 1 : 0,
    outpatientDeductiblePaid: toYuan(inpatient ? 0 : part.deductible),
    deductiblePaidByEpisode: episode === undefined || paid === 0 ? {} : { [episode]: toYuan(paid) },
  };
}
