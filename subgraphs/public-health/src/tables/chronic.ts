import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type {
  ChronicDisease,
  ChronicStatus,
  ControlStatus,
  FollowUpKind,
  FollowUpMode,
  MeasurementKind,
  MeasurementSource,
  MedicationAdherence,
  ReferralReason,
} from '../schema-types.ts';
import { residents } from './resident.ts';

/** A reading, as stored. */
export interface StoredMeasurement {
  readonly kind: MeasurementKind;
  readonly value: string;
  readonly unit: string;
  readonly at: string;
  readonly source: MeasurementSource;
}

/** Chronic disease management 慢病管理. */
export const chronicEnrollments = pgTable(
  'chronic_enrollments',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    disease: text().$type<ChronicDisease>().notNull(),
    diagnosedOn: date(),
    enrolledOn: date().notNull(),
    managedById: text().notNull(),
    status: text().$type<ChronicStatus>().notNull(),
    plan: text(),
    lastControl: text().$type<ControlStatus>().notNull(),
    standardisedThisYear: boolean().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('chronic_enrollments_disease').on(table.disease, table.residentId, table.no),
    index('chronic_enrollments_managed_by_id').on(table.managedById, table.disease),
    index('chronic_enrollments_status').on(table.status, table.residentId, table.no),
    index('chronic_enrollments_last_control').on(table.lastControl, table.residentId, table.no),
    index('chronic_enrollments_enrolled_on').on(table.enrolledOn, table.residentId, table.no),
  ],
);

/** Follow-ups 随访. */
export const followUps = pgTable(
  'follow_ups',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    kind: text().$type<FollowUpKind>().notNull(),
    enrollmentNo: integer(),
    encounterNo: integer(),
    referralNo: integer(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    /** Of a follow-up after discharge: the last day on which it is in time (domain.md 3.4.6). */
    dueBy: date(),
    mode: text().$type<FollowUpMode>().notNull(),
    byId: text().notNull(),
    institutionId: text().notNull(),
    measurements: jsonb().$type<StoredMeasurement[]>().notNull(),
    medicationAdherence: text().$type<MedicationAdherence>(),
    /** VS-39. */
    classification: text(),
    nextDue: date(),
    referralAdvised: boolean().notNull(),
    referralReason: text().$type<ReferralReason>(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.enrollmentNo],
      foreignColumns: [chronicEnrollments.residentId, chronicEnrollments.no],
      name: 'follow_ups_enrollment',
    }),
    index('follow_ups_resident_at').on(table.residentId, table.at, table.no),
    index('follow_ups_enrollment').on(table.residentId, table.enrollmentNo, table.at),
    index('follow_ups_referral').on(table.residentId, table.referralNo),
    index('follow_ups_encounter').on(table.residentId, table.encounterNo),
    index('follow_ups_kind').on(table.kind, table.residentId, table.no),
    index('follow_ups_at').on(table.at, table.residentId, table.no),
    index('follow_ups_by_id').on(table.byId, table.at),
    index('follow_ups_institution_id').on(table.institutionId, table.at),
    index('follow_ups_next_due').on(table.nextDue, table.residentId, table.no),
  ],
);

/** Stays that institutions told of after which the family doctor follows up 待出院随访 (domain.md 2.6, 3.4.6). */
export const dischargeFollowUps = pgTable(
  'discharge_follow_ups',
  {
    /** Not a reference: what is told of a resident may come before the resident does. */
    residentId: text().notNull(),
    /** Number of the stay among the resident's encounters. */
    encounterNo: integer().notNull(),
    institutionId: text().notNull(),
    dischargedOn: date().notNull(),
    dueBy: date().notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.encounterNo] })],
);
export type DischargeFollowUpRow = typeof dischargeFollowUps.$inferSelect;

/** Readings of devices at home 智能终端监测. */
export const deviceMeasurements = pgTable(
  'device_measurements',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    deviceId: text(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    measurement: jsonb().$type<StoredMeasurement>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('device_measurements_at').on(table.residentId, table.at, table.no),
  ],
);

export type ChronicEnrollmentRow = typeof chronicEnrollments.$inferSelect;
export type FollowUpRow = typeof followUps.$inferSelect;
export type DeviceMeasurementRow = typeof deviceMeasurements.$inferSelect;
