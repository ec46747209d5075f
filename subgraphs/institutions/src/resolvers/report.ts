import { byReference, coded, columns, ownedId, ownedReference, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  CareDocumentResolvers,
  DiagnosticReportResolvers,
  QueryResolvers,
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
import { comparison, narrowed } from './narrowed.ts';
import { ownedRows } from './owned-rows.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  'diagnosticReports' | 'recognitionDecisions' | 'documents' | 'remoteConsultations' | 'recognitionItems'
> = {
  diagnosticReports: (_, { residentId, ...page }, { load }, info) =>
    load.reportsOfResident.load(residentId, page, info),
  recognitionDecisions: (_, page, { load }, info) => load.recognitionDecisions.load(page, info),
  documents: (_, { residentId, types, ...page }, { load }, info) =>
    load.documentsOfResident.load(residentId, narrowed(page, { type: comparison('in', types) }), info),
  remoteConsultations: (_, page, { load }, info) => load.remoteConsultations.load(page, info),
  recognitionItems: (_, page, { load }, info) => load.recognitionItems.load(page, info),
};

export const RecognitionItem: RecognitionItemResolvers = {
  __resolveReference: byReference({ code: (load: Load) => load.recognitionItem }),
  ...columns(recognitionItems),
};

export const DiagnosticReport: DiagnosticReportResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.diagnosticReport }),
  ...columns(diagnosticReports),
  id: ownedId('dr'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter),
  item: coded('RECOGNITION-ITEM', 'item'),
  performedAt: reference('performedAtId', (load: Load) => load.institution),
  interpretedAt: reference('interpretedAtId', (load: Load) => load.institution),
  recognitionDecisions: ownedRows('dr', (load: Load) => load.decisionsOfReport),
};

export const RecognitionDecision: RecognitionDecisionResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.recognitionDecision }),
  ...columns(recognitionDecisions),
  id: ownedId('rd'),
  resident: stub('Resident', 'residentId'),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.diagnosticReport),
  atInstitution: reference('atInstitutionId', (load: Load) => load.institution),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter),
  practitioner: stub('Practitioner', 'practitionerId'),
};

export const CareDocument: CareDocumentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.careDocument }),
  ...columns(careDocuments),
  id: ownedId('cd'),
  type: coded('VS-27', 'type'),
  resident: stub('Resident', 'residentId'),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter),
  institution: reference('institutionId', (load: Load) => load.institution),
  author: stub('Practitioner', 'authorId'),
};

export const RemoteConsultation: RemoteConsultationResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.remoteConsultation }),
  ...columns(remoteConsultations),
  id: ownedId('rc'),
  resident: stub('Resident', 'residentId'),
  requester: reference('requesterId', (load: Load) => load.institution),
  provider: reference('providerId', (load: Load) => load.institution),
  centre: reference('centreId', (load: Load) => load.sharedCentre),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.diagnosticReport),
};
