import { BadInput, payload } from '@hutong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import { drawSample } from '../rules/fulfilment-sample.ts';
import { rangeOfPeriod } from '../rules/period-range.ts';
import type { MutationResolvers, QueryResolvers } from '../schema-types.ts';
import { loadPlan } from './contract.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  | 'generateFulfilmentPlan'
  | 'scheduleCentralisedSession'
  | 'recordFulfilment'
  | 'createMakeUpTasks'
  | 'waiveTask'
  | 'verifyFulfilment'
  | 'sendReminder'
  | 'calculateTeamIncentive'
  | 'submitSatisfaction'
>;

export const fulfilmentMutations: Mutations = {
  generateFulfilmentPlan: (_, { input }, { write }) => write.fulfilment.generateFulfilmentPlan(input),
  scheduleCentralisedSession: (_, { input }, { write }) => write.fulfilment.scheduleCentralisedSession(input),
  recordFulfilment: (_, { input }, { write }) => write.fulfilment.recordFulfilment(input),
  createMakeUpTasks: (_, { input }, { write }) => write.fulfilment.createMakeUpTasks(input),
  waiveTask: (_, { input }, { write }) => write.fulfilment.waiveTask(input),
  verifyFulfilment: (_, { input }, { write }) => write.fulfilment.verifyFulfilment(input),
  sendReminder: (_, { input }, { write }) => write.fulfilment.sendReminder(input),
  calculateTeamIncentive: (_, { input }, { write }) => write.fulfilment.calculateTeamIncentive(input),
  submitSatisfaction: (_, { input }, { write }) => write.fulfilment.submitSatisfaction(input),
};

export const fulfilmentQueries: Pick<QueryResolvers, 'fulfilmentSample'> = {
  fulfilmentSample: async (_, { teamId, period, drawSeed }, { load }, info) => {
    const range = rangeOfPeriod(period);
    if (range === undefined)
      throw new BadInput(`${period} is no quarter such as 2024-Q1`, `${period} 不是季度，如 2024-Q1`);
    const ids = drawSample(await load.eventIdsOfTeam({ teamId, from: range.from, to: range.to }), drawSeed);
    return Promise.all(ids.map((id) => load.fulfilmentEvent.load(id, info)));
  },
};

export const FulfilmentPlanPayload = payload('fulfilmentPlan', (load: Load) => ({
  load: (id: string, info: GraphQLResolveInfo) => loadPlan(id, null, load, info),
}));

export const CentralisedSessionPayload = payload('centralisedSession', (load: Load) => load.session);

export const FulfilmentEventPayload = payload('fulfilmentEvent', (load: Load) => load.fulfilmentEvent);

export const FulfilmentTaskPayload = payload('fulfilmentTask', (load: Load) => load.task);

export const NoticePayload = payload('notice', (load: Load) => load.notice);

export const TeamIncentivePayload = payload('teamIncentive', (load: Load) => load.teamIncentive);

export const SatisfactionResponsePayload = payload('satisfactionResponse', (load: Load) => load.response);
