import { comparableColumns, createTestDatabase, type Database, indexedColumns, trigramColumns } from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import type { PgTable } from 'drizzle-orm/pg-core';
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
import { waitingListEntries } from './tables/waiting.ts';

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
  WaitingListEntry: waitingListEntries,
};

/** Where the contract's word is not the column's. */
const properties: Readonly<Record<string, string>> = { 'Referral.no': 'formNo' };

const sdl = loadSubgraphSdl('institutions');

/** Rows are always read under the resident. */
const owners = ['resident_id'];

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows the resident in one', async () => {
  const indexed = await indexedColumns(database.sql, owners);
  const wanted = comparableColumns(sdl, tables, { properties });
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every text that can be searched for a part of it has an index of trigrams', async () => {
  const indexed = await trigramColumns(database.sql);
  const searched = comparableColumns(sdl, tables, { filter: 'TextFilter', properties });
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.filter((column) => !indexed.has(column))).toEqual([]);
});
