import { Draws } from '../chance/draws.ts';
import { departmentCodeOf } from '../catalogues/specialties.ts';
import type { GuidanceGroupFact, TeamFact, TeamMemberFact } from '../facts/staff.ts';
import { type PlaceWorld, doctorAt, practitionerId, staffAt } from '../place-world.ts';
import type { TeamDraft } from './team-draft.ts';

const TEAM_FROM = '2023-01-01';

/** A family-doctor team with its five to seven members (domain.md 8.6). */
export function teamFact(world: PlaceWorld, team: TeamDraft): TeamFact {
  const familyDoctorId = familyDoctorOf(team);
  const draws = membersDraws(world, team);
  const second = practitionerId(team.hospital, (world.teamCount.get(team.hospital.id) ?? 0) + team.number);
  const clinics = memberClinics(team, draws);
  const members: readonly (readonly [string, TeamMemberFact['duty']])[] = [
    [familyDoctorId, 'FAMILY_DOCTOR'],
    [second, 'GP'],
    [doctorAt(world, team.hospital, 'PUBLIC_HEALTH', draws.uniform()), 'PUBLIC_HEALTH'],
    [staffAt(world, team.hospital, '21', draws.uniform() / 2), 'NURSE'],
    ...(draws.chance(0.5) || clinics.length < 1
      ? [[staffAt(world, team.hospital, '21', 0.5 + draws.uniform() / 2), 'NURSE'] as const]
      : []),
    ...clinics.map((clinic) => [practitionerId(clinic, 0), 'VILLAGE_DOCTOR'] as const),
  ];
  return {
    id: team.id,
    place: world.model.key,
    name: `${team.hospital.name.replace('（示例）', '')}第${team.number + 1}健康管理团队（示例）`,
    institutionId: team.hospital.id,
    leaderId: familyDoctorId,
    familyDoctorId,
    members: members.map(([member, duty]) => ({ practitionerId: member, duty, from: TEAM_FROM, to: null })),
    guidanceGroupId: world.guidanceOf.get(team.hospital.id) ?? '',
    coverage: team.villages,
    capacity: 2000,
  };
}

/** The family doctor of a team: the general practitioner of its number. */
export function familyDoctorOf(team: TeamDraft): string {
  return practitionerId(team.hospital, team.number);
}

/** Village doctors of a team, who sign residents of their own too (S3-35). */
export function villageDoctorsOf(world: PlaceWorld, team: TeamDraft): string[] {
  return memberClinics(team, membersDraws(world, team)).map((clinic) => practitionerId(clinic, 0));
}

function membersDraws(world: PlaceWorld, team: TeamDraft): Draws {
  return new Draws(world.seed, `${team.path}/members`);
}

function memberClinics(team: TeamDraft, draws: Draws): TeamDraft['clinics'] {
  return team.clinics.slice(0, draws.integer(1, 2));
}

/** Guidance groups: specialists of each lead hospital for two or three of its towns (S3-8, S3-10). */
export function guidanceGroups(world: PlaceWorld): GuidanceGroupFact[] {
  return world.guidance.map(({ id, lead, hospitals, path }) => {
    const draws = new Draws(world.seed, `${path}/fact`);
    const specialties = ['INTERNAL', 'SURGERY', 'OBGYN', 'TCM'].slice(0, draws.integer(3, 4));
    const specialists = Array.from({ length: draws.integer(4, 6) }, (_, index) =>
      doctorAt(world, lead, specialties[index % specialties.length] ?? 'INTERNAL', (index + draws.uniform()) / 6),
    );
    return {
      id,
      place: world.model.key,
      name: `${lead.name.replace('（示例）', '')}技术指导小组（${hospitals.length} 镇，示例）`,
      institutionId: lead.id,
      departmentCodes: specialties.map(departmentCodeOf),
      specialistIds: [...new Set(specialists)],
      contractOffice: `${lead.name.replace('（示例）', '')}签约服务办公室`,
      assignedTowns: hospitals.flatMap((hospital) => hospital.serves),
      principle: draws.pick(['PAIRED_AID', 'NEARBY'] as const),
    };
  });
}
