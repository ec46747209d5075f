import { stableId } from '@hutong/kit';
import type { AllianceFact, AllianceMembershipFact, SpecialtyCentreFact } from '@hutong/synthetic';
import type { allianceMemberships, alliances } from '../tables/alliance.ts';
import type { sharedCentres, specialtyCentres, specialtyPlans } from '../tables/capability.ts';

/** An alliance; its flows follow from what its members share and manage as one. */
export function allianceRow(fact: AllianceFact, asOf: string): typeof alliances.$inferInsert {
  return {
    id: fact.id,
    name: fact.name,
    kind: fact.kind,
    tightness: fact.tightness,
    regionCode: fact.regionCode,
    leadId: fact.leadInstitutionId,
    internetPlus: fact.internetPlus,
    peopleFlow: fact.governance.unifiedHr,
    resourceFlow: fact.sharedCentres.some(({ status }) => status === 'IN_OPERATION'),
    careFlow: fact.governance.unifiedBusiness,
    ...fact.governance,
    establishedOn: fact.establishedOn,
    dissolvedOn: fact.dissolvedOn,
    updatedAt: asOf,
  };
}

/** A membership. */
export function membershipRow(fact: AllianceMembershipFact): typeof allianceMemberships.$inferInsert {
  return { id: stableId('am', fact.allianceId, fact.institutionId, fact.joinedOn), ...fact };
}

/** The shared centres of an alliance. */
export function sharedCentreRows(fact: AllianceFact, asOf: string): (typeof sharedCentres.$inferInsert)[] {
  return fact.sharedCentres.map(({ hostInstitutionId, servesInstitutionIds, ...same }) => ({
    ...same,
    hostId: hostInstitutionId,
    servesIds: [...servesInstitutionIds],
    updatedAt: asOf,
  }));
}

/** The discipline plans of an alliance. */
export function specialtyPlanRows(fact: AllianceFact, asOf: string): (typeof specialtyPlans.$inferInsert)[] {
  return fact.specialtyPlans.map((plan) => ({ ...plan, updatedAt: asOf }));
}

/** A specialty centre, built for the community of its institution. */
export function specialtyCentreRow(
  { radiatesRegionCodes, ...same }: SpecialtyCentreFact,
  allianceId: string | undefined,
  asOf: string,
): typeof specialtyCentres.$inferInsert {
  return { ...same, allianceId: allianceId ?? null, radiatesCodes: [...radiatesRegionCodes], updatedAt: asOf };
}
