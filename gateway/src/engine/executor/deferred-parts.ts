import type { DeferNode, PlanNode } from '../planner/query-plan.ts';

/** How far the fetches of deferred parts (`@defer`) are, during one execution. */
export interface DeferredParts {
  /** Runs what the first answer needs, and begins the parts as soon as what they depend on is over; ends with the first. */
  run(node: DeferNode, runNode: (node: PlanNode) => Promise<void>): Promise<void>;
  fetchEnded(id: number): void;
  /** Ends when a part's fetches are over; at once for a part without any. Known once the answer it hangs on is shaped. */
  ended(partId: string): Promise<void>;
}

/** Nothing is under way yet. */
export function createDeferredParts(): DeferredParts {
  const fetched = new Set<number>();
  const waiting = new Set<{ readonly ids: readonly number[]; readonly go: () => void }>();
  const parts = new Map<string, Promise<void>>();

  function whenFetched(ids: readonly number[]): Promise<void> {
    if (ids.every((id) => fetched.has(id))) return Promise.resolve();
    return new Promise((go) => waiting.add({ ids, go }));
  }

  return {
    async run({ primary, deferred }, runNode) {
      const first = primary ? runNode(primary) : Promise.resolve();
      for (const { id, depends, node } of deferred) {
        // A fetch that a condition leaves out never ends: then the end of the first answer's fetches is waited for.
        const ready = node && depends.length > 0 ? Promise.race([whenFetched(depends), first]) : Promise.resolve();
        const part = node ? ready.then(() => runNode(node)) : first;
        // Nobody may be there any more to wait for it.
        part.catch(() => undefined);
        parts.set(id, part);
      }
      await first;
    },
    fetchEnded(id) {
      fetched.add(id);
      for (const waiter of waiting) {
        if (!waiter.ids.every((other) => fetched.has(other))) continue;
        waiting.delete(waiter);
        waiter.go();
      }
    },
    ended: (partId) => parts.get(partId) ?? Promise.resolve(),
  };
}
