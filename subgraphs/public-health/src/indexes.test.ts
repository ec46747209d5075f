import { comparableColumns, createTestDatabase, type Database, indexedColumns, referringColumns } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import type { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './subgraph.ts';
import { chronicEnrollments, deviceMeasurements, followUps } from './tables/chronic.ts';
import { contractPolicies } from './tables/contract-policy.ts';
import { centralisedSessions, fulfilmentTasks, serviceContracts, teamIncentives } from './tables/contract.ts';
import { evaluations, indicatorTargets, satisfactionResponses, satisfactionSurveys } from './tables/evaluation.ts';
import { fundAllocations } from './tables/fund.ts';
import { notices, programmes } from './tables/governance.ts';
import { complaints, inspections } from './tables/oversight.ts';
import { accessEvents } from './tables/privacy.ts';
import {
  childRecords,
  elderlyAssessments,
  healthEducationActivities,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from './tables/programme-records.ts';
import { familyDoctorQuestions } from './tables/question.ts';
import { residents } from './tables/resident.ts';

const tables: Readonly<Record<string, PgTable>> = {
  AccessEvent: accessEvents,
  CentralisedSession: centralisedSessions,
  ChildRecord: childRecords,
  ChronicEnrollment: chronicEnrollments,
  Complaint: complaints,
  ContractPolicy: contractPolicies,
  DeviceMeasurement: deviceMeasurements,
  ElderlyAssessment: elderlyAssessments,
  Evaluation: evaluations,
  FamilyDoctorQuestion: familyDoctorQuestions,
  FollowUp: followUps,
  FulfilmentTask: fulfilmentTasks,
  FundAllocation: fundAllocations,
  HealthEducationActivity: healthEducationActivities,
  HealthExam: healthExams,
  Immunisation: immunisations,
  IndicatorTarget: indicatorTargets,
  InfectiousReport: infectiousReports,
  Inspection: inspections,
  MaternalRecord: maternalRecords,
  MentalHealthRecord: mentalHealthRecords,
  Notice: notices,
  Programme: programmes,
  Resident: residents,
  SatisfactionResponse: satisfactionResponses,
  SatisfactionSurvey: satisfactionSurveys,
  ServiceContract: serviceContracts,
  TbRecord: tbRecords,
  TeamIncentive: teamIncentives,
};

const sdl = loadSubgraphSdl('public-health');

/** Rows are always read under the resident. */
const owners = ['resident_id'];

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows its owner in one', async () => {
  const indexed = await indexedColumns(database.sql, owners);
  const wanted = comparableColumns(sdl, tables);
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every column that names a row of this database is a foreign key, but in the evidence of accesses, the logs, and what others tell', async () => {
  const owned = ['resident_id', 'contract_no', 'task_no', 'enrollment_no', 'make_up_of_no', 'renewed_from_no'];
  const others = [
    'session_id',
    'package_code',
    'survey_id',
    'basis_evaluation_id',
    'evaluation_id',
    'allocation_id',
    'programme_id',
  ];
  const columns = await referringColumns(database.sql, [...owned, ...others]);
  expect(columns.length).toBeGreaterThan(25);
  expect(columns.filter(({ isKey }) => !isKey).map(({ name }) => name)).toEqual([
    'access_events.resident_id',
    'changes.resident_id',
    'discharge_follow_ups.resident_id',
    'status_history.resident_id',
  ]);
});
