import { mutationError, payload, type WriteFault, type WriteResult } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  ExpireContractsPayloadResolvers,
  MutationResolvers,
  SignContractPayloadResolvers,
  SignContractsPayloadResolvers,
  SigningResultResolvers,
} from '../schema-types.ts';
import type { SigningResultValue } from './values.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  | 'upsertServicePackage'
  | 'signContract'
  | 'signContracts'
  | 'confirmContract'
  | 'renewContract'
  | 'changeFamilyDoctor'
  | 'terminateContract'
  | 'suspendContract'
  | 'resumeContract'
  | 'expireContracts'
>;

export const signingMutations: Mutations = {
  upsertServicePackage: (_, { input }, { write }) => write.contract.upsertServicePackage(input),
  signContract: (_, { input }, { write }) => write.contract.signContract(input),
  signContracts: (_, { input }, { write }) => write.contract.signContracts(input),
  confirmContract: (_, { input }, { write }) => write.contract.confirmContract(input),
  renewContract: (_, { input }, { write }) => write.contract.renewContract(input),
  changeFamilyDoctor: (_, { input }, { write }) => write.contract.changeFamilyDoctor(input),
  terminateContract: (_, { input }, { write }) => write.contract.terminateContract(input),
  suspendContract: (_, { input }, { write }) => write.contract.suspendContract(input),
  resumeContract: (_, { input }, { write }) => write.contract.resumeContract(input),
  expireContracts: (_, { input }, { write }) => write.contract.expireContracts(input),
};

export const ServicePackagePayload = payload('servicePackage', (load: Load) => load.servicePackage);

export const ContractPayload = payload('serviceContract', (load: Load) => load.contract);

export const SignContractPayload: SignContractPayloadResolvers = {
  ...ContractPayload,
  members: ({ notes }, _, { load }, info) =>
    Promise.all(listOf(notes['members']).map((id) => load.contract.load(String(id), info))),
};

export const SignContractsPayload: SignContractsPayloadResolvers = {
  ok: ({ ok }) => ok,
  errors: ({ errors }) => errors,
  signed: (result) => resultsOf(result).filter(({ contractId }) => contractId !== null).length,
  results: (result) => [...resultsOf(result)],
};

export const SigningResult: SigningResultResolvers = {
  residentId: ({ residentId }) => residentId,
  serviceContract: ({ contractId }, _, { load }, info) =>
    contractId === null ? null : load.contract.load(contractId, info),
  errors: ({ faults }) => faults.map(errorOf),
};

export const ExpireContractsPayload: ExpireContractsPayloadResolvers = {
  ok: ({ ok }) => ok,
  errors: ({ errors }) => errors,
  expired: ({ notes }) => Number(notes['expired'] ?? 0),
  renewed: ({ notes }) => Number(notes['renewed'] ?? 0),
  terminated: ({ notes }) => Number(notes['terminated'] ?? 0),
};

function resultsOf({ notes }: WriteResult): readonly SigningResultValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what signContracts left in its notes.
  return listOf(notes['results']) as readonly SigningResultValue[];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function errorOf({ code, path, message, messageZh }: WriteFault) {
  const text = message === undefined || messageZh === undefined ? undefined : { en: message, zh: messageZh };
  return mutationError(code, path.join('.'), text);
}
