import { byReference, children, columns, derive, list, payload, reference, selfReference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  FamilyDoctorTeamResolvers,
  InstitutionResolvers,
  MutationResolvers,
  QueryResolvers,
  ResidentResolvers,
  TeamMembershipResolvers,
  TechnicalGuidanceGroupResolvers,
} from '../schema-types.ts';
import { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from '../tables/team.ts';

type Load = Context['load'];

export const Query = {
  familyDoctorTeam: (_parent, { id }, { load }, info) => load.team.load(id, info),
  familyDoctorTeams: (_parent, args, { load }, info) => load.teams.load(args, info),
  technicalGuidanceGroups: (_parent, args, { load }, info) => load.guidanceGroups.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  createTeam: (_parent, { input }, { write }) => write.team.createTeam(input),
  assignTeamMember: (_parent, { input }, { write }) => write.team.assignTeamMember(input),
  assignGuidanceGroup: (_parent, { input }, { write }) => write.team.assignGuidanceGroup(input),
} satisfies Partial<MutationResolvers>;

export const FamilyDoctorTeamPayload = payload('familyDoctorTeam', (load: Load) => load.team);
export const TechnicalGuidanceGroupPayload = payload('technicalGuidanceGroup', (load: Load) => load.guidanceGroup);

export const FamilyDoctorTeam: FamilyDoctorTeamResolvers = {
  __resolveReference: byReference({ id: (load) => load.team }),
  ...columns(familyDoctorTeams),
  institution: stub('Institution', 'institutionId'),
  region: stub('Region', 'regionCode', 'code'),
  leader: reference('leaderId', (load) => load.practitioner),
  members: list('id', (load) => load.membersOfTeam),
  guidanceGroup: reference('guidanceGroupId', (load) => load.guidanceGroup),
  coverage: derive(['coverageCodes'], ({ coverageCodes }) => coverageCodes.map(regionStub)),
};

export const TeamMembership: TeamMembershipResolvers = {
  ...columns(teamMemberships),
  practitioner: reference('practitionerId', (load) => load.practitioner),
};

export const TechnicalGuidanceGroup: TechnicalGuidanceGroupResolvers = {
  __resolveReference: byReference({ id: (load) => load.guidanceGroup }),
  ...columns(technicalGuidanceGroups),
  institution: stub('Institution', 'institutionId'),
  region: stub('Region', 'regionCode', 'code'),
  departments: derive(['departmentIds'], ({ departmentIds }) =>
    departmentIds.map((id) => ({ __typename: 'Department' as const, id })),
  ),
  specialists: derive(['specialistIds'], async ({ specialistIds }, _args, { load }, info) =>
    (await Promise.all(specialistIds.map((id) => load.practitioner.load(id, info)))).filter((row) => row !== null),
  ),
  assignedTowns: derive(['assignedTownCodes'], ({ assignedTownCodes }) => assignedTownCodes.map(regionStub)),
  teams: list('id', (load) => load.teamsOfGroup),
};

export const Resident: ResidentResolvers = {
  __resolveReference: selfReference(),
  careTeam: derive(['familyDoctorTeamId'], ({ familyDoctorTeamId }, _args, { load }, info) =>
    familyDoctorTeamId ? load.currentMembersOfTeam.load(familyDoctorTeamId, info) : [],
  ),
};

/** What teams add to an institution. */
export const institutionTeams = {
  teams: children('id', (load) => load.teamsOfInstitution),
} satisfies Partial<InstitutionResolvers>;

function regionStub(code: string) {
  return { __typename: 'Region' as const, code };
}
