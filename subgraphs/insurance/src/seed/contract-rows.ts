import type { Catalogues, ContractFact, ReferralFact } from '@hutong/synthetic';
import { toCents, toYuan } from '../rules/money.ts';
import { outpatientCapOf } from '../rules/outpatient-cap.ts';
import { packagePrice } from '../rules/settlement-price.ts';
import type { SettlementPlan } from '../rules/settlement-types.ts';
import type { CareLevel } from '../rules/settlement-types.ts';
import type { benefitUses, referralEffects } from '../tables/claim.ts';
import type { SettledHistory } from './settle-history.ts';

/** Money that each contract brought its resident (domain.md 3.1.2, 3.1.6, 3.1.7). */
export function benefitUseRows(
  residentId: string,
  contracts: readonly ContractFact[],
  history: SettledHistory,
  plan: SettlementPlan | undefined,
  catalogues: Catalogues,
): (typeof benefitUses.$inferInsert)[] {
  return contracts.map((contract) => ({
    residentId,
    no: contract.no,
    capIncreaseUsed: plan === undefined ? '0.00' : capIncreaseUsed(contract, history, plan),
    extraReimbursed: extraReimbursed(contract, history),
    discount: discount(contract, catalogues),
  }));
}

/** Outpatient fund beyond the cap of people without a contract, in the year the contract began. */
function capIncreaseUsed(contract: ContractFact, history: SettledHistory, plan: SettlementPlan): string {
  const year = Number(contract.validFrom.slice(0, 4));
  const retired = history.claims.some(({ fact, year: one }) => one === year && fact.retired);
  const cap = toCents(outpatientCapOf(plan.caps, retired).withoutContract);
  return toYuan(Math.max(0, toCents(history.accumulators.get(year)?.outpatientFund ?? '0') - cap));
}

function extraReimbursed(contract: ContractFact, history: SettledHistory): string {
  const last = contract.terminatedOn ?? contract.validTo;
  const cents = history.claims
    .filter(({ fact }) => fact.serviceDate >= contract.validFrom && fact.serviceDate <= last)
    .reduce((sum, { settlement }) => sum + toCents(settlement.packageBenefit), 0);
  return toYuan(cents);
}

function discount({ packageCodes }: ContractFact, { servicePackages }: Catalogues): string {
  let cents = 0;
  for (const { code, kind, price } of servicePackages) {
    if (!packageCodes.includes(code) || (kind !== 'HEALTH_EXAM' && kind !== 'CHILD_CARE')) continue;
    cents += toCents(price) - toCents(packagePrice(price, [kind]));
  }
  return toYuan(cents);
}

/** What each referral means for the benefit: of the stay it led to, else by the plan's rule at the receiving level. */
export function referralEffectRows(
  residentId: string,
  referrals: readonly ReferralFact[],
  history: SettledHistory,
  plan: SettlementPlan | undefined,
  levelOf: (institutionId: string) => CareLevel | undefined,
): (typeof referralEffects.$inferInsert)[] {
  return referrals.flatMap((referral) => {
    const stay = history.claims.find(
      ({ fact }) => fact.encounterNo === referral.toEncounterNo && fact.kind === 'INPATIENT',
    );
    if (stay !== undefined) {
      const { ratio, deductible } = stay.settlement;
      return [{ residentId, no: referral.no, ratio, deductible }];
    }
    const level = levelOf(referral.toInstitutionId);
    const rule = plan?.rules.find((one) => one.medicalCategory === 'INPATIENT' && one.level === level);
    if (rule === undefined) return [];
    const deductible = referral.direction === 'DOWN' ? '0.00' : rule.deductible;
    return [{ residentId, no: referral.no, ratio: rule.ratio, deductible }];
  });
}
