import type { Mutation } from '@hutong/kit';
import type { PaymentProvider } from './payment-provider.ts';
import type { PaymentSandbox } from './payment-sandbox.ts';
import { claimWrites } from './claim.ts';
import { coverageWrites } from './coverage.ts';
import { fundWrites } from './fund.ts';
import { onlinePaymentWrites } from './online-payment.ts';
import { paymentWrites } from './payment.ts';
import { policyWrites } from './policy.ts';

/** Who takes payments online; nobody where neither is there. */
export interface PaymentParts {
  readonly provider?: PaymentProvider | undefined;
  /** The sandbox that acts by itself; it is the provider then. */
  readonly sandbox?: PaymentSandbox | undefined;
}

/** The mutations of one request, by area. */
export const insuranceWrites = (mutation: Mutation, { provider, sandbox }: PaymentParts = {}) => ({
  coverage: coverageWrites(mutation),
  claim: claimWrites(mutation),
  policy: policyWrites(mutation),
  payment: paymentWrites(mutation),
  fund: fundWrites(mutation),
  onlinePayment: onlinePaymentWrites(mutation, provider ?? sandbox, sandbox),
});

export type InsuranceWrites = ReturnType<typeof insuranceWrites>;
