import {
  BadInput,
  byReference,
  coded,
  columns,
  compositeKey,
  derive,
  encodeOwnedId,
  ownedId,
  ownedReference,
  ownedStub,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { fulfilmentRate, percent } from '../rules/fulfilment-plan.ts';
import { lastTwelveMonths } from '../rules/period-range.ts';
import type {
  CentralisedSessionResolvers,
  ContractDashboard,
  ContractEventResolvers,
  FulfilmentEventResolvers,
  FulfilmentGapResolvers,
  FulfilmentPlanResolvers,
  FulfilmentTaskResolvers,
  QueryResolvers,
  ServiceContractResolvers,
  ServicePackageResolvers,
  SubjectType,
  TeamIncentiveResolvers,
} from '../schema-types.ts';
import {
  centralisedSessions,
  contractEvents,
  fulfilmentEvents,
  fulfilmentTasks,
  serviceContracts,
  servicePackages,
  teamIncentives,
} from '../tables/contract.ts';
import type { FulfilmentPlanValue } from './values.ts';
import type { GraphQLResolveInfo } from 'graphql';

type Queries = Pick<
  QueryResolvers,
  | 'servicePackages'
  | 'servicePackage'
  | 'contract'
  | 'contracts'
  | 'contractDashboard'
  | 'fulfilmentPlan'
  | 'fulfilmentTasks'
  | 'fulfilmentGaps'
  | 'centralisedSessions'
  | 'teamIncentives'
>;

export const ServicePackage: ServicePackageResolvers = {
  __resolveReference: byReference({ code: (load) => load.servicePackage }),
  ...columns(servicePackages),
};

export const ServiceContract: ServiceContractResolvers = {
  __resolveReference: byReference({ id: (load) => load.contract }),
  ...columns(serviceContracts),
  id: ownedId('ct'),
  resident: reference('residentId', (load) => load.resident),
  household: reference('householdId', (load) => load.household),
  familyDoctor: stub('Practitioner', 'familyDoctorId'),
  team: stub('FamilyDoctorTeam', 'teamId'),
  baseInstitution: stub('Institution', 'baseInstitutionId'),
  guidanceGroup: stub('TechnicalGuidanceGroup', 'guidanceGroupId'),
  villageClinic: stub('Institution', 'villageClinicId'),
  packages: derive(['packageCodes'], ({ packageCodes }, _args, { load }: Context, info) =>
    Promise.all(packageCodes.map((code) => load.servicePackage.load(code, info))),
  ),
  renewedFrom: ownedReference('ct', 'renewedFromNo', (load) => load.contract),
  tasks: derive(['residentId', 'no'], ({ residentId, no }, _args, { load }: Context, info) =>
    load.tasksOfContract.load(encodeOwnedId('ct', residentId, no), info),
  ),
  events: derive(['residentId', 'no'], ({ residentId, no }, _args, { load }: Context, info) =>
    load.eventsOfContract.load(encodeOwnedId('ct', residentId, no), info),
  ),
};

export const ContractEvent: ContractEventResolvers = {
  ...columns(contractEvents),
  by: stub('Practitioner', 'byId'),
};

export const FulfilmentPlan: FulfilmentPlanResolvers = {
  __resolveReference: async (plan, { load }, info) => loadPlan(plan.contract.id, plan.year, load, info),
  contract: derive(['contractId'], ({ contractId }, _args, { load }: Context, info) =>
    load.contract.load(contractId, info),
  ),
  year: derive(['year'], ({ year }) => year),
  tasks: derive(['contractId'], ({ contractId }, _args, { load }: Context, info) =>
    load.tasksOfContract.load(contractId, info),
  ),
  fulfilmentRate: derive(['contractId'], async ({ contractId }, _args, { load, clock }: Context, info) => {
    const tasks = await load.planProgress.load(compositeKey(contractId, clock.day), info);
    return fulfilmentRate(tasks ?? []);
  }),
};

export const FulfilmentTask: FulfilmentTaskResolvers = {
  __resolveReference: byReference({ id: (load) => load.task }),
  ...columns(fulfilmentTasks),
  id: ownedId('ft'),
  resident: reference('residentId', (load) => load.resident),
  contract: ownedReference('ct', 'contractNo', (load) => load.contract),
  package: reference('packageCode', (load) => load.servicePackage, 'code'),
  item: derive(['packageCode', 'itemCode'], async ({ packageCode, itemCode }, _args, { load }: Context, info) =>
    load.packageItem.load(compositeKey(packageCode, itemCode), info),
  ),
  session: reference('sessionId', (load) => load.session),
  makeUpOf: ownedReference('ft', 'makeUpOfNo', (load) => load.task),
  team: stub('FamilyDoctorTeam', 'teamId'),
  institution: stub('Institution', 'institutionId'),
  history: ownedList('ft', (load) => load.history('FulfilmentTask')),
  events: derive(['residentId', 'no'], ({ residentId, no }, _args, { load }: Context, info) =>
    load.eventsOfTask.load(encodeOwnedId('ft', residentId, no), info),
  ),
};

export const FulfilmentGap: FulfilmentGapResolvers = {
  package: reference('packageCode', (load) => load.servicePackage, 'code'),
  item: derive(['packageCode', 'itemCode'], async ({ packageCode, itemCode }, _args, { load }: Context, info) =>
    load.packageItem.load(compositeKey(packageCode, itemCode), info),
  ),
  due: derive(['due'], ({ due }) => due),
  missing: derive(['missing'], ({ missing }) => missing),
  residents: derive(['residents'], ({ residents }) => residents),
};

export const FulfilmentEvent: FulfilmentEventResolvers = {
  __resolveReference: byReference({ id: (load) => load.fulfilmentEvent }),
  ...columns(fulfilmentEvents),
  id: ownedId('fe'),
  resident: reference('residentId', (load) => load.resident),
  task: ownedReference('ft', 'taskNo', (load) => load.task),
  by: stub('Practitioner', 'byId'),
  encounter: ownedStub('Encounter', 'en', 'encounterNo'),
};

export const CentralisedSession: CentralisedSessionResolvers = {
  __resolveReference: byReference({ id: (load) => load.session }),
  ...columns(centralisedSessions),
  institution: stub('Institution', 'institutionId'),
  region: stub('Region', 'regionCode', 'code'),
  residentType: coded('RESIDENT-TYPE', 'residentType'),
};

export const TeamIncentive: TeamIncentiveResolvers = {
  __resolveReference: async ({ team, period }, { load }, info) =>
    load.teamIncentive.load(compositeKey(team.id, period), info, 'TeamIncentive'),
  ...columns(teamIncentives),
  team: stub('FamilyDoctorTeam', 'teamId'),
};

export const contractQueries: Queries = {
  servicePackages: (_, { kind }, { load }, info) =>
    load.servicePackages.load(typeof kind === 'string' ? { kind: { eq: kind } } : null, info),
  servicePackage: (_, { code }, { load }, info) => load.servicePackage.load(code, info),
  contract: (_, { id }, { load }, info) => load.contract.load(id, info),
  contracts: (_, page, { load }, info) => load.contracts.load(page, info),
  contractDashboard: (_, { subjectType, subjectId, at }, context, info) =>
    loadDashboard(subjectType, subjectId, at, context, info),
  fulfilmentPlan: (_, { contractId, year }, { load }, info) => loadPlan(contractId, year ?? null, load, info),
  fulfilmentTasks: (_, page, { load }, info) => load.tasks.load(page, info),
  fulfilmentGaps: (_, { subjectId }, { load, clock }) => {
    const { from, to } = lastTwelveMonths(clock.day);
    return load.fulfilmentGaps({ subject: gapSubject(subjectId), from, to });
  },
  centralisedSessions: (_, page, { load }, info) => load.sessions.load(page, info),
  teamIncentives: (_, page, { load }, info) => load.teamIncentives.load(page, info),
};

/** The dashboard of a subject on a day, by default the business day. */
export async function loadDashboard(
  subjectType: SubjectType,
  subjectId: string,
  at: string | null | undefined,
  { load, clock }: Context,
  info: GraphQLResolveInfo,
): Promise<ContractDashboard | null> {
  const day = at ?? clock.day;
  const figures = await load.contractDashboard.load({ subjectType, subjectId, day }, info);
  if (figures === null) return null;
  return {
    subjectType,
    subjectId,
    at: day,
    ...figures,
    packages: [...figures.packages],
    contractRate: rateOf(figures.contracts, figures.residentPopulation),
    focusContractRate: rateOf(figures.focusContracts, figures.focusResidents),
    fulfilmentRate: rateOf(figures.tasksDone, figures.tasksDue),
  };
}

/** A share in percent; null, never 0, without a denominator (domain.md 3.0.3). */
export function rateOf(numerator: number, denominator: number): string | null {
  return denominator === 0 ? null : percent(numerator, denominator);
}

/** The plan of a contract; null when there is no such contract or it began in another year. */
export async function loadPlan(
  contractId: string,
  year: number | null,
  load: Context['load'],
  info: GraphQLResolveInfo,
): Promise<FulfilmentPlanValue | null> {
  const begin = await load.contractYear.load(contractId, info);
  if (begin === null || (year !== null && year !== begin)) return null;
  return { contractId, year: begin };
}

const gapSubjects = { tm: 'TEAM', in: 'INSTITUTION', al: 'ALLIANCE' } as const;

/** What kind of thing an id is of, by its prefix; divisions have plain codes. */
function gapSubject(id: string) {
  if (/^\d{2,12}$/.test(id)) return { kind: 'REGION', code: id } as const;
  const kind = Object.entries(gapSubjects).find(([prefix]) => id.startsWith(`${prefix}_`))?.[1];
  if (kind === undefined) {
    throw new BadInput(`${id} is no team, institution, alliance or division`, `${id} 不是团队、机构、医共体或区划`);
  }
  return { kind, id };
}
