import type { Write } from '@hutong/kit';
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { allianceMemberships, alliances, memberOn } from '../tables/alliance.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';

/** The institutions of these ids, by id. */
export async function institutionsById(
  { tx }: Write,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InstitutionRow>> {
  const rows = await tx
    .select()
    .from(institutions)
    .where(inArray(institutions.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The running alliances 医联体 of which these institutions are members today, by institution. */
export async function alliancesByMember(
  { tx, clock }: Write,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx
    .select({ institutionId: allianceMemberships.institutionId, allianceId: alliances.id })
    .from(allianceMemberships)
    .innerJoin(alliances, eq(alliances.id, allianceMemberships.allianceId))
    .where(
      and(
        inArray(allianceMemberships.institutionId, [...ids]),
        memberOn(clock.day),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, clock.day)),
      ),
    );
  const found = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { institutionId, allianceId } of rows) found.get(institutionId)?.push(allianceId);
  return found;
}
