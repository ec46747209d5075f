import { byReference, coded, codedList, columns, list, reference, stub } from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import type { Context } from '../context.ts';
import type {
  DiseaseShareResolvers,
  InstitutionLifecycleEventResolvers,
  InvestmentProjectResolvers,
  LayoutPlanItemResolvers,
  LayoutPlanResolvers,
  OutreachPointResolvers,
  PairingAgreementResolvers,
  QueryResolvers,
  ResourceAssessmentResolvers,
  SupervisionAlertResolvers,
  SystemConnectionResolvers,
} from '../schema-types.ts';
import {
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
  pairingAgreements,
  resourceAssessments,
  supervisionAlerts,
  systemConnections,
} from '../tables/planning.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  | 'resourceAssessments'
  | 'layoutPlans'
  | 'pairingAgreements'
  | 'investmentProjects'
  | 'systemConnections'
  | 'supervisionAlerts'
> = {
  resourceAssessments: (_, { regionCode, ...page }, { load }, info) =>
    load.resourceAssessmentsOfRegion.load(regionCode, page, info),
  layoutPlans: (_, { regionCode, ...page }, { load }, info) => load.layoutPlansOfRegion.load(regionCode, page, info),
  pairingAgreements: (_, page, { load }, info) => load.pairingAgreements.load(page, info),
  investmentProjects: (_, page, { load }, info) => load.investmentProjects.load(page, info),
  systemConnections: (_, { institutionId, ...page }, { load }, info) =>
    load.systemConnections.load(narrowed(page, { institutionId: comparison('eq', institutionId) }), info),
  supervisionAlerts: (_, page, { load }, info) => load.supervisionAlerts.load(page, info),
};

export const ResourceAssessment: ResourceAssessmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.resourceAssessment }),
  ...columns(resourceAssessments),
  region: reference('regionCode', (load: Load) => load.region, 'code'),
};

export const DiseaseShare: DiseaseShareResolvers = {
  rank: ({ rank }) => rank,
  disease: ({ icd10 }) => codeOf('ICD-10', icd10),
  encounters: ({ encounters }) => encounters,
  share: ({ share }) => share,
};

export const LayoutPlan: LayoutPlanResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.layoutPlan }),
  ...columns(layoutPlans),
  region: reference('regionCode', (load: Load) => load.region, 'code'),
  items: list('id', (load: Load) => load.itemsOfLayoutPlan),
};

export const LayoutPlanItem: LayoutPlanItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.layoutPlanItem }),
  ...columns(layoutPlanItems),
  class: coded('VS-04', 'class'),
  region: reference('regionCode', (load: Load) => load.region, 'code'),
};

export const InstitutionLifecycleEvent: InstitutionLifecycleEventResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.institutionLifecycleEvent }),
  ...columns(institutionLifecycleEvents),
  institution: reference('institutionId', (load: Load) => load.institution),
  mergedInto: reference('mergedIntoId', (load: Load) => load.institution),
};

export const OutreachPoint: OutreachPointResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.outreachPoint }),
  ...columns(outreachPoints),
  village: reference('villageCode', (load: Load) => load.region, 'code'),
  providedBy: reference('providedById', (load: Load) => load.institution),
};

export const InvestmentProject: InvestmentProjectResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.investmentProject }),
  ...columns(investmentProjects),
  region: reference('regionCode', (load: Load) => load.region, 'code'),
};

export const PairingAgreement: PairingAgreementResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.pairingAgreement }),
  ...columns(pairingAgreements),
  cityHospital: reference('cityHospitalId', (load: Load) => load.institution),
  leadHospital: reference('leadHospitalId', (load: Load) => load.institution),
  specialties: codedList('VS-16', 'specialties'),
};

export const SystemConnection: SystemConnectionResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.systemConnection }),
  ...columns(systemConnections),
  institution: reference('institutionId', (load: Load) => load.institution),
};

export const SupervisionAlert: SupervisionAlertResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.supervisionAlert }),
  ...columns(supervisionAlerts),
  institution: reference('institutionId', (load: Load) => load.institution),
  acknowledgedBy: stub('Practitioner', 'acknowledgedById'),
};
