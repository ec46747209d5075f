import { type PlanOperation, createPlanner } from './create-planner.ts';
import type { Planner, PlannerSource } from './planner.ts';

/** Makes a planner that plans in the calling thread, which does nothing else meanwhile: for tests and tools. */
export function createInlinePlanner(source: PlannerSource): Planner {
  let made: PlanOperation | undefined;
  const planner = (): PlanOperation => (made ??= createPlanner(source));
  return {
    plan: async (document, overridden) => planner()(document, overridden),
    ready: async () => void planner(),
    close: () => undefined,
  };
}
