import { refuse, type Write } from '@hutong/kit';
import { and, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm';
import { localDay, plusMinutes } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import { policyInForce } from '../rules/release-policy.ts';
import { type BookingRefusal, bookingRefusal } from '../rules/slot-booking.ts';
import { currentChannel, DEFAULT_SLOT_WINDOWS, type SlotBooker, type SlotWindows } from '../rules/slot-release.ts';
import type { AppointmentStatus } from '../schema-types.ts';
import { type AppointmentSlotRow, appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';
import { appointmentId, tellSlot } from './slot-places.ts';
import type { WaitingGrounds } from './waiting-grounds.ts';

/** The appointment of a resident on a day, as far as another one depends on it. */
export interface AppointmentOfDay {
  readonly residentId: string;
  readonly departmentId: string;
  readonly start: string;
  readonly status: AppointmentStatus;
}

/** What decides whether somebody may have a place, besides the slot. */
export interface SlotClaim {
  readonly booker: SlotBooker;
  readonly residentSigned: boolean;
  readonly appointments: readonly AppointmentOfDay[];
}

/** Why a place of a slot may not be had now, null when it may: the same for who books it and for who waited (domain.md 3.5.2, 3.5.3). */
export function slotRefusal(
  slot: AppointmentSlotRow,
  claim: SlotClaim,
  windows: SlotWindows,
  { clock }: Write,
): BookingRefusal | null {
  return bookingRefusal({ ...slot, start: plusMinutes(slot.start, 0) }, { at: clock.instant, ...claim }, windows);
}

/** For whom a place is booked, under which number, by whom, on what grounds. */
export interface Booking {
  readonly residentId: string;
  readonly no: number;
  readonly bookedByInstitutionId: string | null;
  readonly grounds: WaitingGrounds;
}

/** Takes a place of a slot and makes the appointment; gives its id and the slot as it is then. */
export async function placeAppointment(
  slot: AppointmentSlotRow,
  { residentId, no, bookedByInstitutionId, grounds }: Booking,
  windows: SlotWindows,
  write: Write,
): Promise<{ readonly id: string; readonly slot: AppointmentSlotRow }> {
  const { tx, clock } = write;
  const taken = await takePlace(slot, write);
  const channel = currentChannel({ channel: slot.channel, visitDay: localDay(slot.start), at: clock.instant }, windows);
  await tx.insert(appointments).values({
    residentId,
    no,
    slotId: slot.id,
    bookedByInstitutionId,
    referralNo: grounds.referral?.no ?? null,
    contractNo: grounds.contractNo,
    priority: grounds.priority,
    channel,
    status: 'BOOKED',
    bookedAt: clock.instant,
    updatedAt: clock.instant,
  });
  const id = appointmentId({ residentId, no });
  const payload = { status: 'BOOKED', slotId: slot.id, channel, version: 1 };
  write.change({ type: 'Appointment', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'Appointment', id, residentId, from: null, to: 'BOOKED' });
  return { id, slot: taken };
}

/** Takes one place if there is one: the row is judged as it is at this moment, whatever was read before (domain.md 3.5.3). */
async function takePlace({ id }: AppointmentSlotRow, write: Write): Promise<AppointmentSlotRow> {
  const [taken] = await write.tx
    .update(appointmentSlots)
    .set({
      bookedCount: sql`${appointmentSlots.bookedCount} + 1`,
      status: sql`case when ${appointmentSlots.bookedCount} + 1 = ${appointmentSlots.capacity} then 'FULL' else 'OPEN' end`,
      version: sql`${appointmentSlots.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(
      and(
        eq(appointmentSlots.id, id),
        lt(appointmentSlots.bookedCount, appointmentSlots.capacity),
        ne(appointmentSlots.status, 'CLOSED'),
      ),
    )
    .returning();
  if (taken === undefined) return refuse('SLOT_FULL', 'slotId', slotTexts.SLOT_FULL);
  tellSlot(taken, 'OPEN', write);
  return taken;
}

/** The windows of the policy in force on the day of the visit. */
export async function windowsOf(slot: AppointmentSlotRow, { tx }: Write): Promise<SlotWindows> {
  const policies = await tx
    .select()
    .from(slotReleasePolicies)
    .where(eq(slotReleasePolicies.institutionId, slot.institutionId));
  return policyInForce(policies, slot.departmentId, localDay(slot.start)) ?? DEFAULT_SLOT_WINDOWS;
}

/** Appointments of residents on a day. */
export async function appointmentsOfDay(
  residentIds: readonly string[],
  day: string,
  { tx }: Write,
): Promise<AppointmentOfDay[]> {
  return tx
    .select({
      residentId: appointments.residentId,
      departmentId: appointmentSlots.departmentId,
      start: appointmentSlots.start,
      status: appointments.status,
    })
    .from(appointments)
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
    .where(
      and(
        inArray(appointments.residentId, [...residentIds]),
        gte(appointmentSlots.start, dayStart(day)),
        lt(appointmentSlots.start, dayStart(nextDay(day))),
      ),
    );
}

/** Why a place cannot be had, and what may be done instead. */
export const slotTexts = {
  VALIDATION_FAILED: { en: 'The session is cancelled or has begun.', zh: '该时段已停诊或已开始。' },
  SCHEDULE_CONFLICT: {
    en: 'The resident already has an appointment in this department on that day.',
    zh: '该居民当日在此科室已有预约。',
  },
  CHANNEL_CLOSED: undefined,
  SLOT_FULL: {
    en: 'No place is free. Wait for one with waitForSlot, or choose another slot.',
    zh: '号源已满，可申请候补（waitForSlot），或选择其他号源。',
  },
};
