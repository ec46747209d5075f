import type { Read } from '@hutong/kit';
import {
  careDocuments,
  diagnosticReports,
  recognitionDecisions,
  recognitionItems,
  remoteConsultations,
} from '../tables/report.ts';
import { recognitionCandidates } from './recognition-candidates.ts';

export const reportLoaders = (read: Read) => ({
  recognitionItem: read.byKey(recognitionItems, 'code'),
  recognitionItems: read.page(recognitionItems, 'code'),
  diagnosticReport: read.byOwnedId(diagnosticReports, 'dr'),
  reportsOfResident: read.pageBy(diagnosticReports, 'residentId', ['residentId', 'no']),
  reportsOfEncounter: read.listByOwned(diagnosticReports, 'en', 'encounterNo', { orderBy: ['no'] }),
  recognitionCandidates: recognitionCandidates(read),
  recognitionDecision: read.byOwnedId(recognitionDecisions, 'rd'),
  recognitionDecisions: read.page(recognitionDecisions, ['residentId', 'no']),
  decisionsOfResident: read.pageBy(recognitionDecisions, 'residentId', ['residentId', 'no']),
  decisionsOfReport: read.listByOwned(recognitionDecisions, 'dr', 'reportNo', { orderBy: ['no'] }),
  careDocument: read.byOwnedId(careDocuments, 'cd'),
  documentsOfResident: read.pageBy(careDocuments, 'residentId', ['residentId', 'no']),
  documentsOfEncounter: read.listByOwned(careDocuments, 'en', 'encounterNo', { orderBy: ['no'] }),
  documentsOfReferral: read.listByOwned(careDocuments, 'rf', 'referralNo', { orderBy: ['no'] }),
  remoteConsultation: read.byOwnedId(remoteConsultations, 'rc'),
  remoteConsultations: read.page(remoteConsultations, ['residentId', 'no']),
  remoteConsultationsOfResident: read.pageBy(remoteConsultations, 'residentId', ['residentId', 'no']),
});
