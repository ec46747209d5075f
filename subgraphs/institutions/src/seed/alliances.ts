import { createTableBatch, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type { Region } from '@hutong/synthetic';
import { allianceMemberships, alliances } from '../tables/alliance.ts';
import { diseaseCatalogueItems, sharedCentres, specialtyCentres, specialtyPlans } from '../tables/capability.ts';
import { procurementBatches } from '../tables/drug.ts';
import { pairingAgreements } from '../tables/planning.ts';
import {
  allianceRow,
  membershipRow,
  sharedCentreRows,
  specialtyCentreRow,
  specialtyPlanRows,
} from './alliance-rows.ts';
import { diseaseCatalogueRows, procurementRows } from './demo-rows.ts';
import type { SeededPlaces } from './places.ts';

/** Alliances with members, centres, plans and what they buy; pairing of hospitals. */
export async function* seedAlliances(
  sql: SqlSession,
  region: Region,
  places: SeededPlaces,
): AsyncGenerator<TableProgress> {
  const batch = createTableBatch(sql, {
    alliances,
    alliance_memberships: allianceMemberships,
    shared_centres: sharedCentres,
    specialty_plans: specialtyPlans,
    disease_catalogue_items: diseaseCatalogueItems,
    procurement_batches: procurementBatches,
    pairing_agreements: pairingAgreements,
    specialty_centres: specialtyCentres,
  });
  const communityOf = addAlliances(batch, region);
  for (const place of region.places) {
    for (const agreement of region.pairingAgreements(place.key)) {
      batch.add(pairingAgreements, {
        ...agreement,
        specialties: [...agreement.specialties],
        updatedAt: region.asOf,
      });
    }
  }
  for (const centre of places.specialtyCentres) {
    batch.add(specialtyCentres, specialtyCentreRow(centre, communityOf.get(centre.institutionId), region.asOf));
  }
  yield* batch.flush();
}

/** Adds all alliances; gives the community, else the first alliance, of each institution. */
function addAlliances(batch: TableBatch, region: Region): ReadonlyMap<string, string> {
  const communityOf = new Map<string, string>();
  for (const place of region.places) {
    for (const alliance of region.alliances(place.key)) {
      batch.add(alliances, allianceRow(alliance, region.asOf));
      batch.add(allianceMemberships, ...alliance.memberships.map(membershipRow));
      batch.add(sharedCentres, ...sharedCentreRows(alliance, region.asOf));
      batch.add(specialtyPlans, ...specialtyPlanRows(alliance, region.asOf));
      batch.add(diseaseCatalogueItems, ...diseaseCatalogueRows(alliance, region.asOf));
      batch.add(procurementBatches, ...procurementRows(alliance, region.catalogues.drugs));
      for (const { institutionId } of alliance.memberships) {
        if (alliance.kind === 'COUNTY_COMMUNITY' || !communityOf.has(institutionId)) {
          communityOf.set(institutionId, alliance.id);
        }
      }
    }
  }
  return communityOf;
}
