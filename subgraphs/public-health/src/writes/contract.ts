import type { Mutation } from '@hutong/kit';
import { expireContracts } from './contract-expiry.ts';
import { upsertContractPolicy } from './contract-policy.ts';
import { changeFamilyDoctor, renewContract } from './contract-renewal.ts';
import { signContract, signContracts } from './contract-sign.ts';
import { confirmContract, resumeContract, suspendContract, terminateContract } from './contract-steps.ts';
import { upsertServicePackage } from './service-package.ts';

/** Mutations of service packages and family-doctor contracts 家庭医生签约 (domain.md 3.8.1–3.8.4). */
export const contractWrites = (mutation: Mutation) => ({
  upsertContractPolicy: mutation('upsertContractPolicy', upsertContractPolicy, {
    contract_policies_from: ['VERSION_CONFLICT', 'version'],
  }),
  upsertServicePackage: mutation('upsertServicePackage', upsertServicePackage),
  signContract: mutation('signContract', signContract),
  signContracts: mutation('signContracts', signContracts),
  confirmContract: mutation('confirmContract', confirmContract),
  renewContract: mutation('renewContract', renewContract),
  changeFamilyDoctor: mutation('changeFamilyDoctor', changeFamilyDoctor),
  terminateContract: mutation('terminateContract', terminateContract),
  suspendContract: mutation('suspendContract', suspendContract),
  resumeContract: mutation('resumeContract', resumeContract),
  expireContracts: mutation('expireContracts', expireContracts),
});
