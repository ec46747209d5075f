import type { Read } from '@hutong/kit';
import {
  childRecords,
  elderlyAssessments,
  healthEducationActivities,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from '../tables/programme-records.ts';

const owned = ['residentId', 'no'] as const;

/** Reads of the records of the public-health programmes. */
export const programmeRecordLoaders = (read: Read) => ({
  exam: read.byOwnedId(healthExams, 'he'),
  exams: read.page(healthExams, owned),
  examsOfResident: read.pageBy(healthExams, 'residentId', owned),
  maternalRecord: read.byOwnedId(maternalRecords, 'mr'),
  maternalRecords: read.page(maternalRecords, owned),
  maternalOfResident: read.listBy(maternalRecords, 'residentId', { orderBy: ['no'] }),
  childRecord: read.byOwnedId(childRecords, 'cr'),
  childRecords: read.page(childRecords, owned),
  childrenOfPregnancy: read.listBy(childRecords, 'maternalRecordId', { orderBy: ['residentId', 'no'] }),
  childRecordsOfResident: read.listBy(childRecords, 'residentId', { orderBy: ['no'] }),
  elderlyAssessment: read.byOwnedId(elderlyAssessments, 'ea'),
  elderlyAssessments: read.page(elderlyAssessments, owned),
  elderlyOfResident: read.listBy(elderlyAssessments, 'residentId', { orderBy: ['at', 'no'] }),
  mentalHealthRecord: read.byOwnedId(mentalHealthRecords, 'mh'),
  mentalHealthRecords: read.page(mentalHealthRecords, owned),
  mentalHealthOfResident: read.listBy(mentalHealthRecords, 'residentId', { orderBy: ['no'] }),
  tbRecord: read.byOwnedId(tbRecords, 'tb'),
  tbRecords: read.page(tbRecords, owned),
  tbOfResident: read.listBy(tbRecords, 'residentId', { orderBy: ['no'] }),
  immunisation: read.byOwnedId(immunisations, 'im'),
  immunisations: read.page(immunisations, owned),
  immunisationsOfResident: read.listBy(immunisations, 'residentId', { orderBy: ['dueOn', 'no'] }),
  infectiousReport: read.byOwnedId(infectiousReports, 'ir'),
  infectiousReports: read.page(infectiousReports, owned),
  infectiousOfResident: read.listBy(infectiousReports, 'residentId', { orderBy: ['reportedAt', 'no'] }),
  healthEducationActivity: read.byKey(healthEducationActivities, 'id'),
  healthEducationActivities: read.page(healthEducationActivities, 'id'),
});
