import type { ContractStatus } from '../schema-types.ts';

/** What can happen to a contract (domain.md 3.8.1). */
export type ContractStep = 'OFFER' | 'START' | 'SUSPEND' | 'RESUME' | 'RENEW' | 'EXPIRE' | 'TERMINATE';

/** The state machine of a contract: what each status allows, and what follows (domain.md 3.8.1, 3.23). */
const steps: Readonly<Record<ContractStatus, Readonly<Partial<Record<ContractStep, ContractStatus>>>>> = {
  NONE: {},
  DRAFT: { OFFER: 'PENDING_CONFIRM', TERMINATE: 'TERMINATED' },
  PENDING_CONFIRM: { START: 'ACTIVE', TERMINATE: 'TERMINATED' },
  ACTIVE: { SUSPEND: 'SUSPENDED', RENEW: 'RENEWED', EXPIRE: 'EXPIRED', TERMINATE: 'TERMINATED' },
  SUSPENDED: { RESUME: 'ACTIVE', EXPIRE: 'EXPIRED', TERMINATE: 'TERMINATED' },
  EXPIRED: { RENEW: 'RENEWED' },
  RENEWED: {},
  TERMINATED: {},
};

/** The status after a step, or the error code of a step the status does not allow (domain.md 3.8.1). */
export function contractAfter(status: ContractStatus, step: ContractStep): ContractStatus | 'INVALID_TRANSITION' {
  return steps[status][step] ?? 'INVALID_TRANSITION';
}

/** Statuses in which a resident has a contract or waits for one: nobody has two (domain.md 3.8.1). */
export const openStatuses = ['PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED'] as const satisfies readonly ContractStatus[];
