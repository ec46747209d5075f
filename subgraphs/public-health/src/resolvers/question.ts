import {
  byReference,
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
import { isOverdue } from '../rules/question.ts';
import type { FamilyDoctorQuestionResolvers, MutationResolvers, QueryResolvers } from '../schema-types.ts';
import { familyDoctorQuestions } from '../tables/question.ts';

export const questionQueries: Pick<QueryResolvers, 'familyDoctorQuestions'> = {
  familyDoctorQuestions: (_, page, { load }, info) => load.questions.load(page, info),
};

export const questionMutations: Pick<
  MutationResolvers,
  'askFamilyDoctor' | 'answerFamilyDoctorQuestion' | 'closeFamilyDoctorQuestion'
> = {
  askFamilyDoctor: (_, { input }, { write }) => write.question.askFamilyDoctor(input),
  answerFamilyDoctorQuestion: (_, { input }, { write }) => write.question.answerFamilyDoctorQuestion(input),
  closeFamilyDoctorQuestion: (_, { input }, { write }) => write.question.closeFamilyDoctorQuestion(input),
};

export const FamilyDoctorQuestionPayload = payload('familyDoctorQuestion', (load: Context['load']) => load.question);

export const FamilyDoctorQuestion: FamilyDoctorQuestionResolvers = {
  __resolveReference: byReference({ id: (load) => load.question }),
  ...columns(familyDoctorQuestions),
  id: ownedId('fq'),
  resident: reference('residentId', (load) => load.resident),
  contract: ownedReference('ct', 'contractNo', (load) => load.contract),
  team: stub('FamilyDoctorTeam', 'teamId'),
  answeredBy: stub('Practitioner', 'answeredById'),
  overdue: derive(['status', 'askedAt'], (row, _args: unknown, { clock }: Context) => isOverdue(row, clock.instant)),
  history: ownedList('fq', (load) => load.history('FamilyDoctorQuestion')),
};
