import { createTestDatabase, type Database } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import { buildASTSchema, isEnumType, isInputObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './subgraph.ts';
import { chronicEnrollments, deviceMeasurements, followUps } from './tables/chronic.ts';
import { centralisedSessions, fulfilmentTasks, serviceContracts, teamIncentives } from './tables/contract.ts';
import {
  complaints,
  evaluations,
  fundAllocations,
  indicatorTargets,
  inspections,
  satisfactionResponses,
  satisfactionSurveys,
} from './tables/evaluation.ts';
import { notices, programmes } from './tables/governance.ts';
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
import { residents } from './tables/resident.ts';

const tables: Readonly<Record<string, PgTable>> = {
  AccessEvent: accessEvents,
  CentralisedSession: centralisedSessions,
  ChildRecord: childRecords,
  ChronicEnrollment: chronicEnrollments,
  Complaint: complaints,
  DeviceMeasurement: deviceMeasurements,
  ElderlyAssessment: elderlyAssessments,
  Evaluation: evaluations,
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

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows its owner in one', async () => {
  const indexed = await indexedColumns();
  const wanted = [...comparableColumns()];
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every column that names a row of this database is a foreign key, but in the evidence of accesses and the change log', async () => {
  const owned = ['resident_id', 'contract_no', 'task_no', 'enrollment_no', 'make_up_of_no', 'renewed_from_no'];
  const others = ['session_id', 'package_code', 'survey_id', 'basis_evaluation_id', 'allocation_id', 'programme_id'];
  const columns = await database.sql<{ name: string; isKey: boolean }[]>`
    select c.relname || '.' || a.attname as name, exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)) as "isKey"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = any(${[...owned, ...others]})
    order by 1`;
  expect(columns.length).toBeGreaterThan(25);
  expect(columns.filter(({ isKey }) => !isKey).map(({ name }) => name)).toEqual([
    'access_events.resident_id',
    'changes.resident_id',
  ]);
});

/** `table.column` of every field of a filter or order, as the contract names them. */
function* comparableColumns(): Generator<string> {
  const schema = buildASTSchema(parse(loadSubgraphSdl('public-health')), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    const [, name = '', kind] = /^(\w+?)(Filter|OrderField)$/.exec(type.name) ?? [];
    if (kind === undefined || schema.getType(`${name}Connection`) === undefined) continue;
    const table = tables[name];
    const fields = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
    for (const property of [...fields, ...values].filter((field) => !['and', 'or', 'not'].includes(field))) {
      if (table === undefined || !(property in getTableColumns(table))) yield `${name}.${property} has no column`;
      else yield `${getTableName(table)}.${toSnakeCase(property)}`;
    }
  }
}

/** `table.column` of what leads an index, or stands second behind resident_id. */
async function indexedColumns(): Promise<ReadonlySet<string>> {
  const rows = await database.sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute f on f.attrelid = i.indrelid and f.attnum = i.indkey[0]
    join pg_attribute a on a.attrelid = i.indrelid
      and (a.attnum = i.indkey[0] or (f.attname = 'resident_id' and i.indnatts > 1 and a.attnum = i.indkey[1]))`;
  return new Set(rows.map(({ name }) => name));
}
