import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import { departmentCodeOf } from '../catalogues/specialties.ts';
import type { GuidanceGroupFact, TeamFact, TeamMemberFact } from '../facts/staff.ts';
import { type PlaceWorld, doctorAt, practitionerId, staffAt } from '../place-world.ts';
import type { Site } from '../places/site.ts';
import type { TeamDraft } from './team-draft.ts';

const TEAM_FROM = '2023-01-01';

/** Towns a guidance group looks after (S3-10: two or three). */
const TOWNS_PER_GROUP = 3;

/** A family-doctor team with its five to seven members (domain.md 8.6). */
export function teamFact(world: PlaceWorld, team: TeamDraft): TeamFact {
  const familyDoctorId = familyDoctorOf(world, team);
  const draws = new Draws(world.seed, `${team.path}/members`);
  const second = practitionerId(
    world.seed,
    team.hospital,
    world.teams.filter((one) => one.hospital === team.hospital).length + team.number,
  );
  const clinics = team.clinics.slice(0, draws.integer(1, 2));
  const members: readonly (readonly [string, TeamMemberFact['duty']])[] = [
    [familyDoctorId, 'FAMILY_DOCTOR'],
    [second, 'GP'],
    [doctorAt(world, team.hospital, 'PUBLIC_HEALTH', draws.uniform()), 'PUBLIC_HEALTH'],
    [staffAt(world, team.hospital, '21', draws.uniform() / 2), 'NURSE'],
    ...(draws.chance(0.5) || clinics.length < 1
      ? [[staffAt(world, team.hospital, '21', 0.5 + draws.uniform() / 2), 'NURSE'] as const]
      : []),
    ...clinics.map((clinic) => [practitionerId(world.seed, clinic, 0), 'VILLAGE_DOCTOR'] as const),
  ];
  return {
    id: team.id,
    place: world.model.key,
    name: `${team.hospital.name.replace('（示例）', '')}第${team.number + 1}健康管理团队（示例）`,
    institutionId: team.hospital.id,
    leaderId: familyDoctorId,
    familyDoctorId,
    members: members.map(([member, duty]) => ({ practitionerId: member, duty, from: TEAM_FROM, to: null })),
    guidanceGroupId: guidanceGroupIdOf(world, team.hospital),
    coverage: team.villages,
    capacity: 2000,
  };
}

/** The family doctor of a team: the general practitioner of its number. */
export function familyDoctorOf(world: PlaceWorld, team: TeamDraft): string {
  return practitionerId(world.seed, team.hospital, team.number);
}

/** Guidance groups: specialists of each lead hospital for two or three of its towns (S3-8, S3-10). */
export function guidanceGroups(world: PlaceWorld): GuidanceGroupFact[] {
  return groupDrafts(world).map(({ lead, hospitals, path }) => {
    const draws = new Draws(world.seed, `${path}/fact`);
    const specialties = ['INTERNAL', 'SURGERY', 'OBGYN', 'TCM'].slice(0, draws.integer(3, 4));
    const specialists = Array.from({ length: draws.integer(4, 6) }, (_, index) =>
      doctorAt(world, lead, specialties[index % specialties.length] ?? 'INTERNAL', (index + draws.uniform()) / 6),
    );
    return {
      id: publicId('gg', new Draws(world.seed, path)),
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

/** The guidance group of a township hospital. */
export function guidanceGroupIdOf(world: PlaceWorld, hospital: Site): string {
  const draft = groupDrafts(world).find((one) => one.hospitals.includes(hospital));
  if (draft === undefined) throw new RangeError(`${hospital.name} has no guidance group`);
  return publicId('gg', new Draws(world.seed, draft.path));
}

interface GroupDraft {
  readonly lead: Site;
  readonly hospitals: readonly Site[];
  readonly path: string;
}

function groupDrafts(world: PlaceWorld): GroupDraft[] {
  const byLead = new Map<Site, Site[]>();
  for (const hospital of world.geography.sites.filter((site) => site.kind === 'TOWNSHIP')) {
    const lead = world.network.leadOf.get(hospital.id);
    if (lead !== undefined) byLead.set(lead, [...(byLead.get(lead) ?? []), hospital]);
  }
  return [...byLead].flatMap(([lead, hospitals]) => {
    const groups = Math.ceil(hospitals.length / TOWNS_PER_GROUP);
    return Array.from({ length: groups }, (_, number) => ({
      lead,
      hospitals: hospitals.filter((_hospital, index) => index % groups === number),
      path: `${lead.path}/guidance/${number}`,
    }));
  });
}
