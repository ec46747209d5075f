import { eq, sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import type { CareDuty, CatalogueLevel, Tier } from '../schema-types.ts';
import { allianceMemberships, alliances, memberOn } from '../tables/alliance.ts';
import {
  capabilityAssessments,
  capabilityItems,
  diseaseCatalogueItems,
  emergencyNodes,
  sharedCentres,
  specialtyCentres,
  specialtyPlans,
} from '../tables/capability.ts';
import { institutions } from '../tables/place.ts';

/** What an institution can do and what the catalogues of its alliances list, for `canTreat`. */
export interface TreatingValue {
  readonly tier: Tier;
  readonly catalogue: readonly {
    readonly level: CatalogueLevel;
    readonly icd10From: string;
    readonly icd10To: string;
  }[];
  readonly capabilities: readonly { readonly itemCode: string; readonly area: CareDuty; readonly available: boolean }[];
}

export const capabilityLoaders = (read: Read, day: string) => ({
  treatingInstitution: (institutionId: string) => loadTreating(read.query, institutionId, day),
  sharedCentre: read.byKey(sharedCentres, 'id'),
  sharedCentres: read.page(sharedCentres, 'id'),
  sharedCentresOfAlliance: read.listBy(sharedCentres, 'allianceId', { orderBy: ['kind', 'id'] }),
  sharedCentresOfHost: read.listBy(sharedCentres, 'hostId', { orderBy: ['kind', 'id'] }),
  specialtyCentre: read.byKey(specialtyCentres, 'id'),
  specialtyCentres: read.page(specialtyCentres, 'id'),
  centresOfInstitution: read.pageBy(specialtyCentres, 'institutionId', 'id'),
  keySpecialtiesOfAlliance: read.listBy(specialtyCentres, 'allianceId', {
    where: eq(specialtyCentres.kind, 'KEY_SPECIALTY'),
    orderBy: ['specialty', 'id'],
  }),
  specialtyPlan: read.byKey(specialtyPlans, 'id'),
  plansOfAlliance: read.listBy(specialtyPlans, 'allianceId', { orderBy: ['specialty', 'id'] }),
  emergencyNode: read.byKey(emergencyNodes, 'id'),
  emergencyNodes: read.page(emergencyNodes, 'id'),
  capabilityItem: read.byKey(capabilityItems, 'id'),
  capabilityItems: read.page(capabilityItems, 'id'),
  capabilityItemsOfInstitution: read.pageBy(capabilityItems, 'institutionId', 'id'),
  capabilityAssessment: read.byKey(capabilityAssessments, 'id'),
  assessmentsOfInstitution: read.listBy(capabilityAssessments, 'institutionId', {
    orderBy: [['assessedOn', 'DESC'], 'id'],
  }),
  diseaseCatalogueItem: read.byKey(diseaseCatalogueItems, 'id'),
  diseaseCatalogueItems: read.page(diseaseCatalogueItems, 'id'),
});

/** An open institution with its list of capabilities and the newest catalogues of the alliances it is in today; null when there is none. */
async function loadTreating(query: Query, id: string, day: string): Promise<TreatingValue | null> {
  const [row] = await query(sql`
    select ${institutions.tier}, ${institutions.status},
      (select coalesce(jsonb_agg(jsonb_build_object('itemCode', ${capabilityItems.itemCode}, 'area', ${capabilityItems.area},
          'available', ${capabilityItems.available})), '[]')
        from ${capabilityItems} where ${capabilityItems.institutionId} = ${institutions.id}),
      (select coalesce(jsonb_agg(jsonb_build_object('level', c.level, 'icd10From', c.icd10_from, 'icd10To', c.icd10_to)), '[]')
        from (select *, max(version) over (partition by alliance_id, level) as newest from ${diseaseCatalogueItems}
          where ${diseaseCatalogueItems.allianceId} in (select ${alliances.id} from ${allianceMemberships}
            join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId}
            where ${allianceMemberships.institutionId} = ${id}
              and ${memberOn(day)} and coalesce(${alliances.dissolvedOn}, 'infinity') > ${day})) c
        where c.version = c.newest)
    from ${institutions} where ${institutions.id} = ${id}`);
  if (row === undefined) return null;
  const [tier, status, capabilities, catalogue] = row;
  const open = status === 'ACTIVE';
  return {
    tier: tier as Tier,
    capabilities: open ? (capabilities as TreatingValue['capabilities']) : [],
    catalogue: open ? (catalogue as TreatingValue['catalogue']) : [],
  };
}
