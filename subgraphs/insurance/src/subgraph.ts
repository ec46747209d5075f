import { fileURLToPath } from 'node:url';
import { createSubgraph, type Subgraph, type SubgraphParts } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { insuranceInbox } from './jobs/inbox.ts';
import { insuranceJobs } from './jobs/jobs.ts';
import { createLoaders } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createPaymentSandbox } from './writes/payment-sandbox.ts';
import { insuranceWrites, type PaymentParts } from './writes/writes.ts';

/** Folder of this subgraph's migrations: the same depth below the package from src and from dist. */
export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** The subgraph of medical insurance 医保; what is paid online goes through the sandbox where there is a key for it. */
export function createInsurance(parts: SubgraphParts, payments: PaymentParts = sandboxOf(parts)): Subgraph {
  return createSubgraph(
    {
      name: 'insurance',
      sdl: loadSubgraphSdl('insurance'),
      resolvers,
      loaders: createLoaders,
      writes: (mutation) => insuranceWrites(mutation, payments),
      jobs: insuranceJobs,
      inbox: insuranceInbox,
    },
    parts,
  );
}

function sandboxOf({ database, paymentSandboxKey: key }: SubgraphParts): PaymentParts {
  return key === undefined ? {} : { sandbox: createPaymentSandbox(database, key) };
}
