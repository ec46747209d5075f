import { encodeOwnedId, type Write } from '@hutong/kit';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { SlotStatus } from '../schema-types.ts';
import { type AppointmentRow, type AppointmentSlotRow, appointmentSlots } from '../tables/appointment.ts';

/** Tells the change log, and the history when its state is another than before, of a slot whose places changed. */
export function tellSlot(
  { id, status, bookedCount, version }: AppointmentSlotRow,
  before: SlotStatus,
  write: Write,
  reason?: string,
): void {
  write.change({ type: 'AppointmentSlot', id, kind: 'UPDATED', payload: { status, bookedCount, version } });
  if (status !== before) write.step({ type: 'AppointmentSlot', id, from: before, to: status, reason });
}

/** Gives a place of a slot back (domain.md 3.5.3). */
export async function freePlace({ slotId }: AppointmentRow, write: Write): Promise<void> {
  const [freed] = await write.tx
    .update(appointmentSlots)
    .set({
      bookedCount: sql`${appointmentSlots.bookedCount} - 1`,
      status: sql`case when ${appointmentSlots.status} = 'FULL' then 'OPEN' else ${appointmentSlots.status} end`,
      version: sql`${appointmentSlots.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(and(eq(appointmentSlots.id, slotId), gt(appointmentSlots.bookedCount, 0)))
    .returning();
  if (freed === undefined) return;
  const wasFull = freed.status === 'OPEN' && freed.bookedCount + 1 === freed.capacity;
  tellSlot(freed, wasFull ? 'FULL' : freed.status, write);
}

/** The public id of an appointment. */
export function appointmentId({ residentId, no }: Pick<AppointmentRow, 'residentId' | 'no'>): string {
  return encodeOwnedId('ap', residentId, no);
}
