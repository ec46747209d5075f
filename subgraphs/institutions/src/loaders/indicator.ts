import { and, eq, gte, lte } from 'drizzle-orm';
import type { ParentLoader, Read } from '@hutong/kit';
import type { PeriodType, SubjectType } from '../schema-types.ts';
import { type IndicatorSnapshotRow, indicatorSnapshots } from '../tables/indicator.ts';

/** Which snapshots of a subject are wanted: one kind of subject and period, from the first to the last period. */
export interface SnapshotRange {
  readonly subjectType: SubjectType;
  readonly periodType: PeriodType;
  readonly from: string;
  readonly to: string;
}

export const indicatorLoaders = (read: Read) => ({
  indicatorSnapshot: read.byKeys(indicatorSnapshots, ['subjectType', 'subjectId', 'periodType', 'period']),
  /** Snapshots of subjects, in order of period. */
  snapshotsOfSubject: (range: SnapshotRange): ParentLoader<IndicatorSnapshotRow[]> => {
    const wanted = and(
      eq(indicatorSnapshots.subjectType, range.subjectType),
      eq(indicatorSnapshots.periodType, range.periodType),
      gte(indicatorSnapshots.period, range.from),
      lte(indicatorSnapshots.period, range.to),
    );
    return read.listBy(indicatorSnapshots, 'subjectId', {
      orderBy: ['period'],
      ...(wanted === undefined ? {} : { where: wanted }),
    });
  },
});
