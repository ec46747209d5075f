import type { Read, RequestClock, SubgraphContext } from '@hutong/kit';
import { claimLoaders } from './loaders/claim.ts';
import { coverageLoaders } from './loaders/coverage.ts';
import { fundLoaders } from './loaders/fund.ts';
import { indicatorLoaders } from './loaders/indicator.ts';
import { paymentLoaders } from './loaders/payment.ts';
import { policyLoaders } from './loaders/policy.ts';

/** The loaders of one request. */
export const createLoaders = (read: Read, clock: RequestClock) => ({
  ...coverageLoaders(read, clock),
  ...claimLoaders(read),
  ...policyLoaders(read),
  ...paymentLoaders(read),
  ...fundLoaders(read),
  ...indicatorLoaders(read),
});

/** What every resolver gets. */
export type Context = SubgraphContext<ReturnType<typeof createLoaders>>;
