import { BadInput, byReference, coded, columns, list, payload, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  CapabilityAssessmentResolvers,
  CapabilityItemResolvers,
  DiseaseCatalogueItemResolvers,
  EmergencyNodeResolvers,
  MutationResolvers,
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
import { canTreat } from '../rules/can-treat.ts';
import { normaliseIcd10 } from '../rules/icd10.ts';
import { listedReferences } from './listed-references.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  'sharedCentres' | 'specialtyCentres' | 'capabilityList' | 'diseaseCatalogue' | 'emergencyNetwork' | 'canTreat'
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
  canTreat: async (_, { institutionId, icd10 }, { load }) => {
    if (normaliseIcd10(icd10) === undefined)
      throw new BadInput(`${icd10} is no ICD-10 code`, `${icd10} 不是 ICD-10 编码`);
    const institution = await load.capability.treatingInstitution(institutionId);
    return institution === null ? null : canTreat(institution, icd10);
  },
};

export const Mutation: Pick<
  MutationResolvers,
  | 'upsertCapabilityItem'
  | 'assessCapability'
  | 'upsertDiseaseCatalogueItem'
  | 'openSpecialtyCentre'
  | 'openSharedCentre'
  | 'upsertEmergencyNode'
> = {
  upsertCapabilityItem: (_, { input }, { write }) => write.capability.upsertCapabilityItem(input),
  assessCapability: (_, { input }, { write }) => write.capability.assessCapability(input),
  upsertDiseaseCatalogueItem: (_, { input }, { write }) => write.capability.upsertDiseaseCatalogueItem(input),
  openSpecialtyCentre: (_, { input }, { write }) => write.capability.openSpecialtyCentre(input),
  openSharedCentre: (_, { input }, { write }) => write.capability.openSharedCentre(input),
  upsertEmergencyNode: (_, { input }, { write }) => write.capability.upsertEmergencyNode(input),
};

export const CapabilityItemPayload = payload('capabilityItem', (load: Load) => load.capability.capabilityItem);
export const CapabilityAssessmentPayload = payload(
  'capabilityAssessment',
  (load: Load) => load.capability.capabilityAssessment,
);
export const DiseaseCatalogueItemPayload = payload(
  'diseaseCatalogueItem',
  (load: Load) => load.capability.diseaseCatalogueItem,
);
export const SpecialtyCentrePayload = payload('specialtyCentre', (load: Load) => load.capability.specialtyCentre);
export const SharedCentrePayload = payload('sharedCentre', (load: Load) => load.capability.sharedCentre);
export const EmergencyNodePayload = payload('emergencyNode', (load: Load) => load.capability.emergencyNode);

export const SharedCentre: SharedCentreResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.capability.sharedCentre }),
  ...columns(sharedCentres),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  host: reference('hostId', (load: Load) => load.place.institution),
  serves: listedReferences('servesIds', (load: Load) => load.place.institution),
  history: list('id', (load: Load) => load.history('SharedCentre')),
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
