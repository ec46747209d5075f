import { type DayRange, perArgument, type Query, type Read, type RequestClock } from '@hutong/kit';
import { sql, type SQL } from 'drizzle-orm';
import type { SecondmentKind } from '../schema-types.ts';
import { institutionProjections, memberOn, membershipProjections } from '../tables/projection.ts';
import { secondments, secondmentTargets } from '../tables/secondment.ts';

/** Secondments that run in a period, counted. */
export interface SecondmentCounts {
  readonly total: number;
  readonly compliant: number;
  readonly overSixMonths: number;
  readonly institutionsCovered: number;
}

/** A target of a region, kind and year. */
export interface SecondmentTarget {
  readonly target: number;
  readonly strict: boolean;
}

/** Reads of secondments. */
export const secondmentLoaders = (read: Read, clock: RequestClock) => ({
  secondment: read.byKey(secondments, 'id'),
  secondments: read.page(secondments, 'id'),
  secondmentsTo: read.pageBy(secondments, 'toId', 'id'),
  secondmentsFrom: read.pageBy(secondments, 'fromId', 'id'),
  secondmentsOfPractitioner: read.listBy(secondments, 'practitionerId', { orderBy: ['startOn', 'id'] }),
  countsOfAlliance: perArgument((days: DayRange) =>
    read.batch((alliances, query) => countsOfAlliances(alliances, days, query)),
  ),
  countsOfRegion: async (kind: SecondmentKind, regionCode: string, days: DayRange): Promise<SecondmentCounts> => {
    const rows = await read.query(
      sql`select ${counts} from ${secondments}
          where ${secondments.kind} = ${kind} and starts_with(${secondments.regionCode}, ${regionCode}) and ${runningIn(days)}`,
    );
    return countsOf(rows[0] ?? []);
  },
  uncoveredOfRegion: async (kind: SecondmentKind, regionCode: string, days: DayRange): Promise<number> => {
    const { id, status, regionCode: division } = institutionProjections;
    const [row] = await read.query(
      sql`select count(*)::integer from ${institutionProjections}
          where ${sentTo(kind, clock.day)} and ${status} = 'ACTIVE' and starts_with(${division}, ${regionCode}) and not exists (
            select from ${secondments} where ${secondments.toId} = ${id} and ${secondments.kind} = ${kind}
              and ${secondments.compliant} and ${runningIn(days)})`,
    );
    return Number(row?.[0]);
  },
  targetOfRegion: async (kind: SecondmentKind, regionCode: string, year: number): Promise<SecondmentTarget | null> => {
    const [row] = await read.query(
      sql`select ${secondmentTargets.target}, ${secondmentTargets.strict} from ${secondmentTargets}
          where ${secondmentTargets.regionCode} = ${regionCode} and ${secondmentTargets.kind} = ${kind}
            and ${secondmentTargets.year} = ${year}::integer`,
    );
    return row === undefined ? null : { target: Number(row[0]), strict: row[1] === true };
  },
});

/**
 * SQL: institutions that a kind of secondment is to reach: township and community hospitals (S1-41; VS-04: B, C), lead hospitals of the day
 * (S1-48), county hospitals (S1-49; VS-04: A), village clinics and stations.
 */
function sentTo(kind: SecondmentKind, day: string): SQL {
  const { id, tier, class: of } = institutionProjections;
  const { institutionId, isLead } = membershipProjections;
  switch (kind) {
    case 'LEAD_TO_MEMBER':
      return sql`${tier} = 'TOWNSHIP' and left(${of}, 1) in ('B', 'C')`;
    case 'CITY_TO_LEAD':
      return sql`${tier} = 'COUNTY' and exists (
        select from ${membershipProjections} where ${institutionId} = ${id} and ${isLead} and ${memberOn(day)})`;
    case 'CITY_TO_COUNTY':
      return sql`${tier} = 'COUNTY' and left(${of}, 1) = 'A'`;
    case 'TOWNSHIP_TO_VILLAGE':
      return sql`${tier} = 'VILLAGE'`;
  }
}

const counts = sql`
  count(*)::integer,
  (count(*) filter (where ${secondments.compliant}))::integer,
  (count(*) filter (where ${secondments.overSixMonths}))::integer,
  (count(distinct ${secondments.toId}) filter (where ${secondments.compliant}))::integer`;

function runningIn({ from, to }: DayRange): SQL {
  return sql`${secondments.startOn} <= ${to}::date and coalesce(${secondments.actualEndOn}, ${secondments.plannedEndOn}) >= ${from}::date`;
}

async function countsOfAlliances(
  alliances: readonly string[],
  days: DayRange,
  query: Query,
): Promise<ReadonlyMap<string, SecondmentCounts>> {
  const rows = await query(
    sql`select ${secondments.allianceId}, ${counts} from ${secondments}
        where ${secondments.allianceId} = any(${sql.param([...alliances])}::text[]) and ${runningIn(days)}
        group by 1`,
  );
  return new Map(rows.map(([alliance, ...numbers]) => [String(alliance), countsOf(numbers)]));
}

function countsOf(numbers: readonly unknown[]): SecondmentCounts {
  const [total, compliant, overSixMonths, institutionsCovered] = numbers.map(Number);
  return {
    total: total ?? 0,
    compliant: compliant ?? 0,
    overSixMonths: overSixMonths ?? 0,
    institutionsCovered: institutionsCovered ?? 0,
  };
}
