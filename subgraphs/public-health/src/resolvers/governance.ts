import { byReference, columns, derive, list, ownedId, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  MutationResolvers,
  NoticeRecipientResolvers,
  NoticeResolvers,
  ProgrammeCaseResolvers,
  ProgrammeResolvers,
  ProgrammeReviewResolvers,
  ProgrammeTaskResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { typeNameOf } from './type-name-of.ts';
import { notices, programmeCases, programmeReviews, programmes, programmeTasks } from '../tables/governance.ts';

type Load = Context['load'];

export const governanceMutations: Pick<MutationResolvers, 'upsertProgramme' | 'reviewProgramme'> = {
  upsertProgramme: (_, { input }, { write }) => write.governance.upsertProgramme(input),
  reviewProgramme: (_, { input }, { write }) => write.governance.reviewProgramme(input),
};

export const ProgrammePayload = payload('programme', (load: Load) => load.programme);

export const ProgrammeReviewPayload = payload('programmeReview', (load: Load) => load.programmeReview);

export const Programme: ProgrammeResolvers = {
  __resolveReference: byReference({ id: (load) => load.programme }),
  ...columns(programmes),
  region: stub('Region', 'regionCode', 'code'),
  tasks: list('id', (load) => load.tasksOfProgramme),
  reviews: list('id', (load) => load.reviewsOfProgramme),
  cases: list('id', (load) => load.casesOfProgramme),
  history: list('id', (load: Load) => load.history('Programme')),
};

export const ProgrammeTask: ProgrammeTaskResolvers = {
  __resolveReference: byReference({ id: (load) => load.programmeTask }),
  ...columns(programmeTasks),
  programme: reference('programmeId', (load) => load.programme),
  history: list('id', (load: Load) => load.history('ProgrammeTask')),
};

export const ProgrammeCase: ProgrammeCaseResolvers = {
  __resolveReference: byReference({ id: (load) => load.programmeCase }),
  ...columns(programmeCases),
  programme: reference('programmeId', (load) => load.programme),
  region: stub('Region', 'regionCode', 'code'),
};

export const ProgrammeReview: ProgrammeReviewResolvers = {
  __resolveReference: byReference({ id: (load) => load.programmeReview }),
  ...columns(programmeReviews),
  programme: reference('programmeId', (load) => load.programme),
};

export const NoticeRecipient: NoticeRecipientResolvers = {
  __resolveType: (recipient) => typeNameOf(['Resident'], recipient),
};

export const Notice: NoticeResolvers = {
  __resolveReference: byReference({ id: (load) => load.notice }),
  ...columns(notices),
  id: ownedId('nt'),
  to: derive(['residentId'], async ({ residentId }, _args: unknown, { load }: Context, info) => {
    const resident = await load.resident.load(residentId, info, 'Resident');
    return resident === null ? null : { ...resident, __typename: 'Resident' as const };
  }),
};

export const governanceQueries: Pick<QueryResolvers, 'programmes'> = {
  programmes: (_, page, { load }, info) => load.programmes.load(page, info),
};
