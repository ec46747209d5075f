import type { Read } from '@hutong/kit';
import { indicatorSnapshots } from '../tables/indicator.ts';
import { loadEvaluationScales } from './evaluation-scales.ts';
import { keyedBy } from './key-columns.ts';
import { loadEnrolledPopulations, loadPopulations, loadTargetGroups, populationKey } from './population.ts';

/** Reads of snapshots and population figures. */
export const indicatorLoaders = (read: Read) => ({
  snapshot: read.byKeys(indicatorSnapshots, ['subjectType', 'subjectId', 'periodType', 'period']),
  evaluationScales: read.batch(loadEvaluationScales),
  population: keyedBy(read.batch(loadPopulations), populationKey),
  targetGroups: read.batch(loadTargetGroups),
  enrolledPopulation: read.batch(loadEnrolledPopulations),
});
