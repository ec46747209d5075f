import { payload } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../schema-types.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  'enrolChronic' | 'recordFollowUp' | 'submitDeviceMeasurement' | 'recordHealthExam'
>;

export const followUpMutations: Mutations = {
  enrolChronic: (_, { input }, { write }) => write.chronic.enrolChronic(input),
  recordFollowUp: (_, { input }, { write }) => write.chronic.recordFollowUp(input),
  submitDeviceMeasurement: (_, { input }, { write }) => write.chronic.submitDeviceMeasurement(input),
  recordHealthExam: (_, { input }, { write }) => write.chronic.recordHealthExam(input),
};

export const ChronicEnrollmentPayload = payload('chronicEnrollment', (load: Load) => load.enrollment);

export const FollowUpPayload = payload('followUp', (load: Load) => load.followUp);

export const DeviceMeasurementPayload = payload('deviceMeasurement', (load: Load) => load.deviceMeasurement);

export const HealthExamPayload = payload('healthExam', (load: Load) => load.exam);
