import { columns, compositeKey, derive } from '@hutong/kit';
import { perHead } from '../rules/per-head.ts';
import type { IndicatorSnapshotResolvers } from '../schema-types.ts';
import { indicatorSnapshots, noSnapshot } from '../tables/indicator.ts';

export const IndicatorSnapshot: IndicatorSnapshotResolvers = {
  __resolveReference: async (reference, { load }, info) => {
    const { subjectType, subjectId, periodType, period } = reference;
    const key = compositeKey(subjectType, subjectId, periodType, period);
    const row = await load.snapshot.load(key, info, 'IndicatorSnapshot');
    return { ...noSnapshot, ...row, ...reference };
  },
  ...columns(indicatorSnapshots),
  fundPerCapita: derive(['fundPaid', 'residentPopulation'], ({ fundPaid, residentPopulation }) =>
    perHead(fundPaid, residentPopulation ?? null),
  ),
};
