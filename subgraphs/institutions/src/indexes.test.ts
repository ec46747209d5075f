import { createTestDatabase, type Database } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import { buildASTSchema, isEnumType, isInputObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './subgraph.ts';
import { alliances } from './tables/alliance.ts';
import { appointments, appointmentSlots } from './tables/appointment.ts';
import {
  capabilityItems,
  diseaseCatalogueItems,
  emergencyNodes,
  sharedCentres,
  specialtyCentres,
} from './tables/capability.ts';
import { drugItems, drugStocks, medicationAdvice, prescriptions, procurementBatches } from './tables/drug.ts';
import { encounters } from './tables/encounter.ts';
import { equipment, equipmentReservations } from './tables/equipment.ts';
import { bedStats, institutions, regions } from './tables/place.ts';
import {
  investmentProjects,
  layoutPlans,
  pairingAgreements,
  resourceAssessments,
  supervisionAlerts,
  systemConnections,
} from './tables/planning.ts';
import { referrals } from './tables/referral.ts';
import {
  careDocuments,
  diagnosticReports,
  recognitionDecisions,
  recognitionItems,
  remoteConsultations,
} from './tables/report.ts';

const tables: Readonly<Record<string, PgTable>> = {
  Alliance: alliances,
  Appointment: appointments,
  AppointmentSlot: appointmentSlots,
  BedStat: bedStats,
  CapabilityItem: capabilityItems,
  CareDocument: careDocuments,
  DiagnosticReport: diagnosticReports,
  DiseaseCatalogueItem: diseaseCatalogueItems,
  DrugItem: drugItems,
  DrugStock: drugStocks,
  EmergencyNode: emergencyNodes,
  Encounter: encounters,
  Equipment: equipment,
  EquipmentReservation: equipmentReservations,
  Institution: institutions,
  InvestmentProject: investmentProjects,
  LayoutPlan: layoutPlans,
  MedicationAdvice: medicationAdvice,
  PairingAgreement: pairingAgreements,
  Prescription: prescriptions,
  ProcurementBatch: procurementBatches,
  RecognitionDecision: recognitionDecisions,
  RecognitionItem: recognitionItems,
  Referral: referrals,
  Region: regions,
  RemoteConsultation: remoteConsultations,
  ResourceAssessment: resourceAssessments,
  SharedCentre: sharedCentres,
  SpecialtyCentre: specialtyCentres,
  SupervisionAlert: supervisionAlerts,
  SystemConnection: systemConnections,
};

/** Where the contract's word is not the column's. */
const columns: Readonly<Record<string, string>> = { 'Referral.no': 'formNo' };

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows the resident in one', async () => {
  const indexed = await indexedColumns();
  const wanted = [...comparableColumns()];
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every text that can be searched for a part of it has an index of trigrams', async () => {
  const rows = await database.sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_opclass o on o.oid = i.indclass[0]
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where o.opcname = 'gin_trgm_ops'`;
  const searched = [...comparableColumns('TextFilter')];
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.filter((column) => !rows.some(({ name }) => name === column))).toEqual([]);
});

/** `table.column` of every field of a filter or order, as the contract names them; of one kind of filter when said. */
function* comparableColumns(filter?: string): Generator<string> {
  const schema = buildASTSchema(parse(loadSubgraphSdl('institutions')), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    const [, name = '', kind] = /^(\w+?)(Filter|OrderField)$/.exec(type.name) ?? [];
    if (kind === undefined || schema.getType(`${name}Connection`) === undefined) continue;
    const table = tables[name];
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = inputs.filter(({ type: of }) => filter === undefined || String(of) === filter).map((of) => of.name);
    const values = isEnumType(type) && filter === undefined ? type.getValues().map((value) => value.name) : [];
    for (const property of [...fields, ...values].filter((field) => !['and', 'or', 'not'].includes(field))) {
      if (table === undefined || !(property in getTableColumns(table))) yield `${name}.${property} has no column`;
      else yield `${getTableName(table)}.${toSnakeCase(columns[`${name}.${property}`] ?? property)}`;
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
