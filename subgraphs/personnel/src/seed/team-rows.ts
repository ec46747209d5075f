import type { GuidanceGroupFact, TeamFact } from '@hutong/synthetic';
import type { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from '../tables/team.ts';
import type { StaffSetting } from './practitioner-rows.ts';

/** A family-doctor team. */
export function teamRow(fact: TeamFact, { asOf, workplaces }: StaffSetting): typeof familyDoctorTeams.$inferInsert {
  return {
    id: fact.id,
    name: fact.name,
    institutionId: fact.institutionId,
    regionCode: workplaces.region(fact.institutionId),
    leaderId: fact.leaderId,
    guidanceGroupId: fact.guidanceGroupId,
    coverageCodes: [...fact.coverage],
    capacity: fact.capacity,
    updatedAt: asOf,
  };
}

/** The members of a team. */
export function membershipRows(fact: TeamFact): (typeof teamMemberships.$inferInsert)[] {
  return fact.members.map((member, index) => ({ teamId: fact.id, no: index + 1, ...member }));
}

/** A technical guidance group. */
export function guidanceGroupRow(
  fact: GuidanceGroupFact,
  { asOf, workplaces, departmentId }: StaffSetting,
): typeof technicalGuidanceGroups.$inferInsert {
  return {
    id: fact.id,
    name: fact.name,
    institutionId: fact.institutionId,
    regionCode: workplaces.region(fact.institutionId),
    departmentIds: fact.departmentCodes.map((code) => departmentId(fact.institutionId, code)),
    specialistIds: [...fact.specialistIds],
    contractOffice: fact.contractOffice,
    assignedTownCodes: [...fact.assignedTowns],
    principle: fact.principle,
    updatedAt: asOf,
  };
}
