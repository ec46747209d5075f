import { createTableBatch, type KeyRing, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type { Place, Region, ResidentFact, ResidentHistory } from '@hutong/synthetic';
import { inSessionOrder, type SessionPlace } from '../rules/centralised-sessions.ts';
import { addDays } from '../rules/contract-term.ts';
import { chronicEnrollments, deviceMeasurements, dischargeFollowUps, followUps } from '../tables/chronic.ts';
import {
  centralisedSessions,
  contractEvents,
  fulfilmentEvents,
  fulfilmentTasks,
  serviceContracts,
} from '../tables/contract.ts';
import { satisfactionResponses, satisfactionSurveys } from '../tables/evaluation.ts';
import { notices } from '../tables/governance.ts';
import { households } from '../tables/household.ts';
import { accessEvents, consents } from '../tables/privacy.ts';
import {
  childRecords,
  elderlyAssessments,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from '../tables/programme-records.ts';
import { healthRecords } from '../tables/record.ts';
import { residents } from '../tables/resident.ts';
import { createAccessLog, type AccessLog } from './access-rows.ts';
import { chronicRows, deviceRows } from './chronic-rows.ts';
import { oneOf } from './constants.ts';
import { contractEventRows, contractRows } from './contract-rows.ts';
import {
  childRow,
  elderlyRows,
  examRows,
  immunisationRows,
  infectiousRows,
  maternalRows,
  mentalRow,
  tbRow,
} from './programme-rows.ts';
import { healthRecordRow, householdRow, residentRow } from './resident-rows.ts';
import { createSatisfactionCollector, type SatisfactionCollector } from './satisfaction-rows.ts';
import { createSessionPlanner } from './session-planner.ts';
import { taskRows, type TaskSetting } from './task-rows.ts';

const tables = {
  residents,
  households,
  healthRecords,
  serviceContracts,
  contractEvents,
  fulfilmentTasks,
  fulfilmentEvents,
  centralisedSessions,
  chronicEnrollments,
  followUps,
  dischargeFollowUps,
  deviceMeasurements,
  healthExams,
  maternalRecords,
  childRecords,
  elderlyAssessments,
  immunisations,
  mentalHealthRecords,
  tbRecords,
  infectiousReports,
  satisfactionSurveys,
  satisfactionResponses,
  notices,
  consents,
  accessEvents,
};

/** Everything that belongs to residents, streamed place by place: memory does not grow with their number. */
export async function* seedResidents(sql: SqlSession, region: Region, keys: KeyRing): AsyncGenerator<TableProgress> {
  const batch = createTableBatch(sql, tables, keys);
  const access = createAccessLog(new Set(Object.values(region.fixtures)));
  const packages = new Map(region.catalogues.servicePackages.map((fact) => [fact.code, fact]));
  for (const place of region.places) {
    const sessions = createSessionPlanner(region.centralisedSessions(place.key));
    const satisfaction = createSatisfactionCollector(keys);
    const setting = { packages, sessions, asOf: region.asOf };
    yield* seedPlace(batch, { region, place, keys, setting, satisfaction, access });
    batch.add(centralisedSessions, ...sessions.rows());
    batch.add(satisfactionSurveys, ...satisfaction.surveys());
    yield* batch.flush();
  }
}

interface PlaceSetting {
  readonly region: Region;
  readonly place: Place;
  readonly keys: KeyRing;
  readonly setting: TaskSetting;
  readonly satisfaction: SatisfactionCollector;
  readonly access: AccessLog;
}

async function* seedPlace(batch: TableBatch, place: PlaceSetting): AsyncGenerator<TableProgress> {
  const { region } = place;
  for (const resident of inOrderOfSessions(region.residents(place.place.key))) {
    if (resident.relationToHead === HEAD) batch.add(households, householdRow(resident, region.asOf));
    addResident(batch, resident, region.history(resident), place);
    yield* batch.flushWhenLarge();
  }
}

/** VS-59: the head of a household; every household has one. */
const HEAD = '0';
/** So many residents are held to put them into order: memory does not grow with their number. */
const HELD = 1000;

/** Residents in the order in which they fill centralised sessions (domain.md 3.8.5), a thousand at a time. */
function* inOrderOfSessions(all: Iterable<ResidentFact>): Generator<ResidentFact> {
  let held: ResidentFact[] = [];
  for (const resident of all) {
    held.push(resident);
    if (held.length < HELD) continue;
    yield* ordered(held);
    held = [];
  }
  yield* ordered(held);
}

function ordered(facts: readonly ResidentFact[]): ResidentFact[] {
  return facts.toSorted((a, b) => inSessionOrder(placeOf(a), placeOf(b)));
}

function placeOf({ id, townshipHospitalId, residentType, currentRegionCode }: ResidentFact): SessionPlace {
  return { residentId: id, townshipHospitalId, residentType, village: currentRegionCode };
}

function addResident(
  batch: TableBatch,
  resident: ResidentFact,
  history: ResidentHistory,
  { region: { asOf }, keys, setting, satisfaction, access }: PlaceSetting,
): void {
  const { tasks, events } = taskRows(resident, history, setting);
  const chronic = chronicRows(resident, history, asOf);
  batch.add(residents, residentRow(resident, asOf, keys));
  batch.add(healthRecords, ...present(healthRecordRow(resident, history, asOf)));
  batch.add(serviceContracts, ...contractRows(resident, history, asOf));
  batch.add(contractEvents, ...contractEventRows(resident, history));
  batch.add(fulfilmentTasks, ...tasks);
  batch.add(fulfilmentEvents, ...events);
  batch.add(chronicEnrollments, ...chronic.enrollments);
  batch.add(followUps, ...chronic.followUps);
  batch.add(dischargeFollowUps, ...chronic.dischargeFollowUps);
  batch.add(deviceMeasurements, ...deviceRows(resident, history));
  batch.add(notices, ...noticeRows(chronic.followUps, asOf));
  addProgrammeRecords(batch, resident, history, asOf);
  batch.add(satisfactionResponses, ...satisfaction.responses(resident, history));
  batch.add(consents, ...consentRows(resident, history));
  batch.add(accessEvents, ...access.events(resident, history, chronic.followUps));
}

function addProgrammeRecords(batch: TableBatch, resident: ResidentFact, history: ResidentHistory, asOf: string): void {
  batch.add(healthExams, ...examRows(resident, history));
  batch.add(maternalRecords, ...maternalRows(resident, history, asOf));
  batch.add(childRecords, ...present(childRow(resident, history, asOf)));
  batch.add(elderlyAssessments, ...elderlyRows(resident, history));
  batch.add(immunisations, ...immunisationRows(resident, history, asOf));
  batch.add(mentalHealthRecords, ...present(mentalRow(resident, history, asOf)));
  batch.add(tbRecords, ...present(tbRow(resident, history, asOf)));
  batch.add(infectiousReports, ...infectiousRows(resident, history));
}

const purposes = [
  'TREATMENT',
  'CONTRACT_SERVICE',
  'PUBLIC_HEALTH',
  'PAYMENT',
  'SUPERVISION',
  'STATISTICS',
  'EMERGENCY',
  'RESEARCH',
  'SELF',
  'OPERATIONS',
] as const;

function consentRows({ id }: ResidentFact, { consents: facts }: ResidentHistory): (typeof consents.$inferInsert)[] {
  return facts.map(({ no, purpose, recipient, dataClasses, from, to, withdrawnAt, method }) => ({
    residentId: id,
    no,
    purpose: oneOf(purposes, purpose),
    recipient,
    dataClasses: [...dataClasses],
    from,
    to,
    withdrawnAt,
    method,
  }));
}

/** Days before a follow-up is due on which the resident is reminded. */
const reminderDays = 14;

/** Reminders of the follow-ups due in the fortnight after the end of the data. */
function noticeRows(rows: readonly (typeof followUps.$inferInsert)[], asOf: string): (typeof notices.$inferInsert)[] {
  const today = asOf.slice(0, 10);
  const due = rows.flatMap(({ residentId, nextDue }) =>
    typeof nextDue === 'string' && nextDue > today && nextDue <= addDays(today, reminderDays)
      ? [{ residentId, nextDue }]
      : [],
  );
  return due.map(({ residentId, nextDue }, index) => ({
    residentId,
    no: index + 1,
    kind: 'FOLLOW_UP_DUE',
    text: `请于${nextDue}前到签约机构随访。`,
    sentAt: `${today}T09:00:00+08:00`,
  }));
}

function present<T>(row: T | undefined): T[] {
  return row === undefined ? [] : [row];
}
