import { channel } from 'node:diagnostics_channel';
import { InvalidOperationError } from './invalid-operation-error.ts';

/** What observers learn of every planning; one plan may serve many operations. */
export interface PlanningReport {
  readonly milliseconds: number;
  /** `refused`: the operation is not valid, or too much; `failed`: a fault. */
  readonly outcome: 'planned' | 'refused' | 'failed';
}

/** The `node:diagnostics_channel` on which a `PlanningReport` is published when an operation was validated and planned. */
export const planChannelName = 'hutong:engine:plan';

const plannings = channel(planChannelName);

/** Plans, and tells those who listen, if any, how long that took. */
export async function reportPlanning<T>(plan: () => Promise<T>): Promise<T> {
  if (!plannings.hasSubscribers) return plan();
  const start = performance.now();
  const tell = (outcome: PlanningReport['outcome']): void => {
    plannings.publish({ milliseconds: performance.now() - start, outcome } satisfies PlanningReport);
  };
  try {
    const planned = await plan();
    tell('planned');
    return planned;
  } catch (error) {
    tell(error instanceof InvalidOperationError ? 'refused' : 'failed');
    throw error;
  }
}
