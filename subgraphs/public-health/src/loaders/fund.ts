import { perArgument, type Read } from '@hutong/kit';
import type { Caller } from '@hutong/schema';
import { eq, sql, type SQL } from 'drizzle-orm';
import { fundAllocationRows, fundAllocations } from '../tables/fund.ts';
import { textList } from './key-columns.ts';

/** Reads of fund allocations; shares are those that the caller may see. */
export const fundLoaders = (read: Read) => ({
  fundAllocation: read.byKey(fundAllocations, 'id'),
  fundAllocations: read.page(fundAllocations, 'id'),
  sharesOfAllocation: perArgument((caller: Caller) =>
    read.listBy(fundAllocationRows, 'allocationId', { where: isSeenBy(caller), orderBy: ['no'] }),
  ),
  sharesOfInstitution: perArgument(({ caller, year }: { readonly caller: Caller; readonly year?: number }) =>
    read.listBy(fundAllocationRows, 'institutionId', {
      where: sql`${isSeenBy(caller)} and ${year === undefined ? sql`true` : eq(fundAllocationRows.year, sql.param(year))}`,
      orderBy: [['year', 'DESC'], ['allocationId', 'DESC'], 'no'],
    }),
  ),
});

/** Who sees a share of a fund (domain.md 6.1, class F): who governs or pays for the division, the institution's own people, its alliance. */
function isSeenBy({ role, regionCodes, institutionId, allianceId }: Caller): SQL {
  const { regionCode, institutionId: receiver } = fundAllocationRows;
  if (role === 'SYSTEM') return sql`true`;
  if (role === 'HEALTH_COMMISSION' || role === 'INSURANCE_BUREAU')
    return sql`exists (select from unnest(${textList(regionCodes)}) c where starts_with(${regionCode}, c))`;
  if (role === 'INST_ADMIN') return eq(receiver, sql.param(institutionId ?? ''));
  if (role === 'ALLIANCE_ADMIN')
    return sql`${receiver} in (select institution_id from alliance_members where alliance_id = ${allianceId ?? ''})`;
  return sql`false`;
}
