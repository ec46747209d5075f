import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  AcquisitionMode,
  EquipmentClass,
  EquipmentStatus,
  MaintenanceKind,
  ReservationStatus,
  SharingMode,
  Urgency,
} from '../schema-types.ts';
import { instant, money, mutable, owned, share } from './columns.ts';
import { institutions } from './place.ts';
import { referrals } from './referral.ts';
import { diagnosticReports } from './report.ts';

/** Hours of operation on one day of the week 开放时间. */
export interface OpenHoursValue {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

/** Maintenance of equipment 维护记录. */
export interface MaintenanceValue {
  readonly kind: MaintenanceKind;
  readonly from: string;
  readonly to: string | null;
  readonly note: string | null;
}

/** Equipment 设备. */
export const equipment = pgTable(
  'equipment',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    name: text().notNull(),
    class: text().$type<EquipmentClass>().notNull(),
    large: boolean().notNull(),
    licenceNo: text(),
    model: text(),
    serialNo: text(),
    acquisition: text().$type<AcquisitionMode>().notNull(),
    leaseTerms: text(),
    purchasePrice: money(),
    inServiceOn: date(),
    status: text().$type<EquipmentStatus>().notNull(),
    shared: boolean().notNull(),
    sharingMode: text().$type<SharingMode>(),
    sharedWithIds: text().array().notNull(),
    sharedQuota: share(),
    slotMinutes: integer().notNull(),
    bufferMinutes: integer().notNull(),
    openHours: jsonb().$type<OpenHoursValue[]>().notNull(),
    operatorCount: integer().notNull(),
    maintenance: jsonb().$type<MaintenanceValue[]>().notNull(),
    ...mutable(),
  },
  (t) => [
    index('equipment_by_institution').on(t.institutionId, t.id),
    index('equipment_by_class').on(t.class, t.id),
    index('equipment_by_large').on(t.large, t.id),
    index('equipment_by_status').on(t.status, t.id),
    index('equipment_by_shared').on(t.shared, t.id),
    index('equipment_by_in_service_on').on(t.inServiceOn, t.id),
  ],
);

/** Reservations of equipment 设备预约; that those of one unit do not overlap is a constraint of its own migration (domain.md 3.6). */
export const equipmentReservations = pgTable(
  'equipment_reservations',
  {
    ...owned(),
    equipmentId: text()
      .notNull()
      .references(() => equipment.id),
    requesterId: text()
      .notNull()
      .references(() => institutions.id),
    examItem: text().notNull(),
    start: instant().notNull(),
    end: instant().notNull(),
    blockedUntil: instant().notNull(),
    priority: integer().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    status: text().$type<ReservationStatus>().notNull(),
    /** When it was made: a hold lapses fifteen minutes later. */
    heldAt: instant().notNull(),
    referralNo: integer(),
    reportNo: integer(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.referralNo],
      foreignColumns: [referrals.residentId, referrals.no],
      name: 'equipment_reservations_referral',
    }),
    foreignKey({
      columns: [t.residentId, t.reportNo],
      foreignColumns: [diagnosticReports.residentId, diagnosticReports.no],
      name: 'equipment_reservations_report',
    }),
    index('equipment_reservations_by_equipment').on(t.equipmentId, t.start),
    index('equipment_reservations_by_requester').on(t.requesterId, t.start),
    index('equipment_reservations_by_start').on(t.start, t.residentId, t.no),
    index('equipment_reservations_by_status').on(t.status, t.start),
  ],
);

export type EquipmentRow = typeof equipment.$inferSelect;
export type EquipmentReservationRow = typeof equipmentReservations.$inferSelect;
