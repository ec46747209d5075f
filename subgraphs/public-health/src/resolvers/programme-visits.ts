import { payload } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../schema-types.ts';

type Load = Context['load'];

export const programmeMutations: Pick<
  MutationResolvers,
  'assessElderly' | 'reportInfectious' | 'recordHealthEducation'
> = {
  assessElderly: (_, { input }, { write }) => write.programmeRecord.assessElderly(input),
  reportInfectious: (_, { input }, { write }) => write.programmeRecord.reportInfectious(input),
  recordHealthEducation: (_, { input }, { write }) => write.programmeRecord.recordHealthEducation(input),
};

export const ElderlyAssessmentPayload = payload('elderlyAssessment', (load: Load) => load.elderlyAssessment);

export const InfectiousReportPayload = payload('infectiousReport', (load: Load) => load.infectiousReport);

export const HealthEducationActivityPayload = payload(
  'healthEducationActivity',
  (load: Load) => load.healthEducationActivity,
);
