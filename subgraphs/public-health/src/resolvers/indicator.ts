import { columns, compositeKey, derive } from '@hutong/kit';
import type { Context } from '../context.ts';
import { evaluate } from '../rules/evaluation.ts';
import { countedColumns, snapshotValues } from '../rules/snapshot-values.ts';
import type { IndicatorSnapshotResolvers } from '../schema-types.ts';
import { indicatorSnapshots } from '../tables/indicator.ts';

export const IndicatorSnapshot: IndicatorSnapshotResolvers = {
  __resolveReference: async ({ __typename: typeName, ...reference }, { load }, info) => {
    const { subjectType, subjectId, periodType, period, ...externals } = reference;
    const row = await load.snapshot.load(compositeKey(subjectType, subjectId, periodType, period), info, typeName);
    return row === null ? null : { ...row, ...externals };
  },
  ...columns(indicatorSnapshots),
  evaluationScore: derive(
    ['period', ...countedColumns, 'capabilityScore', 'secondedLong', 'fundPaid'],
    async (row, _args: unknown, { load }: Context, info) => {
      const scales = await load.evaluationScales.load(row.period.slice(0, 4), info);
      return scales === null ? null : evaluate(snapshotValues(row), scales).total;
    },
  ),
};
