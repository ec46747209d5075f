import type { Write } from '@hutong/kit';
import { and, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm';
import { allianceMemberships, alliances, type AllianceRow } from '../tables/alliance.ts';
import type { InstitutionRow } from '../tables/place.ts';

/** The communities of which institutions are members on a day or later, but for one of them. */
export async function communitiesByMember(
  ids: readonly string[],
  day: string,
  { tx }: Write,
  but?: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ institutionId: allianceMemberships.institutionId })
    .from(allianceMemberships)
    .innerJoin(alliances, eq(alliances.id, allianceMemberships.allianceId))
    .where(
      and(
        inArray(allianceMemberships.institutionId, [...ids]),
        eq(alliances.kind, 'COUNTY_COMMUNITY'),
        but === undefined ? undefined : ne(alliances.id, but),
        or(isNull(allianceMemberships.leftOn), gt(allianceMemberships.leftOn, day)),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, day)),
      ),
    );
  return new Set(rows.map(({ institutionId }) => institutionId));
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
