import { byReference, columns, derive, list, payload, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  AllowanceResolvers,
  AwardResolvers,
  IncomeItemResolvers,
  MutationResolvers,
  PerformanceRecordResolvers,
  QueryResolvers,
  TitleReviewResolvers,
} from '../schema-types.ts';
import {
  allowances,
  awards,
  incomeItems,
  performanceRecords,
  titleReviews,
  type TitleReviewRow,
} from '../tables/performance.ts';

type Load = Context['load'];

export const Query = {
  titleReviews: (_parent, args, { load }, info) => load.titleReviews.load(args, info),
  performanceRecords: (_parent, args, { load }, info) => load.performanceRecords.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  submitTitleReview: (_parent, { input }, { write }) => write.performance.submitTitleReview(input),
  decideTitleReview: (_parent, { input }, { write }) => write.performance.decideTitleReview(input),
  recordPerformance: (_parent, { input }, { write }) => write.performance.recordPerformance(input),
  grantAllowance: (_parent, { input }, { write }) => write.performance.grantAllowance(input),
  recordAward: (_parent, { input }, { write }) => write.performance.recordAward(input),
  recordIncome: (_parent, { input }, { write }) => write.performance.recordIncome(input),
} satisfies Partial<MutationResolvers>;

export const TitleReviewPayload = payload('titleReview', (load: Load) => load.titleReview);
export const PerformanceRecordPayload = payload('performanceRecord', (load: Load) => load.performanceRecord);
export const AllowancePayload = payload('allowance', (load: Load) => load.allowance);
export const AwardPayload = payload('award', (load: Load) => load.award);
export const IncomeItemPayload = payload('incomeItem', (load: Load) => load.incomeItem);

/** What `@requires(fields: "practitioner { contractSatisfaction }")` brings along. */
interface WithSatisfaction extends TitleReviewRow {
  readonly practitioner?: { readonly contractSatisfaction?: string | null };
}

export const TitleReview: TitleReviewResolvers = {
  __resolveReference: byReference({ id: (load) => load.titleReview }),
  ...columns(titleReviews),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  satisfaction: derive<WithSatisfaction, 'practitioner', unknown, unknown, string | null>(
    ['practitioner'],
    ({ practitioner }) => practitioner?.contractSatisfaction ?? null,
  ),
  history: list('id', (load) => load.history('TitleReview')),
};

export const PerformanceRecord: PerformanceRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.performanceRecord }),
  ...columns(performanceRecords),
  practitioner: reference('practitionerId', (load) => load.practitioner),
};

export const IncomeItem: IncomeItemResolvers = {
  __resolveReference: byReference({ id: (load) => load.incomeItem }),
  ...columns(incomeItems),
  practitioner: reference('practitionerId', (load) => load.practitioner),
};

export const Allowance: AllowanceResolvers = {
  __resolveReference: byReference({ id: (load) => load.allowance }),
  ...columns(allowances),
  practitioner: reference('practitionerId', (load) => load.practitioner),
};

export const Award: AwardResolvers = {
  __resolveReference: byReference({ id: (load) => load.award }),
  ...columns(awards),
  practitioner: reference('practitionerId', (load) => load.practitioner),
};
