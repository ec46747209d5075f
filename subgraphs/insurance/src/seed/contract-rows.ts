import type { Catalogues, ContractFact, ReferralFact } from '@hutong/synthetic';
import { toCents, toYuan } from '../rules/money.ts';
import { referralEffectOf } from '../rules/referral-effect.ts';
import { feeOfPackage } from '../rules/settlement-price.ts';
import type { SettlementPlan } from '../rules/settlement-types.ts';
import type { CareLevel } from '../rules/settlement-types.ts';
import type { benefitUses, referralEffects } from '../tables/claim.ts';
import type { SettledClaim, SettledHistory } from './settle-history.ts';

/** Money that each contract brought its resident (domain.md 3.1.2, 3.1.6, 3.1.7). */
export function benefitUseRows(
  residentId: string,
  contracts: readonly ContractFact[],
  history: SettledHistory,
  catalogues: Catalogues,
): (typeof benefitUses.$inferInsert)[] {
  return contracts.map((contract) => {
    const claims = history.claims.filter(({ contractNo }) => contractNo === contract.no);
    const sum = (amountOf: (claim: SettledClaim) => string): string =>
      toYuan(claims.reduce((total, claim) => total + toCents(amountOf(claim)), 0));
    return {
      residentId,
      no: contract.no,
      capIncreaseUsed: sum(({ basis }) => basis.aboveCap),
      extraReimbursed: sum(({ settlement }) => settlement.packageBenefit),
      discount: discount(contract, catalogues),
    };
  });
}

function discount({ packageCodes }: ContractFact, { servicePackages }: Catalogues): string {
  const held = servicePackages.filter(({ code }) => packageCodes.includes(code));
  return toYuan(held.reduce((cents, fact) => cents + toCents(fact.price) - toCents(feeOfPackage(fact)), 0));
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
    const effect = referralEffectOf(plan, levelOf(referral.toInstitutionId), referral.direction);
    return effect === undefined ? [] : [{ residentId, no: referral.no, ...effect }];
  });
}
