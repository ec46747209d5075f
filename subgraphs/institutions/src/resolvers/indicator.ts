import { columns, compositeKey, NotFound } from '@hutong/kit';
import type { IndicatorSnapshotResolvers, QueryResolvers } from '../schema-types.ts';
import { indicatorSnapshots } from '../tables/indicator.ts';

export const Query: Pick<QueryResolvers, 'indicatorSnapshots'> = {
  indicatorSnapshots: async (_, { subjectIds, ...range }, { load }, info) => {
    const snapshots = load.indicator.snapshotsOfSubject(range);
    const lists = await Promise.all([...new Set(subjectIds)].map((id) => snapshots.load(id, info)));
    return lists.flat();
  },
};

export const IndicatorSnapshot: IndicatorSnapshotResolvers = {
  __resolveReference: async ({ __typename, subjectType, subjectId, periodType, period }, { load }, info) => {
    const key = compositeKey(subjectType, subjectId, periodType, period);
    const row = await load.indicator.indicatorSnapshot.load(key, info, __typename);
    if (row === null) throw new NotFound(`IndicatorSnapshot ${subjectType} ${subjectId} ${period}`);
    return row;
  },
  ...columns(indicatorSnapshots),
};
