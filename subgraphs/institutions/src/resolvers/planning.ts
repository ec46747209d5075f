import type { GraphQLResolveInfo } from 'graphql';
import {
  byReference,
  children,
  coded,
  codedList,
  columns,
  derive,
  encodeOwnedId,
  type KeyLoader,
  list,
  type Loading,
  payload,
  reference,
  stub,
} from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import type { Context } from '../context.ts';
import type {
  AlertCauseType,
  DiseaseShareResolvers,
  InstitutionLifecycleEventResolvers,
  InvestmentProjectResolvers,
  LayoutGapParent,
  LayoutGapResolvers,
  LayoutPlanItemResolvers,
  LayoutPlanResolvers,
  MutationResolvers,
  OutreachPointResolvers,
  OutwardTransferResolvers,
  PairingAgreementResolvers,
  QueryResolvers,
  ResourceAssessmentResolvers,
  SupervisionAlertCauseResolvers,
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
  type SupervisionAlertCauseRow,
  supervisionAlerts,
  systemConnections,
} from '../tables/planning.ts';
import { createClinicFinder } from '../rules/clinic-distance.ts';
import { periodBounds, wholeYearsBefore } from '../rules/period.ts';
import { expectWithin } from './expect-within.ts';
import { comparison, narrowed } from './narrowed.ts';
import { wrongPeriod } from './resident.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  | 'diseaseSpectrum'
  | 'outwardTransferRanking'
  | 'resourceAssessments'
  | 'layoutPlans'
  | 'pairingAgreements'
  | 'investmentProjects'
  | 'systemConnections'
  | 'supervisionAlerts'
  | 'layoutGaps'
> = {
  diseaseSpectrum: (_, { regionCode, period, limit }, { load }) => {
    const bounds = periodBounds(period);
    if (bounds === undefined) throw wrongPeriod(period);
    const most = limit ?? 10;
    expectWithin('limit', most, 100);
    return load.planning.diseaseSpectrum({ regionCode, ...bounds, limit: most });
  },
  outwardTransferRanking: (_, { regionCode, years, top }, { load, clock }) => {
    expectWithin('years', years, 10);
    expectWithin('top', top, 50);
    return load.outwardTransfer.ranking({ regionCode, months: wholeYearsBefore(clock.day, years), top });
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
  layoutGaps: (_, { regionCode }, { load }) => layoutGaps(load, regionCode),
};

export const Mutation: Pick<
  MutationResolvers,
  | 'submitResourceAssessment'
  | 'draftLayoutPlan'
  | 'submitLayoutPlan'
  | 'approveLayoutPlan'
  | 'recordInstitutionLifecycle'
  | 'openOutreachPoint'
  | 'recordInvestmentProject'
  | 'signPairingAgreement'
  | 'recordSystemConnection'
  | 'acknowledgeSupervisionAlert'
  | 'explainSupervisionAlert'
  | 'rectifySupervisionAlert'
  | 'closeSupervisionAlert'
> = {
  submitResourceAssessment: (_, { input }, { write }) => write.planning.submitResourceAssessment(input),
  draftLayoutPlan: (_, { input }, { write }) => write.layoutPlan.draftLayoutPlan(input),
  submitLayoutPlan: (_, { input }, { write }) => write.layoutPlan.submitLayoutPlan(input),
  approveLayoutPlan: (_, { input }, { write }) => write.layoutPlan.approveLayoutPlan(input),
  recordInstitutionLifecycle: (_, { input }, { write }) => write.institutionLifecycle.recordInstitutionLifecycle(input),
  openOutreachPoint: (_, { input }, { write }) => write.planning.openOutreachPoint(input),
  recordInvestmentProject: (_, { input }, { write }) => write.planning.recordInvestmentProject(input),
  signPairingAgreement: (_, { input }, { write }) => write.planning.signPairingAgreement(input),
  recordSystemConnection: (_, { input }, { write }) => write.planning.recordSystemConnection(input),
  acknowledgeSupervisionAlert: (_, { input }, { write }) => write.supervision.acknowledgeSupervisionAlert(input),
  explainSupervisionAlert: (_, { input }, { write }) => write.supervision.explainSupervisionAlert(input),
  rectifySupervisionAlert: (_, { input }, { write }) => write.supervision.rectifySupervisionAlert(input),
  closeSupervisionAlert: (_, { input }, { write }) => write.supervision.closeSupervisionAlert(input),
};

export const ResourceAssessmentPayload = payload(
  'resourceAssessment',
  (load: Load) => load.planning.resourceAssessment,
);
export const LayoutPlanPayload = payload('layoutPlan', (load: Load) => load.planning.layoutPlan);
export const InstitutionLifecycleEventPayload = payload(
  'institutionLifecycleEvent',
  (load: Load) => load.planning.institutionLifecycleEvent,
);
export const OutreachPointPayload = payload('outreachPoint', (load: Load) => load.planning.outreachPoint);
export const InvestmentProjectPayload = payload('investmentProject', (load: Load) => load.planning.investmentProject);
export const PairingAgreementPayload = payload('pairingAgreement', (load: Load) => load.planning.pairingAgreement);
export const SystemConnectionPayload = payload('systemConnection', (load: Load) => load.planning.systemConnection);
export const SupervisionAlertPayload = payload('supervisionAlert', (load: Load) => load.planning.supervisionAlert);

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

export const OutwardTransfer: OutwardTransferResolvers = {
  rank: ({ rank }) => rank,
  specialty: ({ specialty }) => codeOf('VS-16', specialty),
  cases: ({ cases }) => cases,
  outside: ({ outside }) => outside,
  share: ({ share }) => share,
  firstMonth: ({ firstMonth }) => firstMonth,
  lastMonth: ({ lastMonth }) => lastMonth,
};

export const LayoutPlan: LayoutPlanResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.planning.layoutPlan }),
  ...columns(layoutPlans),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  items: list('id', (load: Load) => load.planning.itemsOfLayoutPlan),
  history: list('id', (load: Load) => load.history('LayoutPlan')),
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
  causes: children('id', (load: Load) => load.planning.causesOfAlert),
  history: list('id', (load: Load) => load.history('SupervisionAlert')),
};

