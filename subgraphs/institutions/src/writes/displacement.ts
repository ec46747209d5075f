import type { Write } from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import { later, minutesBetween, plusMinutes } from '../rules/instant.ts';
import type { EquipmentReservationRow, EquipmentRow } from '../tables/equipment.ts';
import { waitingListEntries } from '../tables/waiting.ts';
import { stepReservations } from './reservation-record.ts';
import { addEntry, changeEntries, lockWaiting } from './waiting-record.ts';

/** Minutes in which another time is looked for. */
const WEEK = 7 * 24 * 60;

/**
 * Takes their time from reservations of a locked unit, and lets each resident wait for another one within a week after it, with the priority
 * and since the request that they had (domain.md 3.6.4). Who waits for the unit already goes on doing so.
 */
export async function displace(
  rows: readonly EquipmentReservationRow[],
  reason: 'EMERGENCY' | 'MAINTENANCE',
  unit: EquipmentRow,
  write: Write,
): Promise<void> {
  if (rows.length === 0) return;
  await stepReservations(rows, { event: 'DISPLACE', reason }, write);
  const residentIds = rows.map(({ residentId }) => residentId);
  const waiting = await lockWaiting(
    and(eq(waitingListEntries.equipmentId, unit.id), inArray(waitingListEntries.residentId, residentIds)),
    write,
  );
  const waits = new Set(waiting.map(({ residentId }) => residentId));
  // By resident, so that two who displace the same people on two units number their entries in the same order.
  for (const row of rows.toSorted((a, b) => (a.residentId < b.residentId ? -1 : 1))) {
    if (waits.has(row.residentId)) continue;
    waits.add(row.residentId);
    const from = later(row.start, write.clock.instant);
    await addEntry(
      {
        residentId: row.residentId,
        institutionId: unit.institutionId,
        equipmentId: unit.id,
        examItem: row.examItem,
        from,
        to: plusMinutes(from, WEEK),
        minutes: minutesBetween(row.start, row.end),
        urgency: row.urgency,
        bookedByInstitutionId: row.requesterId,
        referralNo: row.referralNo,
        priority: row.priority,
        requestedAt: row.heldAt,
        displacedReservationNo: row.no,
      },
      write,
    );
  }
}

/** Ends the waiting for another time than that of a reservation which is given up. */
export async function endDisplaced(
  { residentId, no }: EquipmentReservationRow,
  reason: string | null | undefined,
  write: Write,
): Promise<void> {
  const { residentId: whose, displacedReservationNo } = waitingListEntries;
  const rows = await lockWaiting(and(eq(whose, residentId), eq(displacedReservationNo, no)), write);
  await changeEntries(rows, { status: 'LEFT' }, write, reason ?? null);
}
