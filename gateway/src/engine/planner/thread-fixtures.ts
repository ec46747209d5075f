import type { PlanningThreadOptions } from './planning-thread.ts';

const loader = import.meta.resolve('tsx/esm/api');

/** Lets a planning thread run from source, on any Node. */
export const threadFromSource: Pick<PlanningThreadOptions, 'execArgv'> = {
  execArgv: ['--import', `data:text/javascript,import { register } from ${JSON.stringify(loader)}; register();`],
};
