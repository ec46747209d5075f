import { encodeOwnedId, refuse, type Write } from '@hutong/kit';
import { and, eq, getTableColumns, gt, inArray, lt, sql } from 'drizzle-orm';
import { isLapsed, isStanding } from '../rules/equipment-reservation.ts';
import { later, localDay, plusMinutes } from '../rules/instant.ts';
import type { Interval } from '../rules/open-hours.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import { reservationAfter, type ReservationEvent } from '../rules/reservation-transition.ts';
import {
  equipment,
  type EquipmentReservationRow,
  equipmentReservations,
  type EquipmentRow,
} from '../tables/equipment.ts';
import { institutions } from '../tables/place.ts';

interface ReservationStep {
  readonly event: ReservationEvent;
  readonly reason?: string | null | undefined;
}

/** The public id of a reservation. */
export function reservationId({ residentId, no }: Pick<EquipmentReservationRow, 'residentId' | 'no'>): string {
  return encodeOwnedId('er', residentId, no);
}

/** A reservation to be made: what its making does not say by itself. */
export type NewReservation = Omit<
  typeof equipmentReservations.$inferInsert,
  'heldAt' | 'reportNo' | 'version' | 'updatedAt'
>;

/** Makes a reservation in a time that is free; gives its id. */
export async function addReservation(reservation: NewReservation, write: Write): Promise<string> {
  const { tx, clock } = write;
  const { residentId, equipmentId, start, end, status } = reservation;
  await tx.insert(equipmentReservations).values({ ...reservation, heldAt: clock.instant, updatedAt: clock.instant });
  const id = reservationId(reservation);
  const payload = { status, equipmentId, start, end, version: 1 };
  write.change({ type: 'EquipmentReservation', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'EquipmentReservation', id, residentId, from: null, to: status });
  return id;
}

/** A reservation that may keep its unit, and whether it counts in the share of primary care. */
export type KeptReservation = EquipmentReservationRow & { readonly id: string; readonly requesterIsPrimary: boolean };

/**
 * Reservations of a locked unit that may keep its time on the days of an interval; locked too for who takes a step of them. Who only gives
 * times need not: whoever frees one locks the unit.
 */
export async function reservationsAround(
  unit: EquipmentRow,
  { start, end }: Interval,
  { tx }: Write,
  lock: 'LOCKED' | 'READ',
): Promise<KeptReservation[]> {
  const found = tx
    .select({ row: getTableColumns(equipmentReservations), requesterIsPrimary: institutions.isPrimaryCare })
    .from(equipmentReservations)
    .innerJoin(institutions, eq(institutions.id, equipmentReservations.requesterId))
    .where(
      and(
        eq(equipmentReservations.equipmentId, unit.id),
        inArray(equipmentReservations.status, ['HELD', 'CONFIRMED', 'DONE']),
        gt(equipmentReservations.blockedUntil, dayStart(localDay(start))),
        lt(equipmentReservations.start, dayStart(nextDay(localDay(plusMinutes(end, unit.bufferMinutes))))),
      ),
    )
    .orderBy(equipmentReservations.start);
  const rows = await (lock === 'LOCKED' ? found.for('update', { of: equipmentReservations }) : found);
  return rows.map(({ row, requesterIsPrimary }) => ({ ...row, id: reservationId(row), requesterIsPrimary }));
}

/** Reservations that may keep residents after an instant, on whichever unit. */
export async function reservationsOfResidents(
  residentIds: readonly string[],
  since: string,
  { tx }: Write,
): Promise<EquipmentReservationRow[]> {
  return tx
    .select()
    .from(equipmentReservations)
    .where(
      and(
        inArray(equipmentReservations.residentId, [...residentIds]),
        inArray(equipmentReservations.status, ['HELD', 'CONFIRMED', 'DONE']),
        gt(equipmentReservations.end, since),
      ),
    );
}

/** Whether a resident, of whose reservations those that are not over are given, has one of a unit and item: to come, or running. */
export function hasTimeOf(
  unit: EquipmentRow,
  examItem: string,
  own: readonly EquipmentReservationRow[],
  { clock }: Write,
): boolean {
  return own.some(
    (each) =>
      each.equipmentId === unit.id &&
      each.examItem === examItem &&
      each.status !== 'DONE' &&
      isStanding(each, clock.instant),
  );
}

/** Takes the same step of reservations, locked: rows, history and change log; refuses what the table of states does not know. */
export async function stepReservations(
  rows: readonly EquipmentReservationRow[],
  { event, reason }: ReservationStep,
  write: Write,
): Promise<void> {
  const steps = rows.map((row) => ({
    row,
    to: reservationAfter(row.status, event) ?? refuse('INVALID_TRANSITION', 'id'),
  }));
  const [first] = steps;
  if (first === undefined) return;
  const keys = rows.map(({ residentId, no }) => sql`(${residentId}, ${no}::integer)`);
  await write.tx
    .update(equipmentReservations)
    .set({
      status: first.to,
      version: sql`${equipmentReservations.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(sql`(${equipmentReservations.residentId}, ${equipmentReservations.no}) in (${sql.join(keys, sql`, `)})`);
  for (const { row, to } of steps) {
    const { residentId, equipmentId, version } = row;
    const id = reservationId(row);
    const payload = { status: to, equipmentId, version: version + 1 };
    write.change({ type: 'EquipmentReservation', id, kind: 'UPDATED', residentId, payload });
    write.step({ type: 'EquipmentReservation', id, residentId, from: row.status, to, reason });
  }
}

/** Holds and confirmed reservations of a unit that are not over, in a time when one is named, locked until the write ends. */
export async function openReservations(
  unit: { readonly id: string },
  { tx, clock }: Write,
  time: { readonly from: string; readonly to: string | null } = { from: clock.instant, to: null },
): Promise<EquipmentReservationRow[]> {
  const rows = await tx
    .select()
    .from(equipmentReservations)
    .where(
      and(
        eq(equipmentReservations.equipmentId, unit.id),
        inArray(equipmentReservations.status, ['HELD', 'CONFIRMED']),
        gt(equipmentReservations.end, later(time.from, clock.instant)),
        time.to === null ? undefined : lt(equipmentReservations.start, time.to),
      ),
    )
    .orderBy(equipmentReservations.start)
    .for('update');
  return rows.filter((row) => !isLapsed(row, clock.instant));
}

/**
 * Holds and confirmed reservations of all units of an institution that are not over, locked until the write ends, and the units before: who
 * gives a time of one has done so, or waits.
 */
export async function openReservationsAt(
  institutionId: string,
  { tx, clock }: Write,
): Promise<EquipmentReservationRow[]> {
  const units = await tx
    .select({ id: equipment.id })
    .from(equipment)
    .where(eq(equipment.institutionId, institutionId))
    .orderBy(equipment.id)
    .for('update');
  const rows = await tx
    .select()
    .from(equipmentReservations)
    .where(
      and(
        inArray(
          equipmentReservations.equipmentId,
          units.map(({ id }) => id),
        ),
        inArray(equipmentReservations.status, ['HELD', 'CONFIRMED']),
        gt(equipmentReservations.end, clock.instant),
      ),
    )
    .orderBy(equipmentReservations.equipmentId, equipmentReservations.start)
    .for('update');
  return rows.filter((row) => !isLapsed(row, clock.instant));
}
