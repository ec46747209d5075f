import type { Mutation } from '@hutong/kit';
import { reviewProgramme } from './programme-review.ts';
import { upsertProgramme } from './programme.ts';

/** Mutations of work programmes 工作方案 (S2-31, S2-32). */
export const governanceWrites = (mutation: Mutation) => ({
  upsertProgramme: mutation('upsertProgramme', upsertProgramme),
  reviewProgramme: mutation('reviewProgramme', reviewProgramme),
});
