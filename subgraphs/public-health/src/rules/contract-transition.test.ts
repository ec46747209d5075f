import { expect, test } from 'vitest';
import { contractAfter, type ContractStep } from './contract-transition.ts';

const statuses = [
  'NONE',
  'DRAFT',
  'PENDING_CONFIRM',
  'ACTIVE',
  'SUSPENDED',
  'EXPIRED',
  'RENEWED',
  'TERMINATED',
] as const;
const steps: readonly ContractStep[] = ['OFFER', 'START', 'SUSPEND', 'RESUME', 'RENEW', 'EXPIRE', 'TERMINATE'];

test('a contract takes the steps of domain.md 3.8.1 and no other', () => {
  const taken = statuses.flatMap((status) =>
    steps.flatMap((step) => {
      const after = contractAfter(status, step);
      return after === 'INVALID_TRANSITION' ? [] : [`${status} ${step} ${after}`];
    }),
  );
  expect(taken).toEqual([
    'DRAFT OFFER PENDING_CONFIRM',
    'DRAFT TERMINATE TERMINATED',
    'PENDING_CONFIRM START ACTIVE',
    'PENDING_CONFIRM TERMINATE TERMINATED',
    'ACTIVE SUSPEND SUSPENDED',
    'ACTIVE RENEW RENEWED',
    'ACTIVE EXPIRE EXPIRED',
    'ACTIVE TERMINATE TERMINATED',
    'SUSPENDED RESUME ACTIVE',
    'SUSPENDED EXPIRE EXPIRED',
    'SUSPENDED TERMINATE TERMINATED',
    'EXPIRED RENEW RENEWED',
  ]);
});
