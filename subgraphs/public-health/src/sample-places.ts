import type { Db } from '@hutong/kit';
import { contractPolicies } from './tables/contract-policy.ts';
import {
  guidanceGroupProjections,
  institutionProjections,
  teamProjections,
  type StoredTeamMember,
} from './tables/projection.ts';

const seq = 0;

/** Where the sample's contracts are signed: two towns with a team each, guided by a group of the county hospital. */
export async function insertSamplePlaces(db: Db): Promise<void> {
  const town = { tier: 'TOWNSHIP', level: 'L1', status: 'ACTIVE', parentId: null, seq };
  await db.insert(institutionProjections).values([
    { ...town, id: 'in_TOWN', regionCode: '320322100' },
    { ...town, id: 'in_TOWN2', regionCode: '320322104' },
    { ...town, id: 'in_SHUT', regionCode: '320322100', status: 'CLOSED' },
    { ...town, id: 'in_LEAD', tier: 'COUNTY', level: 'L2', regionCode: '320322100' },
    { ...town, id: 'in_CLINIC', tier: 'VILLAGE', level: 'L9', regionCode: '320322100200', parentId: 'in_TOWN' },
  ]);
  const team = { guidanceGroupId: 'gg_ONE', capacity: 2000, seq };
  const members = [member('pr_DOCTOR'), member('pr_VILLAGE', 'VILLAGE_DOCTOR')];
  await db.insert(teamProjections).values([
    { ...team, id: 'tm_ONE', institutionId: 'in_TOWN', members },
    { ...team, id: 'tm_TWO', institutionId: 'in_TOWN2', members: [member('pr_OTHER')] },
    { ...team, id: 'tm_SHUT', institutionId: 'in_SHUT', members: [member('pr_DOCTOR')] },
    { ...team, id: 'tm_SEVEN', institutionId: 'in_TOWN', guidanceGroupId: 'gg_SEVEN', members },
    { ...team, id: 'tm_ALONE', institutionId: 'in_TOWN', guidanceGroupId: null, members },
  ]);
  const group = { institutionId: 'in_LEAD', departments: 3, contractOffices: 1, seq };
  await db.insert(guidanceGroupProjections).values([
    { ...group, id: 'gg_ONE', specialists: 5, assignedTownCodes: ['320322100', '320322104'] },
    { ...group, id: 'gg_SEVEN', specialists: 7, assignedTownCodes: ['320322100'] },
  ]);
  await db.insert(contractPolicies).values({
    id: 'kp_ONE',
    regionCode: '320322',
    validFrom: '2022-01-01',
    strictStructure: true,
    doctorCapacity: 2000,
    elderlyAge: 65,
    incentiveUnit: '15.00',
    subsidyPerHead: '10.00',
    updatedAt: '2022-01-01T00:00:00+08:00',
  });
}

function member(practitionerId: string, duty = 'FAMILY_DOCTOR'): StoredTeamMember {
  return { practitionerId, duty, from: '2022-01-01', to: null };
}
