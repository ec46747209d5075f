import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectText,
  expectVersion,
  governs,
  lockById,
  refuse,
} from '@hutong/kit';
import { and, asc, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { DissolveAllianceInput } from '../schema-types.ts';
import { allianceMemberships, alliances, type AllianceMembershipRow, type AllianceRow } from '../tables/alliance.ts';
import { sharedCentres } from '../tables/capability.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { lockInstitutions, lockRegion, texts } from './checks.ts';
import { hasOtherCommunity, inOtherCommunity, isPrimaryPublic } from './communities.ts';
import { leaveOn } from './memberships.ts';

/**
 * Dissolves an alliance today, with its memberships and shared centres. A county keeps a community, and its primary public institutions
 * are in another one before (domain.md 3.19.1). What the other subgraphs arranged in it (posts of its pool, secondments, budgets) runs to its
 * own end: they are told of the memberships that ended, and arrange nothing new in it. Places of slots kept for it open to everybody
 * at noon two days before the visit, as all unused ones do (3.5).
 */
export async function dissolveAlliance(input: DissolveAllianceInput, write: Write): Promise<Written> {
  const { id, reason } = input;
  const alliance = await lockAlliance(id, write);
  const { places, members } = await lockMembers(id, write);
  expectVersion(alliance, input.version);
  const faults = createFaults();
  faults.expect(governs(write.caller, alliance.regionCode), 'FORBIDDEN', 'id', texts.commission);
  expectText(faults, reason, 'reason', 500);
  const stands = alliance.dissolvedOn === null || alliance.dissolvedOn > write.clock.day;
  faults.expect(stands, 'INVALID_TRANSITION', 'id', texts.dissolved);
  if (alliance.kind === 'COUNTY_COMMUNITY' && stands) await checkCounty(alliance, places, write, faults);
  faults.throwIfAny();

  const { kind, regionCode, leadId, establishedOn } = alliance;
  const dissolvedOn = write.clock.day < establishedOn ? establishedOn : write.clock.day;
  const change = { dissolvedOn, ...advanced(alliance, write) };
  await write.tx.update(alliances).set(change).where(eq(alliances.id, id));
  const payload = { kind, regionCode, leadId, dissolvedOn, version: change.version };
  write.change({ type: 'Alliance', id, kind: 'UPDATED', payload });
  await leaveOn(members, dissolvedOn, write, reason);
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

interface Members {
  readonly places: readonly InstitutionRow[];
  readonly members: readonly AllianceMembershipRow[];
}

/** Memberships that run or will, locked after their institutions, as who joins, leaves or closes does. */
async function lockMembers(allianceId: string, write: Write): Promise<Members> {
  const { tx, clock } = write;
  const { institutionId, leftOn } = allianceMemberships;
  const ofAlliance = and(eq(allianceMemberships.allianceId, allianceId), or(isNull(leftOn), gt(leftOn, clock.day)));
  const ids = await tx.select({ institutionId }).from(allianceMemberships).where(ofAlliance);
  const places = await lockInstitutions(
    write,
    ids.map((member) => member.institutionId),
  );
  const members = await tx
    .select()
    .from(allianceMemberships)
    .where(ofAlliance)
    .orderBy(asc(allianceMemberships.id))
    .for('update');
  return { places: [...places.values()], members };
}

/** Another community stands in the county, and every primary public institution is in one that it is not to leave (domain.md 3.19.1). */
async function checkCounty(
  alliance: AllianceRow,
  places: readonly InstitutionRow[],
  write: Write,
  faults: Faults,
): Promise<void> {
  faults.expect(await hasOtherCommunity(alliance, write), 'INVALID_TRANSITION', 'id', dissolutionTexts.last);
  const ids = places.map(({ id }) => id);
  const elsewhere = await inOtherCommunity(ids, alliance.id, write);
  const stranded = places.filter(
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
