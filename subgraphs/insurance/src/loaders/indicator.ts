import type { Read } from '@hutong/kit';
import { indicatorSnapshots } from '../tables/indicator.ts';

/** Reads of indicator snapshots. */
export const indicatorLoaders = (read: Read) => ({
  snapshot: read.byKeys(indicatorSnapshots, ['subjectType', 'subjectId', 'periodType', 'period']),
});
