import { stableId } from '@hutong/kit';
import type { GuidanceGroupFact, InstitutionFact, Place, TeamFact } from '@hutong/synthetic';
import { DOCTOR_CAPACITY } from '../rules/contract-capacity.ts';
import type { contractPolicies } from '../tables/contract-policy.ts';
import type { guidanceGroupProjections, institutionProjections, teamProjections } from '../tables/projection.ts';

/** Before every change of the logs: what is told later overwrites what was seeded. */
const seq = 0;

/** What a place rules on contracts: the defaults of the demo region (domain.md 3.8, 3.9.1). */
export function policyRow({ regionCode }: Place, year: number): typeof contractPolicies.$inferInsert {
  const validFrom = `${year}-01-01`;
  return {
    id: stableId('kp', regionCode, validFrom),
    regionCode,
    validFrom,
    strictStructure: true,
    doctorCapacity: DOCTOR_CAPACITY,
    elderlyAge: 65,
    incentiveUnit: '15.00',
    subsidyPerHead: '10.00',
    updatedAt: `${validFrom}T00:00:00+08:00`,
  };
}

/** An institution 机构 as institutions has it. */
export function institutionProjectionRow(fact: InstitutionFact): typeof institutionProjections.$inferInsert {
  const { id, tier, level, status, regionCode, parentInstitutionId: parentId } = fact;
  return { id, tier, level, status, regionCode, parentId, seq };
}

/** A family-doctor team 家庭医生团队 as personnel has it. */
export function teamProjectionRow(fact: TeamFact): typeof teamProjections.$inferInsert {
  const { id, institutionId, guidanceGroupId, capacity, members } = fact;
  return { id, institutionId, guidanceGroupId, capacity, members: members.map((member) => ({ ...member })), seq };
}

/** A technical guidance group 技术指导小组 as personnel has it. */
export function groupProjectionRow(fact: GuidanceGroupFact): typeof guidanceGroupProjections.$inferInsert {
  const { id, institutionId, departmentCodes, specialistIds, contractOffice, assignedTowns } = fact;
  return {
    id,
    institutionId,
    departments: departmentCodes.length,
    specialists: specialistIds.length,
    contractOffices: contractOffice === '' ? 0 : 1,
    assignedTownCodes: [...assignedTowns],
    seq,
  };
}
