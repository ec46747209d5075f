import type { Mutation } from '@hutong/kit';
import { claimWrites } from './claim.ts';
import { coverageWrites } from './coverage.ts';
import { fundWrites } from './fund.ts';
import { paymentWrites } from './payment.ts';
import { policyWrites } from './policy.ts';

/** The mutations of one request, by area. */
export const insuranceWrites = (mutation: Mutation) => ({
  coverage: coverageWrites(mutation),
  claim: claimWrites(mutation),
  policy: policyWrites(mutation),
  payment: paymentWrites(mutation),
  fund: fundWrites(mutation),
});

export type InsuranceWrites = ReturnType<typeof insuranceWrites>;
