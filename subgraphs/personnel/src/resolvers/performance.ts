import { byReference, columns, derive, reference } from '@hutong/kit';
import type {
  AllowanceResolvers,
  AwardResolvers,
  IncomeItemResolvers,
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

export const Query = {
  titleReviews: (_parent, args, { load }, info) => load.titleReviews.load(args, info),
  performanceRecords: (_parent, args, { load }, info) => load.performanceRecords.load(args, info),
} satisfies Partial<QueryResolvers>;

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
