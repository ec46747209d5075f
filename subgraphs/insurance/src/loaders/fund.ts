import { perArgument, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { fundAlerts, fundStatements } from '../tables/fund.ts';

/** Reads of the fund's statements and alerts. */
export const fundLoaders = (read: Read) => ({
  fundStatement: read.byKeys(fundStatements, ['regionCode', 'period', 'scheme']),
  fundStatementsOfPeriod: perArgument((period: string) =>
    read.listBy(fundStatements, 'regionCode', {
      where: sql`${fundStatements.period} = ${period}`,
      orderBy: ['scheme'],
    }),
  ),
  fundAlert: read.byKey(fundAlerts, 'id'),
  fundAlerts: read.page(fundAlerts, 'id'),
});
