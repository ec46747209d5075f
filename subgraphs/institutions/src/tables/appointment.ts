import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { AppointmentStatus, SlotChannel, SlotResource, SlotStatus } from '../schema-types.ts';
import { instant, money, mutable, owned, share } from './columns.ts';
import { departments, institutions } from './place.ts';
import { referrals } from './referral.ts';

/** Policies of slot release to primary care 号源下沉政策. */
export const slotReleasePolicies = pgTable(
  'slot_release_policies',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    departmentId: text().references(() => departments.id),
    effectiveFrom: date().notNull(),
    ratio: share().notNull(),
    leadShare: share().notNull(),
    leadWindowDays: integer().notNull(),
    allianceWindowDays: integer().notNull(),
    publicReleaseAt: text().notNull(),
    yearlyStep: share().notNull(),
    maxRatio: share().notNull(),
    ...mutable(),
  },
  // No department is a department of its own: one policy of the whole institution from a day on.
  (t) => [unique('slot_release_policies_once').on(t.institutionId, t.departmentId, t.effectiveFrom).nullsNotDistinct()],
);

/** Appointment slots 号源. */
export const appointmentSlots = pgTable(
  'appointment_slots',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    departmentId: text()
      .notNull()
      .references(() => departments.id),
    practitionerId: text(),
    resource: text().$type<SlotResource>().notNull(),
    start: instant().notNull(),
    end: instant().notNull(),
    capacity: integer().notNull(),
    channel: text().$type<SlotChannel>().notNull(),
    bookedCount: integer().notNull(),
    price: money(),
    status: text().$type<SlotStatus>().notNull(),
    ...mutable(),
  },
  (t) => [
    index('appointment_slots_by_start').on(t.start, t.id),
    index('appointment_slots_by_institution').on(t.institutionId, t.start),
    index('appointment_slots_by_department').on(t.departmentId, t.start),
    index('appointment_slots_by_practitioner').on(t.practitionerId, t.start),
    index('appointment_slots_by_resource').on(t.resource, t.start),
    index('appointment_slots_by_channel').on(t.channel, t.start),
    index('appointment_slots_by_status').on(t.status, t.start),
    check('appointment_slots_places', sql`${t.bookedCount} between 0 and ${t.capacity}`),
  ],
);

/** Appointments of residents 预约. */
export const appointments = pgTable(
  'appointments',
  {
    ...owned(),
    slotId: text()
      .notNull()
      .references(() => appointmentSlots.id),
    bookedByInstitutionId: text().references(() => institutions.id),
    referralNo: integer(),
    /** Contract of the same resident, by its number in public health. */
    contractNo: integer(),
    priority: integer().notNull(),
    channel: text().$type<SlotChannel>().notNull(),
    status: text().$type<AppointmentStatus>().notNull(),
    bookedAt: instant().notNull(),
    checkedInAt: instant(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.referralNo],
      foreignColumns: [referrals.residentId, referrals.no],
      name: 'appointments_referral',
    }),
    index('appointments_by_slot').on(t.slotId),
    index('appointments_by_booking').on(t.bookedAt, t.residentId, t.no),
    index('appointments_by_status').on(t.status, t.bookedAt),
    index('appointments_by_channel').on(t.channel, t.bookedAt),
  ],
);

export type SlotReleasePolicyRow = typeof slotReleasePolicies.$inferSelect;
export type AppointmentSlotRow = typeof appointmentSlots.$inferSelect;
export type AppointmentRow = typeof appointments.$inferSelect;
