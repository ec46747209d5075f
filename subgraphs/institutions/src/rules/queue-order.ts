import { compareInstants } from './instant.ts';

/** An entry of a queue with its priority number, lower first. */
export interface QueueEntry {
  readonly id: string;
  readonly priority: number;
  readonly requestedAt: string;
}

/** Entries of a queue in the order they are served: by priority, by request, by id (domain.md 3.4.5, 3.5.4, 3.6.4). */
export function inQueueOrder<E extends QueueEntry>(entries: readonly E[]): E[] {
  return entries.toSorted(
    (a, b) => a.priority - b.priority || compareInstants(a.requestedAt, b.requestedAt) || (a.id < b.id ? -1 : 1),
  );
}
