import type { Mutation } from '@hutong/kit';
import { enrolChronic } from './chronic-enrollment.ts';
import { recordFollowUp } from './follow-up.ts';
import { recordHealthExam, submitDeviceMeasurement } from './health-exam.ts';

/** Mutations of chronic care 慢病管理、随访、监测、体检 (domain.md 3.10). */
export const chronicWrites = (mutation: Mutation) => ({
  enrolChronic: mutation('enrolChronic', enrolChronic),
  recordFollowUp: mutation('recordFollowUp', recordFollowUp),
  submitDeviceMeasurement: mutation('submitDeviceMeasurement', submitDeviceMeasurement),
  recordHealthExam: mutation('recordHealthExam', recordHealthExam),
});
