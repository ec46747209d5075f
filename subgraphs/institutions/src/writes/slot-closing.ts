import {
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectText,
  expectVersion,
  lockById,
  refuse,
} from '@hutong/kit';
import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import { compareInstants } from '../rules/instant.ts';
import type { CloseSlotInput } from '../schema-types.ts';
import { appointments, type AppointmentSlotRow, appointmentSlots } from '../tables/appointment.ts';
import { stepAppointment } from './appointment-step.ts';
import { tellSlot } from './slot-places.ts';

/** Closes a slot that has not ended; who has not come yet loses the booking, who has is still served. */
export async function closeSlot(input: CloseSlotInput, write: Write): Promise<Written> {
  const { caller, clock } = write;
  const slot = await lockById(write, appointmentSlots, input.id, 'id');
  const faults = createFaults();
  faults.expect(actsFor(caller, slot.institutionId), 'FORBIDDEN', 'id', texts.ownSlot);
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  expectVersion(slot, input.version);
  const over = slot.status === 'CLOSED' || compareInstants(clock.instant, slot.end) >= 0;
  if (over) refuse('INVALID_TRANSITION', 'id', texts.over);

  await shut(slot, input.reason, write);
  return { id: slot.id };
}

/** Closes what has not ended of an institution's slots: it closes, too. */
export async function closeSlotsOf(institutionId: string, reason: string, write: Write): Promise<void> {
  const slots = await write.tx
    .select()
    .from(appointmentSlots)
    .where(
      and(
        eq(appointmentSlots.institutionId, institutionId),
        ne(appointmentSlots.status, 'CLOSED'),
        gt(appointmentSlots.end, write.clock.instant),
      ),
    )
    .orderBy(appointmentSlots.id)
    .for('update');
  const [empty, taken] = [slots.filter((slot) => slot.bookedCount === 0), slots.filter((slot) => slot.bookedCount > 0)];
  for (const slot of taken) await shut(slot, reason, write);
  if (empty.length === 0) return;
  const ids = empty.map(({ id }) => id);
  const closed = await write.tx
    .update(appointmentSlots)
    .set({ status: 'CLOSED', version: sql`${appointmentSlots.version} + 1`, updatedAt: write.clock.instant })
    .where(inArray(appointmentSlots.id, ids))
    .returning();
  const before = new Map(empty.map(({ id, status }) => [id, status]));
  for (const slot of closed) tellSlot(slot, before.get(slot.id) ?? slot.status, write, reason);
}

async function shut(slot: AppointmentSlotRow, reason: string, write: Write): Promise<void> {
  const { tx } = write;
  const booked = await tx
    .select()
    .from(appointments)
    .where(and(eq(appointments.slotId, slot.id), eq(appointments.status, 'BOOKED')))
    .for('update');
  for (const appointment of booked) {
    await stepAppointment(appointment, { event: 'CANCEL', reason: 'SLOT_CLOSED' }, write);
  }
  const bookedCount = Math.max(0, slot.bookedCount - booked.length);
  const closed = { ...slot, status: 'CLOSED' as const, bookedCount, ...advanced(slot, write) };
  const { status, version, updatedAt } = closed;
  await tx
    .update(appointmentSlots)
    .set({ status, bookedCount, version, updatedAt })
    .where(eq(appointmentSlots.id, slot.id));
  tellSlot(closed, slot.status, write, reason);
}

const texts = {
  ownSlot: { en: 'Only people of the institution of the slot may do this.', zh: '仅号源所属机构的人员可办理。' },
  over: { en: 'The slot is closed, or has ended.', zh: '该号源已停诊或已结束。' },
};
