import { byReference, coded, columns, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  CapabilityAssessmentResolvers,
  CapabilityItemResolvers,
  DiseaseCatalogueItemResolvers,
  EmergencyNodeResolvers,
  QueryResolvers,
  SharedCentreResolvers,
  SpecialtyCentreResolvers,
  SpecialtyPlanResolvers,
} from '../schema-types.ts';
import {
  capabilityAssessments,
  capabilityItems,
  diseaseCatalogueItems,
  emergencyNodes,
  sharedCentres,
  specialtyCentres,
  specialtyPlans,
} from '../tables/capability.ts';
import { listedReferences } from './listed-references.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  'sharedCentres' | 'specialtyCentres' | 'capabilityList' | 'diseaseCatalogue' | 'emergencyNetwork'
> = {
  sharedCentres: (_, { allianceId, ...page }, { load }, info) =>
    load.sharedCentres.load(narrowed(page, { allianceId: comparison('eq', allianceId) }), info),
  specialtyCentres: (_, page, { load }, info) => load.specialtyCentres.load(page, info),
  capabilityList: (_, { institutionId, ...page }, { load }, info) =>
    load.capabilityItems.load(narrowed(page, { institutionId: comparison('eq', institutionId) }), info),
  diseaseCatalogue: (_, { allianceId, level, ...page }, { load }, info) =>
    load.diseaseCatalogueItems.load(
      narrowed(page, { allianceId: comparison('eq', allianceId), level: comparison('eq', level) }),
      info,
    ),
  emergencyNetwork: (_, { regionCode, ...page }, { load }, info) =>
    load.emergencyNodes.load(narrowed(page, { regionCode: comparison('startsWith', regionCode) }), info),
};

export const SharedCentre: SharedCentreResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.sharedCentre }),
  ...columns(sharedCentres),
  alliance: reference('allianceId', (load: Load) => load.alliance),
  host: reference('hostId', (load: Load) => load.institution),
  serves: listedReferences('servesIds', (load: Load) => load.institution),
};

export const SpecialtyCentre: SpecialtyCentreResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.specialtyCentre }),
  ...columns(specialtyCentres),
  institution: reference('institutionId', (load: Load) => load.institution),
  alliance: reference('allianceId', (load: Load) => load.alliance),
  specialty: coded('VS-16', 'specialty'),
  radiates: listedReferences('radiatesCodes', (load: Load) => load.region),
};

export const SpecialtyPlan: SpecialtyPlanResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.specialtyPlan }),
  ...columns(specialtyPlans),
  alliance: reference('allianceId', (load: Load) => load.alliance),
  specialty: coded('VS-16', 'specialty'),
  leadInstitution: reference('leadInstitutionId', (load: Load) => load.institution),
};

export const EmergencyNode: EmergencyNodeResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.emergencyNode }),
  ...columns(emergencyNodes),
  institution: reference('institutionId', (load: Load) => load.institution),
  region: reference('regionCode', (load: Load) => load.region, 'code'),
  coverage: listedReferences('coverageCodes', (load: Load) => load.region),
};

export const CapabilityItem: CapabilityItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capabilityItem }),
  ...columns(capabilityItems),
  institution: reference('institutionId', (load: Load) => load.institution),
  surgeryLevel: coded('VS-26', 'surgeryLevel'),
};

export const CapabilityAssessment: CapabilityAssessmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capabilityAssessment }),
  ...columns(capabilityAssessments),
  institution: reference('institutionId', (load: Load) => load.institution),
};

export const DiseaseCatalogueItem: DiseaseCatalogueItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.diseaseCatalogueItem }),
  ...columns(diseaseCatalogueItems),
  alliance: reference('allianceId', (load: Load) => load.alliance),
};
