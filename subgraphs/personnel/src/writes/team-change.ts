import type { Change } from '@hutong/kit';
import type { TeamMember } from '../rules/team.ts';
import type { FamilyDoctorTeamRow, TechnicalGuidanceGroupRow } from '../tables/team.ts';

type ToldTeam = Pick<
  FamilyDoctorTeamRow,
  'id' | 'institutionId' | 'regionCode' | 'leaderId' | 'guidanceGroupId' | 'capacity' | 'version'
>;

/** What the change log tells of a team 团队: all that other subgraphs keep of it, whatever has changed (domain.md 2.6). */
export function teamChange(kind: 'CREATED' | 'UPDATED', team: ToldTeam, members: readonly TeamMember[]): Change {
  const { id, institutionId, regionCode, leaderId, guidanceGroupId, capacity, version } = team;
  const payload = { institutionId, regionCode, leaderId, guidanceGroupId, capacity, members, version };
  return { type: 'FamilyDoctorTeam', id, kind, payload };
}

/** What the change log tells of a guidance group 技术指导小组, as for a team; its office is told as a count. */
export function groupChange(
  kind: 'CREATED' | 'UPDATED',
  group: Omit<TechnicalGuidanceGroupRow, 'name' | 'regionCode' | 'updatedAt'>,
): Change {
  const { id, contractOffice, institutionId, departmentIds, specialistIds, assignedTownCodes, principle } = group;
  const contractOffices = contractOffice.trim() === '' ? 0 : 1;
  const parts = { institutionId, departmentIds, specialistIds, contractOffices, assignedTownCodes, principle };
  return { type: 'TechnicalGuidanceGroup', id, kind, payload: { ...parts, version: group.version } };
}

/** A member without what belongs to the row that stores one. */
export function memberOf(one: Omit<TeamMember, 'to'> & { readonly to?: string | null | undefined }): TeamMember {
  const { practitionerId, duty, from, to = null } = one;
  return { practitionerId, duty, from, to };
}
