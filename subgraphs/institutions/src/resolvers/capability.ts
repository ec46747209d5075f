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
    load.capability.sharedCentres.load(narrowed(page, { allianceId: comparison('eq', allianceId) }), info),
  specialtyCentres: (_, page, { load }, info) => load.capability.specialtyCentres.load(page, info),
  capabilityList: (_, { institutionId, ...page }, { load }, info) =>
    load.capability.capabilityItems.load(narrowed(page, { institutionId: comparison('eq', institutionId) }), info),
  diseaseCatalogue: (_, { allianceId, level, ...page }, { load }, info) =>
    load.capability.diseaseCatalogueItems.load(
      narrowed(page, { allianceId: comparison('eq', allianceId), level: comparison('eq', level) }),
      info,
    ),
  emergencyNetwork: (_, { regionCode, ...page }, { load }, info) =>
    load.capability.emergencyNodes.load(narrowed(page, { regionCode: comparison('startsWith', regionCode) }), info),
};

export const SharedCentre: SharedCentreResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.sharedCentre }),
  ...columns(sharedCentres),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  host: reference('hostId', (load: Load) => load.place.institution),
  serves: listedReferences('servesIds', (load: Load) => load.place.institution),
};

export const SpecialtyCentre: SpecialtyCentreResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.specialtyCentre }),
  ...columns(specialtyCentres),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  specialty: coded('VS-16', 'specialty'),
  radiates: listedReferences('radiatesCodes', (load: Load) => load.place.region),
};

export const SpecialtyPlan: SpecialtyPlanResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.specialtyPlan }),
  ...columns(specialtyPlans),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  specialty: coded('VS-16', 'specialty'),
  leadInstitution: reference('leadInstitutionId', (load: Load) => load.place.institution),
};

export const EmergencyNode: EmergencyNodeResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.emergencyNode }),
  ...columns(emergencyNodes),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  coverage: listedReferences('coverageCodes', (load: Load) => load.place.region),
};

export const CapabilityItem: CapabilityItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.capabilityItem }),
  ...columns(capabilityItems),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  surgeryLevel: coded('VS-26', 'surgeryLevel'),
};

export const CapabilityAssessment: CapabilityAssessmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.capabilityAssessment }),
  ...columns(capabilityAssessments),
  institution: reference('institutionId', (load: Load) => load.place.institution),
};

export const DiseaseCatalogueItem: DiseaseCatalogueItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.diseaseCatalogueItem }),
  ...columns(diseaseCatalogueItems),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
};
