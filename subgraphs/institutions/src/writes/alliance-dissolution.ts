import {
  advanced,
  createFaults,
  expectVersion,
  governs,
  lockById,
  refuse,
  type Faults,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, asc, eq, gt, isNull, ne, or } from 'drizzle-orm';
import { countFinding, DEFAULT_COMMUNITIES_PER_COUNTY } from '../rules/county-structure.ts';
import type { DissolveAllianceInput } from '../schema-types.ts';
import { allianceMemberships, alliances, type AllianceMembershipRow, type AllianceRow } from '../tables/alliance.ts';
import { sharedCentres } from '../tables/capability.ts';
import { expectText, lockInstitutions, lockRegion, texts } from './checks.ts';
import { communitiesByMember, communitiesOf, isPrimaryPublic } from './communities.ts';
import { endMembership } from './memberships.ts';

/**
 * Dissolves an alliance today, with its memberships and shared centres. A county keeps a community, and its primary public institutions
 * are in another one before (domain.md 3.19.1). What the other subgraphs arranged in it (posts of its pool, secondments, budgets) runs to its
 * own end: they are told of the memberships that ended, and arrange nothing new in it. Places of slots kept for it open to everybody
 * at noon two days before the visit, as all unused ones do (3.5).
 */
export async function dissolveAlliance(input: DissolveAllianceInput, write: Write): Promise<Written> {
  const { id, reason } = input;
  const alliance = await lockAlliance(id, write);
  const members = await lockMembers(id, write);
  expectVersion(alliance, input.version);
  const faults = createFaults();
  faults.expect(governs(write.caller, alliance.regionCode), 'FORBIDDEN', 'id', texts.commission);
  expectText(faults, reason, 'reason', 500);
  const stands = alliance.dissolvedOn === null || alliance.dissolvedOn > write.clock.day;
  faults.expect(stands, 'INVALID_TRANSITION', 'id', texts.dissolved);
  if (alliance.kind === 'COUNTY_COMMUNITY' && stands) await checkCounty(alliance, members, write, faults);
  faults.throwIfAny();

  const { kind, regionCode, leadId, establishedOn } = alliance;
  const dissolvedOn = write.clock.day < establishedOn ? establishedOn : write.clock.day;
  const change = { dissolvedOn, ...advanced(alliance, write) };
  await write.tx.update(alliances).set(change).where(eq(alliances.id, id));
  const payload = { kind, regionCode, leadId, dissolvedOn, version: change.version };
  write.change({ type: 'Alliance', id, kind: 'UPDATED', payload });
  for (const member of members) await endMembership(member, dissolvedOn, write, reason);
  await closeCentres(id, reason, write);
  return { id };
}

/** The alliance, locked after its division: what else stands in the county stays as it was counted. */
async function lockAlliance(id: string, write: Write): Promise<AllianceRow> {
  const { regionCode } = alliances;
  const [asked] = await write.tx.select({ regionCode }).from(alliances).where(eq(alliances.id, id));
  if (asked === undefined) return refuse('NOT_FOUND', 'id');
  await lockRegion(write, asked.regionCode);
  return lockById(write, alliances, id, 'id');
}

/** Memberships that run or will, locked until the write ends. */
async function lockMembers(allianceId: string, { tx, clock }: Write): Promise<AllianceMembershipRow[]> {
  const { leftOn } = allianceMemberships;
  return tx
    .select()
    .from(allianceMemberships)
    .where(and(eq(allianceMemberships.allianceId, allianceId), or(isNull(leftOn), gt(leftOn, clock.day))))
    .orderBy(asc(allianceMemberships.id))
    .for('update');
}

/** Another community stands in the county, and every primary public institution is in it (domain.md 3.19.1). */
async function checkCounty(
  { id, regionCode }: AllianceRow,
  members: readonly AllianceMembershipRow[],
  write: Write,
  faults: Faults,
): Promise<void> {
  const standing = await communitiesOf(regionCode, write.clock.day, write);
  const others = standing.filter((community) => community.id !== id);
  const enough = countFinding(others.length, DEFAULT_COMMUNITIES_PER_COUNTY) !== 'TOO_FEW';
  faults.expect(enough, 'INVALID_TRANSITION', 'id', dissolutionTexts.last);
  const ids = members.map(({ institutionId }) => institutionId);
  const places = await lockInstitutions(write, ids);
  const elsewhere = await communitiesByMember(ids, write.clock.day, write, id);
  const stranded = [...places.values()].filter(
    (place) => place.status === 'ACTIVE' && isPrimaryPublic(place) && !elsewhere.has(place.id),
  );
  faults.expect(stranded.length === 0, 'INVALID_TRANSITION', 'id', dissolutionTexts.stranded(stranded.length));
}

async function closeCentres(allianceId: string, reason: string, write: Write): Promise<void> {
  const centres = await write.tx
    .select()
    .from(sharedCentres)
    .where(and(eq(sharedCentres.allianceId, allianceId), ne(sharedCentres.status, 'CLOSED')))
    .orderBy(asc(sharedCentres.id))
    .for('update');
  for (const centre of centres) {
    const { id, kind, hostId, status: from } = centre;
    const change = { status: 'CLOSED' as const, ...advanced(centre, write) };
    await write.tx.update(sharedCentres).set(change).where(eq(sharedCentres.id, id));
    const payload = { kind, allianceId, hostId, status: 'CLOSED', version: change.version };
    write.change({ type: 'SharedCentre', id, kind: 'UPDATED', payload });
    write.step({ type: 'SharedCentre', id, from, to: 'CLOSED', reason });
  }
}

const dissolutionTexts = {
  last: { en: 'A county keeps at least one county community.', zh: '每县至少保留一个县域医共体。' },
  stranded: (count: number) => ({
    en: `${count} primary public institutions are in no other county community; let them join one first.`,
    zh: `尚有 ${count} 家基层公立机构未加入其他县域医共体，请先办理转入。`,
  }),
};
