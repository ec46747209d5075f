import type { BenefitPlanFact, Catalogues, ClaimFact } from '@hutong/synthetic';
import { planKey, settlementPlan } from './policy-rows.ts';
import type { PlanFinder } from './settle-history.ts';

/** The benefit plans of the demo region, by scheme, pooled region and year. */
export interface Plans {
  readonly find: PlanFinder;
  readonly key: (scheme: ClaimFact['scheme'], regionCode: string, year: number) => string;
}

/** Finds plans; a region without one of its own is an error of the facts. */
export function createPlans({ benefitPlans }: Catalogues): Plans {
  const plans = new Map(benefitPlans.map((plan) => [`${plan.scheme}/${plan.regionCode}/${plan.year}`, plan]));
  const required = (scheme: string, regionCode: string, year: number): BenefitPlanFact => {
    const plan = plans.get(`${scheme}/${regionCode}/${year}`);
    if (plan === undefined) throw new TypeError(`the facts hold no benefit plan ${scheme} of ${regionCode} in ${year}`);
    return plan;
  };
  return {
    find: (scheme, regionCode, year) => settlementPlan(required(scheme, regionCode, year)),
    key: (scheme, regionCode, year) => planKey(required(scheme, regionCode, year)),
  };
}
