import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotPast,
  expectSize,
  expectText,
  expectVersion,
  lockById,
  newId,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decideMember, decideTeam, teamCapacity, type TeamMember } from '../rules/team.ts';
import type { AssignTeamMemberInput, CreateTeamInput } from '../schema-types.ts';
import { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from '../tables/team.ts';
import { note } from './checks.ts';
import { guidanceGroupWrites } from './guidance-group.ts';
import { expectLicence, expectOnStaff, lockPeople, lockPerson, type Person } from './people.ts';
import { expectOpenOwn, type Place, placesById } from './places.ts';
import { memberOf, teamChange } from './team-change.ts';
import { texts } from './texts.ts';

/** Mutations of family-doctor teams 家庭医生团队 and of those who guide them (domain.md 3.8.2, 3.8.3). */
export const teamWrites = (mutation: Mutation) => ({
  createTeam: mutation('createTeam', createTeam),
  assignTeamMember: mutation('assignTeamMember', assignTeamMember),
  ...guidanceGroupWrites(mutation),
});

/** Makes a team of a township hospital with its members; its capacity is theirs. */
async function createTeam(input: CreateTeamInput, write: Write): Promise<Written> {
  expectSize(input.members, MOST_ENTRIES, 'members');
  expectSize(input.coverageCodes, MOST_ENTRIES, 'coverageCodes');
  const { institutionId, leaderId, guidanceGroupId } = input;
  const faults = createFaults();
  const members = input.members.map(memberOf);
  const place = (await placesById(write, [institutionId])).get(institutionId);
  const people = await lockPeople(write, [leaderId, ...members.map(({ practitionerId }) => practitionerId)]);
  expectText(faults, input.name, 'name', 100);
  expectOpenOwn(faults, write, place, 'institutionId');
  members.forEach((member, index) =>
    checkMember(
      { member, person: people.get(member.practitionerId), institutionId },
      write,
      faults,
      `members.${index}.`,
    ),
  );
  if (place !== undefined) note(faults, decideTeam({ institutionTier: place.tier, leaderId, members }));
  checkCoverage(input, place, faults);
  await checkGroup(input, place, write, faults);
  faults.throwIfAny();

  const id = newId('tm');
  const capacity = teamCapacity(members, latest(write.clock.day, members.map(({ from }) => from).toSorted()[0]));
  const row = {
    institutionId,
    regionCode: place?.regionCode ?? '',
    leaderId,
    guidanceGroupId: guidanceGroupId ?? null,
  };
  await write.tx.insert(familyDoctorTeams).values({
    id,
    ...row,
    name: input.name.trim(),
    coverageCodes: [...input.coverageCodes],
    capacity,
    updatedAt: write.clock.instant,
  });
  await write.tx
    .insert(teamMemberships)
    .values(members.map((member, index) => ({ teamId: id, no: index + 1, ...member })));
  write.change(teamChange('CREATED', { id, ...row, capacity, version: 1 }, members));
  return { id };
}

/** Adds a member for some days: one duty each at a time, and one family doctor. */
async function assignTeamMember(input: AssignTeamMemberInput, write: Write): Promise<Written> {
  const { teamId } = input;
  const team = await lockById(write, familyDoctorTeams, teamId, 'teamId');
  expectVersion(team, input.version);
  const faults = createFaults();
  const member = memberOf(input);
  const { institutionId } = team;
  const place = (await placesById(write, [institutionId])).get(institutionId);
  const person = await lockPerson(write, member.practitionerId);
  const others = await write.tx.select().from(teamMemberships).where(eq(teamMemberships.teamId, teamId));
  expectOpenOwn(faults, write, place, 'teamId');
  checkMember({ member, person, institutionId }, write, faults);
  note(faults, decideMember(member, others));
  faults.throwIfAny();

  const no = Math.max(0, ...others.map((one) => one.no)) + 1;
  await write.tx.insert(teamMemberships).values({ teamId, no, ...member });
  const members = [...others.map(memberOf), member];
  const capacity = teamCapacity(members, latest(write.clock.day, member.from));
  await write.tx
    .update(familyDoctorTeams)
    .set({ capacity, ...advanced(team, write) })
    .where(eq(familyDoctorTeams.id, teamId));
  write.change(teamChange('UPDATED', { ...team, capacity, version: team.version + 1 }, members));
  return { id: teamId };
}

interface Joining {
  readonly member: TeamMember;
  readonly person: Person | undefined;
  readonly institutionId: string;
}

/** On the staff of the hospital or of one of its clinics, or a specialist from above; licensed, and from today on. */
function checkMember({ member, person, institutionId }: Joining, write: Write, faults: Faults, at = ''): void {
  expectOnStaff(faults, person, `${at}practitionerId`);
  expectLicence(faults, person, member.from, `${at}practitionerId`);
  expectNotPast(faults, write, member.from, `${at}from`);
  if (person === undefined || member.duty === 'SPECIALIST') return;
  const places = [person.primaryInstitutionId, person.employmentUsedAtId, person.townshipHospitalId];
  faults.expect(places.includes(institutionId), 'VALIDATION_FAILED', `${at}practitionerId`, texts.elsewhere);
}

/** The team serves divisions of its hospital's township. */
function checkCoverage({ coverageCodes }: CreateTeamInput, place: Place | undefined, faults: Faults): void {
  const township = (place?.regionCode ?? '').slice(0, 9);
  coverageCodes.forEach((code, index) => {
    const inside = /^\d{9}(\d{3})?$/.test(code) && code.startsWith(township);
    faults.expect(inside, 'VALIDATION_FAILED', `coverageCodes.${index}`, own.otherTown);
  });
}

async function checkGroup(
  { guidanceGroupId }: CreateTeamInput,
  place: Place | undefined,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  if (!guidanceGroupId) return;
  const { id, assignedTownCodes } = technicalGuidanceGroups;
  const [group] = await tx.select({ assignedTownCodes }).from(technicalGuidanceGroups).where(eq(id, guidanceGroupId));
  faults.expect(group !== undefined, 'NOT_FOUND', 'guidanceGroupId');
  const assigned = group?.assignedTownCodes.some((code) => place?.regionCode.startsWith(code)) ?? true;
  faults.expect(assigned, 'VALIDATION_FAILED', 'guidanceGroupId', own.otherTown);
}

function latest(one: string, other = one): string {
  return one < other ? other : one;
}

const own = {
  otherTown: { en: 'This is not of the township of the hospital.', zh: '与卫生院所在乡镇不符。' },
};
