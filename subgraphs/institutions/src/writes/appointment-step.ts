import {
  type Keyed,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  decodeOwnedId,
  expectText,
  expectVersion,
  lockByOwnedId,
  refuse,
} from '@hutong/kit';
import { and, eq, getTableColumns, lte } from 'drizzle-orm';
import { appointmentAfter, type AppointmentEvent } from '../rules/appointment-transition.ts';
import { compareInstants, localDay } from '../rules/instant.ts';
import type { CancelAppointmentInput, CheckInAppointmentInput, CompleteAppointmentInput } from '../schema-types.ts';
import { type AppointmentRow, appointments, type AppointmentSlotRow, appointmentSlots } from '../tables/appointment.ts';
import { appointmentId, freePlace } from './slot-places.ts';
import { lockSlots, moveUpForSlots, type SlotTarget, slotTarget } from './slot-waiting.ts';

/** Appointments whose residents did not come that are marked in one transaction. */
const batchSize = 500;

/** Cancels before the session has ended; the first who waits for its place gets it, or it is free again. */
export async function cancelAppointment(input: CancelAppointmentInput, write: Write): Promise<Written> {
  const target = await targetOf(input.id, write);
  if (target !== undefined) await lockSlots(target, write);
  const { appointment, slot } = await lockAppointment(input, write);
  const { caller, clock } = write;
  const allowed =
    (caller.role === 'RESIDENT' && caller.residentId === appointment.residentId) ||
    (appointment.bookedByInstitutionId !== null && actsFor(caller, appointment.bookedByInstitutionId)) ||
    actsFor(caller, slot.institutionId);
  const faults = createFaults();
  faults.expect(allowed, 'FORBIDDEN', 'id', texts.concerned);
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  expectVersion(appointment, input.version);
  if (compareInstants(clock.instant, slot.end) >= 0) refuse('INVALID_TRANSITION', 'id', texts.over);
  await stepAppointment(appointment, { event: 'CANCEL', reason: input.reason }, write);
  await freePlace(appointment, write);
  await moveUpForSlots(slotTarget(slot), write);
  return { id: input.id };
}

/** Notes that the resident has come, on the day of the visit. */
export async function checkInAppointment(input: CheckInAppointmentInput, write: Write): Promise<Written> {
  const { appointment, slot } = await lockAppointment(input, write);
  if (!actsFor(write.caller, slot.institutionId)) refuse('FORBIDDEN', 'id', texts.visited);
  expectVersion(appointment, input.version);
  if (appointment.status === 'BOOKED' && localDay(slot.start) !== write.clock.day) {
    refuse('VALIDATION_FAILED', 'id', texts.otherDay);
  }
  await stepAppointment(appointment, { event: 'CHECK_IN', changed: { checkedInAt: write.clock.instant } }, write);
  return { id: input.id };
}

/** Notes that the resident was served. */
export async function completeAppointment(input: CompleteAppointmentInput, write: Write): Promise<Written> {
  const { appointment, slot } = await lockAppointment(input, write);
  if (!actsFor(write.caller, slot.institutionId)) refuse('FORBIDDEN', 'id', texts.visited);
  expectVersion(appointment, input.version);
  await stepAppointment(appointment, { event: 'COMPLETE' }, write);
  return { id: input.id };
}

/**
 * Marks the appointments whose session has ended without a check-in. What another process is at is skipped; `notes.missed` tells how
 * many were marked, at most 500.
 */
export async function markNoShows(_: Keyed, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const missed = await write.tx
    .select({ appointment: appointments })
    .from(appointments)
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
    .where(and(eq(appointments.status, 'BOOKED'), lte(appointmentSlots.end, write.clock.instant)))
    .limit(batchSize)
    .for('update', { of: appointments, skipLocked: true });
  for (const { appointment } of missed) await stepAppointment(appointment, { event: 'MISS' }, write);
  const [first] = missed;
  return { id: first === undefined ? '' : appointmentId(first.appointment), notes: { missed: missed.length } };
}

/** Takes an appointment to SERVED, with its check-in when that was not noted: its visit is being recorded. */
export async function serveAppointment(
  { residentId, no }: { readonly residentId: string; readonly no: number },
  write: Write,
): Promise<void> {
  const path = 'outpatient.appointmentId';
  const id = appointmentId({ residentId, no });
  let row: AppointmentRow = await lockByOwnedId(write, { table: appointments, prefix: 'ap' }, id, path);
  const { instant } = write.clock;
  if (row.status !== 'BOOKED' && row.status !== 'CHECKED_IN') refuse('INVALID_TRANSITION', path);
  if (row.status === 'BOOKED')
    row = await stepAppointment(row, { event: 'CHECK_IN', changed: { checkedInAt: instant } }, write);
  await stepAppointment(row, { event: 'COMPLETE' }, write);
}

/** What an appointment has a place of: its slots are locked before it, as those do who give the places of a slot. */
async function targetOf(id: string, { tx }: Write): Promise<SlotTarget | undefined> {
  const key = decodeOwnedId('ap', id);
  if (key === undefined) return undefined;
  const [row] = await tx
    .select({ slot: getTableColumns(appointmentSlots) })
    .from(appointments)
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
    .where(and(eq(appointments.residentId, key.residentId), eq(appointments.no, key.no)));
  return row && slotTarget(row.slot);
}

async function lockAppointment({ id }: { readonly id: string }, write: Write): Promise<Found> {
  const appointment = await lockByOwnedId(write, { table: appointments, prefix: 'ap' }, id, 'id');
  const [slot] = await write.tx.select().from(appointmentSlots).where(eq(appointmentSlots.id, appointment.slotId));
  return slot === undefined ? refuse('NOT_FOUND', 'id') : { appointment, slot };
}

interface Found {
  readonly appointment: AppointmentRow;
  readonly slot: AppointmentSlotRow;
}

interface AppointmentStep {
  readonly event: AppointmentEvent;
  readonly reason?: string | null | undefined;
  readonly changed?: Pick<AppointmentRow, 'checkedInAt'>;
}

/** Takes a step of an appointment: row, history and change log; refuses what the table of states does not know. */
export async function stepAppointment(
  row: AppointmentRow,
  { event, reason, changed }: AppointmentStep,
  write: Write,
): Promise<AppointmentRow> {
  const to = appointmentAfter(row.status, event);
  if (to === null) return refuse('INVALID_TRANSITION', 'id');
  const { residentId, no } = row;
  const next = advanced(row, write);
  await write.tx
    .update(appointments)
    .set({ ...changed, ...next, status: to })
    .where(and(eq(appointments.residentId, residentId), eq(appointments.no, no)));
  const id = appointmentId(row);
  const payload = { status: to, slotId: row.slotId, version: next.version };
  write.change({ type: 'Appointment', id, kind: 'UPDATED', residentId, payload });
  write.step({ type: 'Appointment', id, residentId, from: row.status, to, reason });
  return { ...row, ...changed, ...next, status: to };
}

const texts = {
  concerned: {
    en: 'Only the resident, who booked, or the institution of the slot may cancel.',
    zh: '仅居民本人、预约机构或号源所属机构可取消。',
  },
  over: { en: 'The session has ended.', zh: '该时段已结束。' },
  visited: { en: 'Only people of the institution of the slot may do this.', zh: '仅号源所属机构的人员可办理。' },
  otherDay: { en: 'The visit is on another day.', zh: '就诊日不是今天。' },
};
