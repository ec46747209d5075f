import { byReference, columns, derive, list, payload, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  AllianceMembershipResolvers,
  AllianceResolvers,
  MutationResolvers,
  QueryResolvers,
  AllianceCoverageResolvers,
  StructureWarningResolvers,
} from '../schema-types.ts';
import { allianceMemberships, alliances } from '../tables/alliance.ts';
import { structureWarnings } from '../rules/structure-warnings.ts';
import { listedReferences } from './listed-references.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'alliance' | 'alliances' | 'allianceCoverage' | 'structureWarnings'> = {
  alliance: (_, { id }, { load }, info) => load.alliance.alliance.load(id, info),
  alliances: (_, { kind, regionCode, ...page }, { load }, info) =>
    load.alliance.alliances.load(
      narrowed(page, { kind: comparison('eq', kind), regionCode: comparison('startsWith', regionCode) }),
      info,
    ),
  allianceCoverage: (_, { regionCode, specialTypes }, { load }) =>
    load.alliance.coverageOfSpecialAreas(regionCode, specialTypes ?? supported),
  structureWarnings: async (_, { regionCode }, { load }) => [
    ...structureWarnings(await load.structure.structure(regionCode)),
  ],
};

export const Mutation: Pick<
  MutationResolvers,
  'createAlliance' | 'joinAlliance' | 'leaveAlliance' | 'dissolveAlliance'
> = {
  createAlliance: (_, { input }, { write }) => write.alliance.createAlliance(input),
  joinAlliance: (_, { input }, { write }) => write.alliance.joinAlliance(input),
  leaveAlliance: (_, { input }, { write }) => write.alliance.leaveAlliance(input),
  dissolveAlliance: (_, { input }, { write }) => write.alliance.dissolveAlliance(input),
};

export const AlliancePayload = payload('alliance', (load: Load) => load.alliance.alliance);
export const AllianceMembershipPayload = payload(
  'allianceMembership',
  (load: Load) => load.alliance.allianceMembership,
);

/** Special areas but central towns, which are no areas in need. */
const supported = ['ETHNIC', 'POOR', 'REMOTE', 'ALPINE', 'HARDSHIP'] as const;

export const AllianceCoverage: AllianceCoverageResolvers = {
  institution: reference('institutionId', (load: Load) => load.place.institution),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  alliances: listedReferences('allianceIds', (load: Load) => load.alliance.alliance),
  covered: derive(['allianceIds'], ({ allianceIds }) => allianceIds.length > 0),
};

export const Alliance: AllianceResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.alliance.alliance }),
  ...columns(alliances),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  lead: reference('leadId', (load: Load) => load.place.institution),
  memberships: list('id', (load: Load) => load.alliance.membershipsOfAlliance),
  sharedCentres: list('id', (load: Load) => load.capability.sharedCentresOfAlliance),
  keySpecialties: list('id', (load: Load) => load.capability.keySpecialtiesOfAlliance),
  specialtyPlans: list('id', (load: Load) => load.capability.plansOfAlliance),
  threeFlows: derive(['peopleFlow', 'resourceFlow', 'careFlow'], ({ peopleFlow, resourceFlow, careFlow }) => ({
    people: peopleFlow,
    resources: resourceFlow,
    care: careFlow,
  })),
  governance: derive(
    ['charter', 'memberInDecision', 'unifiedHr', 'unifiedFinance', 'unifiedBusiness', 'unifiedDrug', 'unifiedIt'],
    (row) => row,
  ),
};

export const AllianceMembership: AllianceMembershipResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.alliance.allianceMembership }),
  ...columns(allianceMemberships),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  history: list('id', (load: Load) => load.history('AllianceMembership')),
};

export const StructureWarning: StructureWarningResolvers = {
  rule: derive(['rule'], ({ rule }) => rule),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  count: derive(['count'], ({ count }) => count),
  missingCentres: derive(['missingCentres'], ({ missingCentres }) => [...missingCentres]),
};
