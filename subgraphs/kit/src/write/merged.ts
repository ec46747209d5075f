import type { FaultText } from './write-refused.ts';

/** Says of a record that was merged into another one where to go on (architecture.md §3). */
export const mergedInto = (survivingId: string): FaultText => ({
  en: `This record was merged into ${survivingId}; write there, or end the merger first.`,
  zh: `该档案已并入 ${survivingId}，请在保留档案中操作，或先撤销合并。`,
});
