import type { Read, RequestClock } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from '../tables/team.ts';

/** Reads of teams and guidance groups. */
export const teamLoaders = (read: Read, clock: RequestClock) => ({
  team: read.byKey(familyDoctorTeams, 'id'),
  teams: read.page(familyDoctorTeams, 'id'),
  teamsOfInstitution: read.pageBy(familyDoctorTeams, 'institutionId', 'id'),
  teamsOfGroup: read.listBy(familyDoctorTeams, 'guidanceGroupId', { orderBy: ['id'] }),
  membersOfTeam: read.listBy(teamMemberships, 'teamId', { orderBy: ['no'] }),
  /** Members on the business day. */
  currentMembersOfTeam: read.listBy(teamMemberships, 'teamId', {
    orderBy: ['no'],
    where: sql`${teamMemberships.from} <= ${clock.day}::date and coalesce(${teamMemberships.to}, 'infinity') >= ${clock.day}::date`,
  }),
  guidanceGroup: read.byKey(technicalGuidanceGroups, 'id'),
  guidanceGroups: read.page(technicalGuidanceGroups, 'id'),
});
