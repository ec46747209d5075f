import type { Mutation } from '@hutong/kit';
import { allocateFunds } from './fund-allocation.ts';
import { approveFundAllocation, confirmFundReceipt, payFundAllocation } from './fund-steps.ts';

/** Mutations of funds 资金分配 (domain.md 3.9.2, 3.16). */
export const fundWrites = (mutation: Mutation) => ({
  allocateFunds: mutation('allocateFunds', allocateFunds, { fund_allocations_once: ['INVALID_TRANSITION', 'year'] }),
  approveFundAllocation: mutation('approveFundAllocation', approveFundAllocation),
  payFundAllocation: mutation('payFundAllocation', payFundAllocation),
  confirmFundReceipt: mutation('confirmFundReceipt', confirmFundReceipt),
});