/** Prefixes of the rows that can cause an alert. */
const causePrefixes: Readonly<Record<AlertCauseType, string>> = {
  ENCOUNTER: 'en',
  PRESCRIPTION: 'rx',
  REPORT: 'dr',
  REFERRAL: 'rf',
};

/** The row of a cause when it is of this type. */
function causeOf<R>(type: AlertCauseType, pick: (load: Load) => KeyLoader<R>) {
  return derive(
    ['type', 'residentId', 'no'],
    async (cause: CauseKey, _args: unknown, { load }: Loading<Load>, info: GraphQLResolveInfo): Promise<R | null> =>
      cause.type === type ? pick(load).load(causeId(cause), info) : null,
  );
}

type CauseKey = Pick<SupervisionAlertCauseRow, 'type' | 'residentId' | 'no'>;

function causeId({ type, residentId, no }: CauseKey): string {
  return encodeOwnedId(causePrefixes[type], residentId, no);
}

export const SupervisionAlertCause: SupervisionAlertCauseResolvers = {
  type: derive(['type'], ({ type }) => type),
  id: derive(['type', 'residentId', 'no'], causeId),
  encounter: causeOf('ENCOUNTER', (load) => load.encounter.encounter),
  prescription: causeOf('PRESCRIPTION', (load) => load.drug.prescription),
  report: causeOf('REPORT', (load) => load.report.diagnosticReport),
  referral: causeOf('REFERRAL', (load) => load.referral.referral),
};

/** Gaps of the network of care below a division, by code (domain.md 3.19.5). */
async function layoutGaps(load: Load, regionCode: string): Promise<LayoutGapParent[]> {
  const doubtful = await load.planning.doubtfulDivisions(regionCode);
  const clinics = await load.planning.clinicsAround(
    doubtful.flatMap(({ isVillage, place }) => (isVillage && place) || []),
  );
  const hasClinic = createClinicFinder(clinics);
  return doubtful
    .filter(({ isVillage, place }) => !isVillage || place === null || !hasClinic(place))
    .map(({ regionCode: code, isVillage }) => ({
      regionCode: code,
      kind: isVillage ? 'VILLAGE_WITHOUT_SERVICE' : 'TOWNSHIP_WITHOUT_HOSPITAL',
    }));
}

export const LayoutGap: LayoutGapResolvers = {
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  kind: derive(['kind'], ({ kind }) => kind),
};
