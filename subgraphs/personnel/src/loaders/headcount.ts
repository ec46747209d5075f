import { perArgument, type Query, type Read, type RequestClock } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import {
  headcountAllocations,
  headcountPools,
  institutionPosts,
  recruitments,
  regionDensities,
  staffingStandards,
  workforceGaps,
} from '../tables/headcount.ts';
import { practitioners } from '../tables/practitioner.ts';

const active = sql`${practitioners.status} = 'ACTIVE'`;
const employed = (kind: string) =>
  sql<number>`(count(*) filter (where ${practitioners.employmentKind} = ${kind}))::integer`;

/** Reads of pools, posts and gaps. */
export const headcountLoaders = (read: Read, clock: RequestClock) => ({
  pool: read.byKey(headcountPools, 'id'),
  pools: read.page(headcountPools, 'id'),
  latestPoolOfAlliance: read.firstBy(headcountPools, 'allianceId', {
    where: sql`${headcountPools.year} <= ${clock.day.slice(0, 4)}::integer`,
    orderBy: [['year', 'DESC']],
  }),
  poolOfAlliance: perArgument((year: number) =>
    read.firstBy(headcountPools, 'allianceId', { where: sql`${headcountPools.year} = ${year}::integer` }),
  ),
  allocation: read.byKey(headcountAllocations, 'id'),
  allocationsOfPool: read.listBy(headcountAllocations, 'poolId', { orderBy: ['id'] }),
  allocatedOfPool: read.countBy(headcountAllocations, 'poolId', {
    where: sql`${headcountAllocations.status} = 'ACTIVE'`,
  }),
  gaps: read.page(workforceGaps, ['institutionId', 'specialty']),
  recruitment: read.byKey(recruitments, 'id'),
  recruitmentsOfInstitution: read.listBy(recruitments, 'institutionId', { orderBy: [['openFrom', 'DESC'], 'id'] }),
  staffOfDivision: read.batch(loadStaffOfDivisions),
  staffCount: read.countBy(practitioners, 'employmentUsedAtId', { where: active }),
  staffByEmployment: read.aggregateBy(
    practitioners,
    'employmentUsedAtId',
    {
      staff: sql<number>`count(*)::integer`,
      established: employed('ESTABLISHED'),
      pooled: employed('POOL'),
      contracted: employed('CONTRACT'),
      village: employed('VILLAGE'),
    },
    { where: active },
  ),
  approvedPosts: read.aggregateBy(institutionPosts, 'institutionId', {
    approved: sql<number>`sum(${institutionPosts.approved})::integer`,
  }),
  requiredMidTitleShare: read.aggregateBy(staffingStandards, 'level', {
    share: sql<string>`max(${staffingStandards.midTitleShare})`,
  }),
  density: perArgument((year: number) =>
    read.aggregateBy(
      regionDensities,
      'regionCode',
      {
        per1000: sql<string>`round(sum(${regionDensities.practitioners})::numeric * 1000 / nullif(sum(${regionDensities.censusPopulation}), 0), 2)`,
      },
      {
        where: sql`${regionDensities.year} = (select max(n.year) from ${regionDensities} n where n.region_code = ${regionDensities.regionCode} and n.year <= ${year}::integer)`,
      },
    ),
  ),
});

/** Who worked in a division, and all below it, on a day. Keys: division, day. */
async function loadStaffOfDivisions(keys: readonly string[], query: Query): Promise<ReadonlyMap<string, number>> {
  const { regionCode, employmentFrom, employmentTo, status } = practitioners;
  const rows = await query(sql`
    select k.key, count(*)::integer
    from (select key, key::jsonb->>0 as code, (key::jsonb->>1)::date as day from unnest(${sql.param([...keys])}::text[]) as key) k
    join ${practitioners} on ${regionCode} ~>=~ k.code and ${regionCode} ~<~ (k.code || ':') and ${employmentFrom} <= k.day
      and (${employmentTo} >= k.day or ${employmentTo} is null and ${status} = 'ACTIVE')
    group by k.key`);
  return new Map(rows.map(([key, staff]) => [String(key), Number(staff)]));
}
