import { byReference, columns, compositeKey, derive, encodeOwnedId, list, NotFound, payload, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  FundAlertResolvers,
  FundStatementResolvers,
  MutationResolvers,
  QueryResolvers,
  RegionResolvers,
} from '../schema-types.ts';
import { fundAlerts, fundStatements } from '../tables/fund.ts';

type Load = Context['load'];

export const Query = {
  fundStatement: (_parent, { regionCode, period }, { load }, info) =>
    load.fundStatementsOfPeriod(period).load(regionCode, info),
  fundAlerts: (_parent, args, { load }, info) => load.fundAlerts.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  reviewFundAlert: (_parent, { input }, { write }) => write.fund.reviewFundAlert(input),
} satisfies Partial<MutationResolvers>;

export const FundAlertPayload = payload('fundAlert', (load: Load) => load.fundAlert);

export const FundStatement: FundStatementResolvers = {
  __resolveReference: async ({ region, period, scheme }, { load }, info) => {
    const row = await load.fundStatement.load(compositeKey(region.code, period, scheme), info, 'FundStatement');
    if (row === null) throw new NotFound(`FundStatement ${region.code} ${period} ${scheme}`);
    return row;
  },
  ...columns(fundStatements),
  region: stub('Region', 'regionCode', 'code'),
};

export const FundAlert: FundAlertResolvers = {
  __resolveReference: byReference({ id: (load) => load.fundAlert }),
  ...columns(fundAlerts),
  claim: derive(['residentId', 'claimNo'], async ({ residentId, claimNo }, _args, { load }, info) =>
    residentId === null || claimNo === null ? null : load.claim.load(encodeOwnedId('cl', residentId, claimNo), info),
  ),
  provider: stub('Institution', 'providerCode', 'providerCode'),
  history: list('id', (load: Load) => load.history('FundAlert')),
};

/** What the fund adds to a region. */
export const regionFund = {
  fundStatement: derive(['code'], ({ code }, { period }, { load }, info) =>
    load.fundStatementsOfPeriod(period).load(code, info),
  ),
} satisfies Partial<RegionResolvers>;
