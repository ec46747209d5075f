import type { Mutation } from '@hutong/kit';
import { runEvaluation } from './evaluation-run.ts';
import { setIndicatorTarget } from './indicator-target.ts';

/** Mutations of evaluation 评估 (domain.md 3.15). */
export const evaluationWrites = (mutation: Mutation) => ({
  setIndicatorTarget: mutation('setIndicatorTarget', setIndicatorTarget, {
    indicator_targets_natural: ['VERSION_CONFLICT', 'version'],
  }),
  runEvaluation: mutation('runEvaluation', runEvaluation, {
    evaluations_version: ['VERSION_CONFLICT', 'period'],
    evaluations_published: ['VERSION_CONFLICT', 'period'],
  }),
});
