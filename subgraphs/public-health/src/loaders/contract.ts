import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Read, RequestClock } from '@hutong/kit';
import {
  centralisedSessions,
  contractEvents,
  fulfilmentEvents,
  fulfilmentTasks,
  serviceContracts,
  servicePackages,
  teamIncentives,
} from '../tables/contract.ts';
import { contractPolicies } from '../tables/contract-policy.ts';
import type { TeamDays } from '../tables/team-events.ts';
import { dashboardKey, loadContractDashboards } from './contract-dashboard.ts';
import { contractStateKey, loadContractStates } from './contract-state.ts';
import { loadContractYears, loadPackageItems, loadPlanProgress } from './fulfilment-plan.ts';
import { type GapAsk, loadFulfilmentGaps } from './fulfilment-gaps.ts';
import { loadTeamProgress, progressKey } from './fulfilment-progress.ts';
import { loadEventIds } from './fulfilment-sample.ts';
import { keyedBy } from './key-columns.ts';

const owned = ['residentId', 'no'] as const;

/** Reads of packages, contracts and their fulfilment. */
export const contractLoaders = (read: Read, clock: RequestClock) => {
  const inForce = and(
    eq(serviceContracts.status, 'ACTIVE'),
    lte(serviceContracts.validFrom, sql.param(clock.day)),
    gte(serviceContracts.validTo, sql.param(clock.day)),
  );
  return {
    servicePackage: read.byKey(servicePackages, 'code'),
    servicePackages: read.all(servicePackages, { orderBy: ['code'] }),
    packageItem: read.batch(loadPackageItems),
    contractPolicy: read.byKey(contractPolicies, 'id'),
    contractPolicies: read.page(contractPolicies, 'id'),
    contract: read.byOwnedId(serviceContracts, 'ct'),
    contracts: read.page(serviceContracts, owned),
    contractsOfResident: read.pageBy(serviceContracts, 'residentId', owned),
    contractsOfInstitution: read.pageBy(serviceContracts, 'baseInstitutionId', owned),
    contractsOfTeam: read.pageBy(serviceContracts, 'teamId', owned),
    contractYear: read.batch(loadContractYears),
    contractState: keyedBy(read.batch(loadContractStates), contractStateKey),
    contractDashboard: keyedBy(read.batch(loadContractDashboards), dashboardKey),
    signedByPractitioner: read.countBy(serviceContracts, 'familyDoctorId', { ...(inForce && { where: inForce }) }),
    signedByTeam: read.countBy(serviceContracts, 'teamId', { ...(inForce && { where: inForce }) }),
    eventsOfContract: read.listByOwned(contractEvents, 'ct', 'contractNo', { orderBy: ['at', 'no'] }),
    task: read.byOwnedId(fulfilmentTasks, 'ft'),
    tasks: read.page(fulfilmentTasks, owned),
    tasksOfContract: read.listByOwned(fulfilmentTasks, 'ct', 'contractNo', { orderBy: ['dueTo', 'no'] }),
    teamProgress: keyedBy(read.batch(loadTeamProgress), progressKey),
    eventIdsOfTeam: (days: TeamDays) => loadEventIds(read.query, days),
    fulfilmentGaps: (ask: GapAsk) => loadFulfilmentGaps(read.query, ask),
    planProgress: read.batch(loadPlanProgress),
    fulfilmentEvent: read.byOwnedId(fulfilmentEvents, 'fe'),
    eventsOfTask: read.listByOwned(fulfilmentEvents, 'ft', 'taskNo', { orderBy: ['at', 'no'] }),
    eventsOfEncounter: read.listByOwned(fulfilmentEvents, 'en', 'encounterNo', { orderBy: ['at', 'no'] }),
    session: read.byKey(centralisedSessions, 'id'),
    sessions: read.page(centralisedSessions, 'id'),
    teamIncentive: read.byKeys(teamIncentives, ['teamId', 'period']),
    teamIncentives: read.page(teamIncentives, ['teamId', 'period']),
  };
};
