import { historyLoaders, joinAreas, type SubgraphContext } from '@hutong/kit';
import { claimLoaders } from './loaders/claim.ts';
import { coverageLoaders } from './loaders/coverage.ts';
import { fundLoaders } from './loaders/fund.ts';
import { indicatorLoaders } from './loaders/indicator.ts';
import { onlinePaymentLoaders } from './loaders/online-payment.ts';
import { paymentLoaders } from './loaders/payment.ts';
import { policyLoaders } from './loaders/policy.ts';
import type { InsuranceWrites } from './writes/writes.ts';

/** The loaders of one request. */
export const createLoaders = joinAreas(
  coverageLoaders,
  claimLoaders,
  policyLoaders,
  paymentLoaders,
  fundLoaders,
  indicatorLoaders,
  onlinePaymentLoaders,
  historyLoaders,
);

/** What every resolver gets. */
export type Context = SubgraphContext<ReturnType<typeof createLoaders>, InsuranceWrites>;
