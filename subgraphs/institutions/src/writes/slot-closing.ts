import {
  actsFor,
  advanced,
  createFaults,
  expectVersion,
  lockById,
  refuse,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { compareInstants } from '../rules/instant.ts';
import type { CloseSlotInput } from '../schema-types.ts';
import { appointments, appointmentSlots } from '../tables/appointment.ts';
import { stepAppointment } from './appointment-step.ts';
import { expectText } from './checks.ts';
import { tellSlot } from './slot-places.ts';

/** Closes a slot that has not ended; who has not come yet loses the booking, who has is still served. */
export async function closeSlot(input: CloseSlotInput, write: Write): Promise<Written> {
  const { tx, caller, clock } = write;
  const slot = await lockById(write, appointmentSlots, input.id, 'id');
  const faults = createFaults();
  faults.expect(actsFor(caller, slot.institutionId), 'FORBIDDEN', 'id', texts.ownSlot);
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  expectVersion(slot, input.version);
  const over = slot.status === 'CLOSED' || compareInstants(clock.instant, slot.end) >= 0;
  if (over) refuse('INVALID_TRANSITION', 'id', texts.over);

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
  tellSlot(closed, slot.status, write, input.reason);
  return { id: slot.id };
}

const texts = {
  ownSlot: { en: 'Only people of the institution of the slot may do this.', zh: '仅号源所属机构的人员可办理。' },
  over: { en: 'The slot is closed, or has ended.', zh: '该号源已停诊或已结束。' },
};
