import { optionalTextOfChange, seqOfChange, textsOfChange, type LoggedChange, type Write } from '@hutong/kit';
import { lt } from 'drizzle-orm';
import { institutionProjections, membershipProjections } from '../tables/projection.ts';

/** Keeps what institutions tells of an institution 机构: where people may be posted (domain.md 3.11–3.13). */
export async function takeInInstitution(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['tier', 'class', 'status', 'regionCode']),
    level: optionalTextOfChange(change, 'level'),
    parentId: optionalTextOfChange(change, 'parentInstitutionId'),
    seq: seqOfChange(change),
  };
  await tx
    .insert(institutionProjections)
    .values(told)
    .onConflictDoUpdate({
      target: institutionProjections.id,
      set: told,
      setWhere: lt(institutionProjections.seq, told.seq),
    });
}

/** Keeps what institutions tells of a member of an alliance 医共体成员 (domain.md 3.11, 3.13). */
export async function takeInMembership(change: LoggedChange, { tx }: Write): Promise<void> {
  const { role, ...texts } = textsOfChange(change, ['allianceId', 'institutionId', 'joinedOn', 'role']);
  const told = {
    ...texts,
    leftOn: optionalTextOfChange(change, 'leftOn'),
    isLead: role === 'LEAD',
    seq: seqOfChange(change),
  };
  const { allianceId, institutionId, joinedOn } = membershipProjections;
  await tx
    .insert(membershipProjections)
    .values(told)
    .onConflictDoUpdate({
      target: [allianceId, institutionId, joinedOn],
      set: told,
      setWhere: lt(membershipProjections.seq, told.seq),
    });
}
