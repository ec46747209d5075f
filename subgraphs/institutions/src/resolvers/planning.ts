import { BadInput, byReference, coded, codedList, columns, list, reference, stub } from '@hutong/kit';
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
import { periodBounds } from '../rules/period.ts';
import { comparison, narrowed } from './narrowed.ts';
import { wrongPeriod } from './resident.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  | 'diseaseSpectrum'
  | 'resourceAssessments'
  | 'layoutPlans'
  | 'pairingAgreements'
  | 'investmentProjects'
  | 'systemConnections'
  | 'supervisionAlerts'
> = {
  diseaseSpectrum: (_, { regionCode, period, limit }, { load }) => {
    const bounds = periodBounds(period);
    if (bounds === undefined) throw wrongPeriod(period);
    const most = limit ?? 10;
    if (most < 1 || most > 100) throw new BadInput('limit must be 1 to 100', 'limit 应为 1 至 100');
    return load.planning.diseaseSpectrum({ regionCode, ...bounds, limit: most });
  },
  resourceAssessments: (_, { regionCode, ...page }, { load }, info) =>
    load.planning.resourceAssessmentsOfRegion.load(regionCode, page, info),
  layoutPlans: (_, { regionCode, ...page }, { load }, info) =>
    load.planning.layoutPlansOfRegion.load(regionCode, page, info),
  pairingAgreements: (_, page, { load }, info) => load.planning.pairingAgreements.load(page, info),
  investmentProjects: (_, page, { load }, info) => load.planning.investmentProjects.load(page, info),
  systemConnections: (_, { institutionId, ...page }, { load }, info) =>
    load.planning.systemConnections.load(narrowed(page, { institutionId: comparison('eq', institutionId) }), info),
  supervisionAlerts: (_, page, { load }, info) => load.planning.supervisionAlerts.load(page, info),
};

export const ResourceAssessment: ResourceAssessmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.resourceAssessment }),
  ...columns(resourceAssessments),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
};

export const DiseaseShare: DiseaseShareResolvers = {
  rank: ({ rank }) => rank,
  disease: ({ icd10 }) => codeOf('ICD-10', icd10),
  encounters: ({ encounters }) => encounters,
  share: ({ share }) => share,
};

export const LayoutPlan: LayoutPlanResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.layoutPlan }),
  ...columns(layoutPlans),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  items: list('id', (load: Load) => load.planning.itemsOfLayoutPlan),
};

export const LayoutPlanItem: LayoutPlanItemResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.layoutPlanItem }),
  ...columns(layoutPlanItems),
  class: coded('VS-04', 'class'),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
};

export const InstitutionLifecycleEvent: InstitutionLifecycleEventResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.institutionLifecycleEvent }),
  ...columns(institutionLifecycleEvents),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  mergedInto: reference('mergedIntoId', (load: Load) => load.place.institution),
};

export const OutreachPoint: OutreachPointResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.outreachPoint }),
  ...columns(outreachPoints),
  village: reference('villageCode', (load: Load) => load.place.region, 'code'),
  providedBy: reference('providedById', (load: Load) => load.place.institution),
};

export const InvestmentProject: InvestmentProjectResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.investmentProject }),
  ...columns(investmentProjects),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
};

export const PairingAgreement: PairingAgreementResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.pairingAgreement }),
  ...columns(pairingAgreements),
  cityHospital: reference('cityHospitalId', (load: Load) => load.place.institution),
  leadHospital: reference('leadHospitalId', (load: Load) => load.place.institution),
  specialties: codedList('VS-16', 'specialties'),
};

export const SystemConnection: SystemConnectionResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.systemConnection }),
  ...columns(systemConnections),
  institution: reference('institutionId', (load: Load) => load.place.institution),
};

export const SupervisionAlert: SupervisionAlertResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.supervisionAlert }),
  ...columns(supervisionAlerts),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  acknowledgedBy: stub('Practitioner', 'acknowledgedById'),
};
