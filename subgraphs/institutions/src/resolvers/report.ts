import {
  byReference,
  coded,
  columns,
  derive,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  CareDocumentResolvers,
  DiagnosticReportResolvers,
  MutationResolvers,
  QueryResolvers,
  RecognitionCheckResolvers,
  RecognitionDecisionResolvers,
  RecognitionItemResolvers,
  RemoteConsultationResolvers,
} from '../schema-types.ts';
import {
  careDocuments,
  diagnosticReports,
  recognitionDecisions,
  recognitionItems,
  remoteConsultations,
} from '../tables/report.ts';
import { chooseReport } from '../rules/recognition-choice.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  | 'diagnosticReports'
  | 'recognitionCheck'
  | 'recognitionDecisions'
  | 'documents'
  | 'remoteConsultations'
  | 'recognitionItems'
> = {
  diagnosticReports: (_, { residentId, ...page }, { load }, info) =>
    load.report.reportsOfResident.load(residentId, page, info),
  recognitionCheck: async (_, { at, ...order }, { load, clock }) => {
    const examination = { at: at ?? clock.instant, site: order.site ?? null, method: order.method ?? null };
    const candidates = await load.report.recognitionCandidates({ ...order, at: examination.at });
    return chooseReport(order.residentId, candidates, examination);
  },
  recognitionDecisions: (_, page, { load }, info) => load.report.recognitionDecisions.load(page, info),
  documents: (_, { residentId, types, ...page }, { load }, info) =>
    load.report.documentsOfResident.load(residentId, narrowed(page, { type: comparison('in', types) }), info),
  remoteConsultations: (_, page, { load }, info) => load.report.remoteConsultations.load(page, info),
  recognitionItems: (_, page, { load }, info) => load.report.recognitionItems.load(page, info),
};

export const Mutation: Pick<
  MutationResolvers,
  'recordReport' | 'recordRecognition' | 'recordDocument' | 'requestRemoteConsultation' | 'answerRemoteConsultation'
> = {
  recordReport: (_, { input }, { write }) => write.report.recordReport(input),
  recordRecognition: (_, { input }, { write }) => write.report.recordRecognition(input),
  recordDocument: (_, { input }, { write }) => write.report.recordDocument(input),
  requestRemoteConsultation: (_, { input }, { write }) => write.consultation.requestRemoteConsultation(input),
  answerRemoteConsultation: (_, { input }, { write }) => write.consultation.answerRemoteConsultation(input),
};

export const DiagnosticReportPayload = payload('diagnosticReport', (load: Load) => load.report.diagnosticReport);
export const RecognitionDecisionPayload = payload(
  'recognitionDecision',
  (load: Load) => load.report.recognitionDecision,
);
export const CareDocumentPayload = payload('careDocument', (load: Load) => load.report.careDocument);
export const RemoteConsultationPayload = payload('remoteConsultation', (load: Load) => load.report.remoteConsultation);

export const RecognitionCheck: RecognitionCheckResolvers = {
  recognisable: derive(['recognisable'], ({ recognisable }) => recognisable),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.report.diagnosticReport),
  reason: derive(['reason'], ({ reason }) => reason),
  validUntil: derive(['validUntil'], ({ validUntil }) => validUntil),
};

export const RecognitionItem: RecognitionItemResolvers = {
  __resolveReference: byReference({ code: (load: Load) => load.report.recognitionItem }),
  ...columns(recognitionItems),
};

export const DiagnosticReport: DiagnosticReportResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.report.diagnosticReport }),
  ...columns(diagnosticReports),
  id: ownedId('dr'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter.encounter),
  item: coded('RECOGNITION-ITEM', 'item'),
  performedAt: reference('performedAtId', (load: Load) => load.place.institution),
  interpretedAt: reference('interpretedAtId', (load: Load) => load.place.institution),
  duplicateOf: ownedReference('dr', 'duplicateOfNo', (load: Load) => load.report.diagnosticReport),
  recognitionDecisions: ownedList('dr', (load: Load) => load.report.decisionsOfReport),
  history: ownedList('dr', (load: Load) => load.history('DiagnosticReport')),
};

export const RecognitionDecision: RecognitionDecisionResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.report.recognitionDecision }),
  ...columns(recognitionDecisions),
  id: ownedId('rd'),
  resident: stub('Resident', 'residentId'),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.report.diagnosticReport),
  atInstitution: reference('atInstitutionId', (load: Load) => load.place.institution),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter.encounter),
  practitioner: stub('Practitioner', 'practitionerId'),
};

export const CareDocument: CareDocumentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.report.careDocument }),
  ...columns(careDocuments),
  id: ownedId('cd'),
  type: coded('VS-27', 'type'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter.encounter),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  author: stub('Practitioner', 'authorId'),
};

export const RemoteConsultation: RemoteConsultationResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.report.remoteConsultation }),
  ...columns(remoteConsultations),
  id: ownedId('rc'),
  resident: stub('Resident', 'residentId'),
  requester: reference('requesterId', (load: Load) => load.place.institution),
  provider: reference('providerId', (load: Load) => load.place.institution),
  centre: reference('centreId', (load: Load) => load.capability.sharedCentre),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.report.diagnosticReport),
  history: ownedList('rc', (load: Load) => load.history('RemoteConsultation')),
};
