import { derive, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import { canTreat } from '../rules/can-treat.ts';
import { distanceKm } from '../rules/distance.ts';
import { inReferralTargetOrder } from '../rules/referral-target-order.ts';
import type { QueryResolvers, ReferralTargetParent, ReferralTargetResolvers } from '../schema-types.ts';

type Load = Context['load'];
type TargetFacts = Awaited<ReturnType<Load['referralTarget']['targetsFrom']>>[number];

/** Targets told at most. */
const mostTargets = 50;

/** The targets of a diagnosis, the first to be suggested first (domain.md 3.4.3). */
export async function suggestTargets(load: Load, fromId: string, icd10: string): Promise<ReferralTargetParent[]> {
  const facts = await load.referralTarget.targetsFrom(fromId, icd10);
  const ranked = inReferralTargetOrder(facts.map((target) => ({ ...target, ...measured(target, icd10) })));
  return ranked.slice(0, mostTargets).map(toValue);
}

function measured({ place, from, ...target }: TargetFacts, icd10: string) {
  const distance = place === null || from === null ? null : distanceKm(from, place);
  return { distanceKm: distance, canTreat: canTreat(target, icd10) };
}

function toValue({
  id,
  distanceKm: distance,
  ...target
}: TargetFacts & ReturnType<typeof measured>): ReferralTargetParent {
  return { ...target, institutionId: id, distanceKm: distance === null ? null : distance.toFixed(1) };
}

export const Query: Pick<QueryResolvers, 'suggestReferralTargets'> = {
  suggestReferralTargets: async (_, { fromInstitutionId, icd10, first }, { load }) =>
    (await suggestTargets(load, fromInstitutionId, icd10)).slice(0, Math.max(first, 0)),
};

export const ReferralTarget: ReferralTargetResolvers = {
  institution: reference('institutionId', (load: Load) => load.place.institution),
  canTreat: derive(['canTreat'], (target) => target.canTreat),
  isOwnLead: derive(['isOwnLead'], (target) => target.isOwnLead),
  isCountyHospital: derive(['isCountyHospital'], (target) => target.isCountyHospital),
  isPairedCityHospital: derive(['isPairedCityHospital'], (target) => target.isPairedCityHospital),
  nextSlotAt: derive(['nextSlotAt'], (target) => target.nextSlotAt),
  distanceKm: derive(['distanceKm'], (target) => target.distanceKm),
};
