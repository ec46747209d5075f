import type { Write } from '@hutong/kit';
import { and, eq, gt, inArray, isNull, ne, or, type SQL } from 'drizzle-orm';
import { allianceMemberships, alliances, memberOn, standsOn, type AllianceRow } from '../tables/alliance.ts';
import type { InstitutionRow } from '../tables/place.ts';

/** Those of these institutions that are in a community on a day or later. */
export async function inCommunityFrom(ids: readonly string[], day: string, write: Write): Promise<ReadonlySet<string>> {
  const { leftOn } = allianceMemberships;
  const { dissolvedOn } = alliances;
  const runs = and(or(isNull(leftOn), gt(leftOn, day)), or(isNull(dissolvedOn), gt(dissolvedOn, day)));
  return inCommunity(ids, runs, write);
}

/** Those of these institutions that are in another community than this one today, and are not to leave it. */
export async function inOtherCommunity(
  ids: readonly string[],
  allianceId: string,
  write: Write,
): Promise<ReadonlySet<string>> {
  const { day } = write.clock;
  const stays = and(memberOn(day), isNull(allianceMemberships.leftOn), standsOn(day));
  return inCommunity(ids, and(ne(alliances.id, allianceId), stays), write);
}

async function inCommunity(
  ids: readonly string[],
  which: SQL | undefined,
  { tx }: Write,
): Promise<ReadonlySet<string>> {
  const { institutionId } = allianceMemberships;
  const rows = await tx
    .select({ institutionId })
    .from(allianceMemberships)
    .innerJoin(alliances, eq(alliances.id, allianceMemberships.allianceId))
    .where(and(inArray(institutionId, [...ids]), eq(alliances.kind, 'COUNTY_COMMUNITY'), which));
  return new Set(rows.map((row) => row.institutionId));
}

/** Whether another community than this one stands in its county today. */
export async function hasOtherCommunity({ id, regionCode }: AllianceRow, { tx, clock }: Write): Promise<boolean> {
  const ofCounty = and(eq(alliances.kind, 'COUNTY_COMMUNITY'), eq(alliances.regionCode, regionCode));
  const rows = await tx
    .select({ id: alliances.id })
    .from(alliances)
    .where(and(ofCounty, ne(alliances.id, id), standsOn(clock.day)))
    .limit(1);
  return rows.length > 0;
}

/** Communities of a county that stand on a day or will. */
export async function communitiesOf(countyCode: string, day: string, { tx }: Write): Promise<AllianceRow[]> {
  return tx
    .select()
    .from(alliances)
    .where(
      and(
        eq(alliances.kind, 'COUNTY_COMMUNITY'),
        eq(alliances.regionCode, countyCode),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, day)),
      ),
    );
}

/** Institutions that are to be in exactly one community (domain.md 3.19.1). */
export function isPrimaryPublic({ isPrimaryCare, ownership }: InstitutionRow): boolean {
  return isPrimaryCare && ownership === 'PUBLIC';
}
