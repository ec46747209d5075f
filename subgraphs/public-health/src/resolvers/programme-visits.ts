import { payload } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../schema-types.ts';

type Load = Context['load'];

export const programmeMutations: Pick<
  MutationResolvers,
  | 'assessElderly'
  | 'reportInfectious'
  | 'recordHealthEducation'
  | 'recordMaternalVisit'
  | 'recordChildVisit'
  | 'recordImmunisation'
  | 'recordMentalVisit'
  | 'recordTbVisit'
> = {
  assessElderly: (_, { input }, { write }) => write.programmeRecord.assessElderly(input),
  reportInfectious: (_, { input }, { write }) => write.programmeRecord.reportInfectious(input),
  recordHealthEducation: (_, { input }, { write }) => write.programmeRecord.recordHealthEducation(input),
  recordMaternalVisit: (_, { input }, { write }) => write.programmeVisit.recordMaternalVisit(input),
  recordChildVisit: (_, { input }, { write }) => write.programmeVisit.recordChildVisit(input),
  recordImmunisation: (_, { input }, { write }) => write.programmeVisit.recordImmunisation(input),
  recordMentalVisit: (_, { input }, { write }) => write.programmeVisit.recordMentalVisit(input),
  recordTbVisit: (_, { input }, { write }) => write.programmeVisit.recordTbVisit(input),
};

export const MaternalRecordPayload = payload('maternalRecord', (load: Load) => load.maternalRecord);

export const ChildRecordPayload = payload('childRecord', (load: Load) => load.childRecord);

export const ImmunisationPayload = payload('immunisation', (load: Load) => load.immunisation);

export const MentalHealthRecordPayload = payload('mentalHealthRecord', (load: Load) => load.mentalHealthRecord);

export const TbRecordPayload = payload('tbRecord', (load: Load) => load.tbRecord);

export const ElderlyAssessmentPayload = payload('elderlyAssessment', (load: Load) => load.elderlyAssessment);

export const InfectiousReportPayload = payload('infectiousReport', (load: Load) => load.infectiousReport);

export const HealthEducationActivityPayload = payload(
  'healthEducationActivity',
  (load: Load) => load.healthEducationActivity,
);
