import { stableFraction, stableInteger } from '@hutong/kit';
import type { InstitutionFact, PractitionerFact } from '@hutong/synthetic';
import type { PaymentMethod } from '../schema-types.ts';
import type { designatedProviders, insurancePhysicians } from '../tables/payment.ts';

/** A designated provider: every institution that treats the insured has an agreement of two years. */
export function providerRow(fact: InstitutionFact, asOf: string): typeof designatedProviders.$inferInsert {
  const year = Number(asOf.slice(0, 4));
  return {
    providerCode: fact.providerCode,
    institutionId: fact.id,
    regionCode: fact.countyCode ?? fact.regionCode.slice(0, 6),
    agreementNo: `${fact.providerCode.slice(1, 7)}-${year}-${fact.providerCode.slice(7)}`,
    level: fact.careLevel,
    validFrom: `${year}-01-01`,
    validTo: `${year + 1}-12-31`,
    creditScore: stableInteger(82, 100, 'credit', fact.id).toFixed(2),
    paymentMethods: [...paymentMethods(fact)],
    updatedAt: asOf,
  };
}

function paymentMethods({ careLevel }: InstitutionFact): readonly PaymentMethod[] {
  switch (careLevel) {
    case 'V':
      return ['FFS'];
    case 'T':
      return ['CAPITATION', 'DRG', 'PER_DIEM'];
    case 'C':
      return ['DRG', 'GLOBAL_BUDGET'];
    case 'M':
    case 'O':
      return ['DRG'];
  }
}

/** An insurance physician; few lost points. */
export function physicianRows({ id, physicianCode }: PractitionerFact): (typeof insurancePhysicians.$inferInsert)[] {
  if (physicianCode === null || !physicianCode.startsWith('D')) return [];
  const points = stableFraction('points', id) < 0.06 ? stableInteger(1, 12, 'points-deducted', id) : 0;
  const status = points >= 12 ? 'REMOVED' : points >= 9 ? 'SUSPENDED' : 'ACTIVE';
  return [{ physicianCode, status, pointsDeducted: points }];
}
