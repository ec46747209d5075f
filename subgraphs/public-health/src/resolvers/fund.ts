import { byReference, columns, derive, list, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  FundAllocationResolvers,
  FundAllocationRowResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { fundAllocationRows, fundAllocations } from '../tables/fund.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  'allocateFunds' | 'approveFundAllocation' | 'payFundAllocation' | 'confirmFundReceipt'
>;

export const fundMutations: Mutations = {
  allocateFunds: (_, { input }, { write }) => write.fund.allocateFunds(input),
  approveFundAllocation: (_, { input }, { write }) => write.fund.approveFundAllocation(input),
  payFundAllocation: (_, { input }, { write }) => write.fund.payFundAllocation(input),
  confirmFundReceipt: (_, { input }, { write }) => write.fund.confirmFundReceipt(input),
};

export const fundQueries: Pick<QueryResolvers, 'fundAllocations'> = {
  fundAllocations: (_, page, { load }, info) => load.fundAllocations.load(page, info),
};

export const FundAllocationPayload = payload('fundAllocation', (load: Load) => load.fundAllocation);

export const FundAllocation: FundAllocationResolvers = {
  __resolveReference: byReference({ id: (load) => load.fundAllocation }),
  ...columns(fundAllocations),
  region: stub('Region', 'regionCode', 'code'),
  rows: derive(['id'], ({ id }, _args: unknown, { load, caller }: Context, info) =>
    load.sharesOfAllocation(caller).load(id, info),
  ),
  basisEvaluation: reference('basisEvaluationId', (load) => load.evaluation),
  history: list('id', (load: Load) => load.history('FundAllocation')),
};

export const FundAllocationRow: FundAllocationRowResolvers = {
  ...columns(fundAllocationRows),
  allocation: reference('allocationId', (load) => load.fundAllocation),
  institution: stub('Institution', 'institutionId'),
  team: stub('FamilyDoctorTeam', 'teamId'),
  evaluation: reference('evaluationId', (load) => load.evaluation),
};
