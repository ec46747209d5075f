import { byReference, columns, payload, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { ContractPolicyResolvers, MutationResolvers, QueryResolvers } from '../schema-types.ts';
import { contractPolicies } from '../tables/contract-policy.ts';

export const policyMutations: Pick<MutationResolvers, 'upsertContractPolicy'> = {
  upsertContractPolicy: (_, { input }, { write }) => write.contract.upsertContractPolicy(input),
};

export const policyQueries: Pick<QueryResolvers, 'contractPolicies'> = {
  contractPolicies: (_, page, { load }, info) =>
    load.contractPolicies.load({ ...page, orderBy: page.orderBy ?? [{ field: 'validFrom', direction: 'DESC' }] }, info),
};

export const ContractPolicyPayload = payload('contractPolicy', (load: Context['load']) => load.contractPolicy);

export const ContractPolicy: ContractPolicyResolvers = {
  __resolveReference: byReference({ id: (load) => load.contractPolicy }),
  ...columns(contractPolicies),
  region: stub('Region', 'regionCode', 'code'),
};
