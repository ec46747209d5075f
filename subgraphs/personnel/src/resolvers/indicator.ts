import { columns, compositeKey } from '@hutong/kit';
import type { IndicatorSnapshotResolvers } from '../schema-types.ts';
import { indicatorSnapshots, noSnapshot } from '../tables/indicator.ts';

export const IndicatorSnapshot: IndicatorSnapshotResolvers = {
  __resolveReference: async (reference, { load }, info) => {
    const { subjectType, subjectId, periodType, period } = reference;
    const key = compositeKey(subjectType, subjectId, periodType, period);
    const row = await load.snapshot.load(key, info, 'IndicatorSnapshot');
    return { ...noSnapshot, ...row, subjectType, subjectId, periodType, period };
  },
  ...columns(indicatorSnapshots),
};
