import type { Mutation } from '@hutong/kit';
import { verifyFulfilment } from './fulfilment-check.ts';
import { generateFulfilmentPlan, recordFulfilment, waiveTask } from './fulfilment-record.ts';
import { closeTasks, createMakeUpTasks, scheduleCentralisedSession } from './fulfilment-session.ts';
import { calculateTeamIncentive } from './incentive.ts';
import { sendReminder } from './reminder.ts';
import { submitSatisfaction } from './satisfaction.ts';

/** Mutations of fulfilment 履约 (domain.md 3.8.5–3.8.7, 3.9.1). */
export const fulfilmentWrites = (mutation: Mutation) => ({
  generateFulfilmentPlan: mutation('generateFulfilmentPlan', generateFulfilmentPlan),
  scheduleCentralisedSession: mutation('scheduleCentralisedSession', scheduleCentralisedSession),
  recordFulfilment: mutation('recordFulfilment', recordFulfilment),
  createMakeUpTasks: mutation('createMakeUpTasks', createMakeUpTasks),
  /** Run by a timer; not in the graph. */
  closeTasks: mutation('closeTasks', closeTasks),
  waiveTask: mutation('waiveTask', waiveTask),
  verifyFulfilment: mutation('verifyFulfilment', verifyFulfilment, {
    inspections_sample: ['INVALID_TRANSITION', 'period'],
  }),
  sendReminder: mutation('sendReminder', sendReminder),
  calculateTeamIncentive: mutation('calculateTeamIncentive', calculateTeamIncentive),
  submitSatisfaction: mutation('submitSatisfaction', submitSatisfaction, {
    satisfaction_responses_once: ['INVALID_TRANSITION', 'contractId'],
  }),
});
