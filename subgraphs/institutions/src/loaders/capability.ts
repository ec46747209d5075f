import { eq } from 'drizzle-orm';
import type { Read } from '@hutong/kit';
import {
  capabilityAssessments,
  capabilityItems,
  diseaseCatalogueItems,
  emergencyNodes,
  sharedCentres,
  specialtyCentres,
  specialtyPlans,
} from '../tables/capability.ts';

export const capabilityLoaders = (read: Read) => ({
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
