import { newId, type Write } from '@hutong/kit';
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { AllianceRole } from '../schema-types.ts';
import { allianceMemberships, alliances, type AllianceMembershipRow, type AllianceRow } from '../tables/alliance.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { membershipChange } from './place-changes.ts';

/** A membership with the kind and the division of its alliance. */
export type RunningMembership = AllianceMembershipRow & Pick<AllianceRow, 'kind' | 'regionCode'>;

/** Memberships of an institution that run on a day or begin later, in alliances that stand, locked until the write ends. */
export async function membershipsFrom(institutionId: string, day: string, { tx }: Write): Promise<RunningMembership[]> {
  const rows = await tx
    .select({ membership: allianceMemberships, kind: alliances.kind, regionCode: alliances.regionCode })
    .from(allianceMemberships)
    .innerJoin(alliances, eq(alliances.id, allianceMemberships.allianceId))
    .where(
      and(
        eq(allianceMemberships.institutionId, institutionId),
        or(isNull(allianceMemberships.leftOn), gt(allianceMemberships.leftOn, day)),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, day)),
      ),
    )
    .for('update', { of: allianceMemberships });
  return rows.map(({ membership, kind, regionCode }) => ({ ...membership, kind, regionCode }));
}

/** Adds members on a day; gives their ids. */
export async function insertMembers(
  common: { readonly allianceId: string; readonly joinedOn: string; readonly integratedFinance: boolean },
  joining: readonly { readonly institution: InstitutionRow | undefined; readonly role: AllianceRole }[],
  write: Write,
): Promise<string[]> {
  const rows = joining.flatMap(({ institution, role }) =>
    institution === undefined
      ? []
      : [{ id: newId('am'), institutionId: institution.id, tier: institution.tier, role, ...common }],
  );
  await write.tx.insert(allianceMemberships).values(rows);
  for (const row of rows) write.change(membershipChange('CREATED', { ...row, leftOn: null }));
  return rows.map(({ id }) => id);
}

/** Ends memberships on a day, those that begin later before they do; whose end was told before has its step in the history. */
export async function leaveOn(
  memberships: readonly AllianceMembershipRow[],
  day: string,
  write: Write,
  reason?: string | null,
): Promise<void> {
  const { id: idOf, joinedOn: begins } = allianceMemberships;
  const ids = memberships.map(({ id }) => id);
  const leftOn = sql`greatest(${begins}, ${day}::date)`;
  await write.tx.update(allianceMemberships).set({ leftOn }).where(inArray(idOf, ids));
  for (const membership of memberships) {
    const { id, joinedOn } = membership;
    write.change(membershipChange('UPDATED', { ...membership, leftOn: day < joinedOn ? joinedOn : day }));
    if (membership.leftOn === null) write.step({ type: 'AllianceMembership', id, from: 'MEMBER', to: 'LEFT', reason });
  }
}

/** Ends every membership that an institution has on a day or later: it closes, or becomes part of another one. */
export async function endMemberships(institutionId: string, day: string, write: Write): Promise<void> {
  await leaveOn(await membershipsFrom(institutionId, day, write), day, write);
}
