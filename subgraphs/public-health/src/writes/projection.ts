import { optionalTextOfChange, seqOfChange, textsOfChange, type LoggedChange, type Write } from '@hutong/kit';
import { lt } from 'drizzle-orm';
import {
  guidanceGroupProjections,
  institutionProjections,
  teamProjections,
  type StoredTeamMember,
} from '../tables/projection.ts';

/** Keeps what institutions tells of an institution 机构: where contracts may be signed (domain.md 3.8.2). */
export async function takeInInstitution(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['tier', 'status', 'regionCode']),
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

/** Keeps what personnel tells of a family-doctor team 家庭医生团队: who signs residents, and how many (domain.md 3.8.3). */
export async function takeInTeam(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['institutionId']),
    guidanceGroupId: optionalTextOfChange(change, 'guidanceGroupId'),
    capacity: numberOf(change, 'capacity'),
    members: listOf(change, 'members').map(toMember),
    seq: seqOfChange(change),
  };
  await tx
    .insert(teamProjections)
    .values(told)
    .onConflictDoUpdate({ target: teamProjections.id, set: told, setWhere: lt(teamProjections.seq, told.seq) });
}

/** Keeps what personnel tells of a technical guidance group 技术指导小组: of how many parts, for which towns (domain.md 3.8.2). */
export async function takeInGuidanceGroup(change: LoggedChange, { tx }: Write): Promise<void> {
  const told = {
    id: change.id,
    ...textsOfChange(change, ['institutionId']),
    departments: new Set(listOf(change, 'departmentIds')).size,
    specialists: new Set(listOf(change, 'specialistIds')).size,
    contractOffices: numberOf(change, 'contractOffices'),
    assignedTownCodes: listOf(change, 'assignedTownCodes').map(String),
    seq: seqOfChange(change),
  };
  await tx
    .insert(guidanceGroupProjections)
    .values(told)
    .onConflictDoUpdate({
      target: guidanceGroupProjections.id,
      set: told,
      setWhere: lt(guidanceGroupProjections.seq, told.seq),
    });
}

function numberOf({ payload }: LoggedChange, name: string): number {
  const value = Number(payload[name]);
  return Number.isSafeInteger(value) ? value : 0;
}

function listOf({ payload }: LoggedChange, name: string): readonly unknown[] {
  const value = payload[name];
  return Array.isArray(value) ? value : [];
}

function toMember(told: unknown): StoredTeamMember {
  const { practitionerId, duty, from, to } = Object(told);
  return {
    practitionerId: String(practitionerId),
    duty: String(duty),
    from: String(from),
    to: typeof to === 'string' ? to : null,
  };
}
