import { sql } from 'drizzle-orm';
import { date, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { SlotResource, Urgency, WaitingStatus } from '../schema-types.ts';
import { appointments } from './appointment.ts';
import { instant, mutable, owned } from './columns.ts';
import { equipment, equipmentReservations } from './equipment.ts';
import { departments, institutions } from './place.ts';
import { referrals } from './referral.ts';

/**
 * Waiting lists 候补 (domain.md 3.5.4, 3.6.4): who waits for a place has department, resource and day, who waits for a time has equipment,
 * item, window, minutes and urgency.
 */
export const waitingListEntries = pgTable(
  'waiting_list_entries',
  {
    ...owned(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    departmentId: text().references(() => departments.id),
    resource: text().$type<SlotResource>(),
    day: date(),
    equipmentId: text().references(() => equipment.id),
    examItem: text(),
    from: instant(),
    to: instant(),
    minutes: integer(),
    urgency: text().$type<Urgency>(),
    bookedByInstitutionId: text().references(() => institutions.id),
    referralNo: integer(),
    /** Contract of the same resident, by its number in public health. */
    contractNo: integer(),
    priority: integer().notNull(),
    requestedAt: instant().notNull(),
    status: text().$type<WaitingStatus>().notNull(),
    appointmentNo: integer(),
    reservationNo: integer(),
    displacedReservationNo: integer(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.referralNo],
      foreignColumns: [referrals.residentId, referrals.no],
      name: 'waiting_list_entries_referral',
    }),
    foreignKey({
      columns: [t.residentId, t.appointmentNo],
      foreignColumns: [appointments.residentId, appointments.no],
      name: 'waiting_list_entries_appointment',
    }),
    foreignKey({
      columns: [t.residentId, t.reservationNo],
      foreignColumns: [equipmentReservations.residentId, equipmentReservations.no],
      name: 'waiting_list_entries_reservation',
    }),
    foreignKey({
      columns: [t.residentId, t.displacedReservationNo],
      foreignColumns: [equipmentReservations.residentId, equipmentReservations.no],
      name: 'waiting_list_entries_displaced',
    }),
    uniqueIndex('waiting_list_entries_once_a_day')
      .on(t.residentId, t.departmentId, t.day)
      .where(sql`${t.status} = 'WAITING'`),
    uniqueIndex('waiting_list_entries_once_an_item')
      .on(t.residentId, t.equipmentId, t.examItem)
      .where(sql`${t.status} = 'WAITING'`),
    // The lists as they are served; the indexes below are for whatever is asked of them.
    index('waiting_list_entries_waiting_department')
      .on(t.departmentId, t.day, t.priority, t.requestedAt)
      .where(sql`${t.status} = 'WAITING'`),
    index('waiting_list_entries_waiting_equipment')
      .on(t.equipmentId, t.priority, t.requestedAt)
      .where(sql`${t.status} = 'WAITING'`),
    index('waiting_list_entries_by_department').on(t.departmentId, t.day, t.priority, t.requestedAt),
    index('waiting_list_entries_by_equipment').on(t.equipmentId, t.priority, t.requestedAt),
    index('waiting_list_entries_by_institution').on(t.institutionId, t.priority, t.requestedAt),
    index('waiting_list_entries_by_day').on(t.day, t.priority, t.requestedAt),
    index('waiting_list_entries_by_status').on(t.status, t.priority, t.requestedAt),
    index('waiting_list_entries_by_request').on(t.requestedAt, t.residentId, t.no),
    index('waiting_list_entries_by_priority').on(t.priority, t.requestedAt, t.residentId, t.no),
  ],
);

export type WaitingListEntryRow = typeof waitingListEntries.$inferSelect;
