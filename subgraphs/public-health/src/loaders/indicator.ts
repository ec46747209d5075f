import type { Read } from '@hutong/kit';
import { indicatorSnapshots } from '../tables/indicator.ts';
import { loadEvaluationScales } from './evaluation-scales.ts';
import { loadEnrolledPopulations, loadPopulations, loadTargetGroups } from './population.ts';

/** Reads of snapshots and population figures. */
export const indicatorLoaders = (read: Read) => ({
  snapshot: read.byKeys(indicatorSnapshots, ['subjectType', 'subjectId', 'periodType', 'period']),
  evaluationScales: read.batch(loadEvaluationScales),
  population: read.batch(loadPopulations),
  targetGroups: read.batch(loadTargetGroups),
  enrolledPopulation: read.batch(loadEnrolledPopulations),
});
