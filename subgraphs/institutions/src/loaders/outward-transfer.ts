import { sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import { encounters } from '../tables/encounter.ts';
import { departments, institutions } from '../tables/place.ts';
import { residentProjections } from '../tables/projection.ts';

/** How often the residents of a division leave their county for a specialty. */
export interface OutwardTransferValue {
  readonly rank: number;
  readonly specialty: string;
  readonly cases: number;
  readonly outside: number;
  readonly share: string;
  readonly firstMonth: string;
  readonly lastMonth: string;
}

/** Which admissions a ranking counts. */
export interface OutwardTransferAsk {
  readonly regionCode: string;
  /** Half-open instants of the months, and the first and last of them. */
  readonly months: {
    readonly from: string;
    readonly until: string;
    readonly firstMonth: string;
    readonly lastMonth: string;
  };
  readonly top: number;
}

/** Fewer cases of a specialty say nothing (domain.md 3.19.3). */
const LEAST_CASES = 30;

export const outwardTransferLoaders = (read: Read) => ({
  ranking: (ask: OutwardTransferAsk) => loadRanking(read.query, ask),
});

/**
 * Stays of residents at home in the division, as public health last told it; outside is what stands in no county, or in another one
 * than the home. The exact share decides, then the number of cases, then the code.
 */
async function loadRanking(query: Query, { regionCode, months, top }: OutwardTransferAsk) {
  const rows = await query(sql`
    select specialty, cases, outside, round(outside * 100.0 / cases, 2)::text
    from (
      select ${departments.specialty} as specialty, count(*)::integer as cases, count(*) filter (
        where ${institutions.countyCode} is distinct from left(${residentProjections.regionCode}, 6))::integer as outside
      from ${encounters}
      join ${residentProjections} on ${residentProjections.residentId} = ${encounters.residentId}
      join ${departments} on ${departments.id} = ${encounters.departmentId}
      join ${institutions} on ${institutions.id} = ${encounters.institutionId}
      where ${encounters.class} = 'INPATIENT'
        and ${encounters.startedAt} >= ${months.from}::timestamptz and ${encounters.startedAt} < ${months.until}::timestamptz
        and ${residentProjections.regionCode} ~>=~ ${regionCode} and ${residentProjections.regionCode} ~<~ ${`${regionCode}:`}
      group by 1) counted
    where cases >= ${LEAST_CASES}::integer
    order by outside::numeric / cases desc, cases desc, specialty limit ${top}::integer`);
  const { firstMonth, lastMonth } = months;
  return rows.map(([specialty, cases, outside, share], index): OutwardTransferValue => ({
    rank: index + 1,
    specialty: String(specialty),
    cases: Number(cases),
    outside: Number(outside),
    share: String(share),
    firstMonth,
    lastMonth,
  }));
}
