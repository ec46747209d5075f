import type { PlanningProcessOptions } from './planning-process.ts';

const loader = import.meta.resolve('tsx/esm/api');

/** Lets a planning process run from source, on any Node. */
export const processFromSource: Pick<Required<PlanningProcessOptions>, 'execArgv'> = {
  execArgv: ['--import', `data:text/javascript,import { register } from ${JSON.stringify(loader)}; register();`],
};
