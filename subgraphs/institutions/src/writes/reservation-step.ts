import {
  type Write,
  type Written,
  actsFor,
  createFaults,
  decodeOwnedId,
  expectText,
  expectVersion,
  lockById,
  lockByOwnedId,
  numberOfOwn,
  refuse,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { isLapsed } from '../rules/equipment-reservation.ts';
import { compareInstants } from '../rules/instant.ts';
import type {
  CancelEquipmentReservationInput,
  CompleteEquipmentUseInput,
  ConfirmEquipmentReservationInput,
  RecordEquipmentNoShowInput,
} from '../schema-types.ts';
import {
  equipment,
  type EquipmentReservationRow,
  equipmentReservations,
  type EquipmentRow,
} from '../tables/equipment.ts';
import { diagnosticReports } from '../tables/report.ts';
import { endDisplaced } from './displacement.ts';
import { expectOpenOwner, ownUnit } from './equipment-record.ts';
import { moveUpForEquipment, nextLapsedUnit } from './equipment-waiting.ts';
import { stepReservations } from './reservation-record.ts';
import { type Cursor, endWaiting } from './waiting-record.ts';

/** Confirms a hold that has not lapsed. */
export async function confirmEquipmentReservation(
  input: ConfirmEquipmentReservationInput,
  write: Write,
): Promise<Written> {
  const unit = await lockUnitOf(input.id, write);
  const { reservation, ownerId } = await lockReservation(input, write);
  const { caller, clock } = write;
  const allowed = actsFor(caller, reservation.requesterId) || actsFor(caller, ownerId);
  if (!allowed) refuse('FORBIDDEN', 'id', texts.concerned);
  expectVersion(reservation, input.version);
  if (isLapsed(reservation, clock.instant)) refuse('INVALID_TRANSITION', 'id', texts.lapsed);
  if (unit !== undefined) await expectOpenOwner(unit, 'id', write);
  await stepReservations([reservation], { event: 'CONFIRM' }, write);
  const { residentId, no: reservationNo } = reservation;
  await endWaiting(residentId, reservation, { reservationNo }, write);
  return { id: input.id };
}

/** Cancels a reservation; who waits for its time gets it, or it is free again. */
export async function cancelEquipmentReservation(
  input: CancelEquipmentReservationInput,
  write: Write,
): Promise<Written> {
  await lockUnitOf(input.id, write);
  const { reservation, ownerId } = await lockReservation(input, write);
  const { caller, clock } = write;
  const allowed =
    (caller.role === 'RESIDENT' && caller.residentId === reservation.residentId) ||
    actsFor(caller, reservation.requesterId) ||
    actsFor(caller, ownerId);
  const faults = createFaults();
  faults.expect(allowed, 'FORBIDDEN', 'id', texts.concerned);
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  expectVersion(reservation, input.version);
  if (isLapsed(reservation, clock.instant)) refuse('INVALID_TRANSITION', 'id', texts.lapsed);
  await stepReservations([reservation], { event: 'CANCEL', reason: input.reason }, write);
  if (reservation.status === 'RESCHEDULE_NEEDED') await endDisplaced(reservation, input.reason, write);
  else await moveUpForEquipment(reservation.equipmentId, write);
  return { id: input.id };
}

/** Notes that a confirmed reservation was used, and what report came of it. */
export async function completeEquipmentUse(input: CompleteEquipmentUseInput, write: Write): Promise<Written> {
  const { reservation } = await lockOwnReservation(input, write);
  const reportNo = await reportOf(input, reservation, write);
  await stepReservations([reservation], { event: 'COMPLETE' }, write);
  if (reportNo !== null) {
    await write.tx
      .update(equipmentReservations)
      .set({ reportNo })
      .where(
        and(eq(equipmentReservations.residentId, reservation.residentId), eq(equipmentReservations.no, reservation.no)),
      );
  }
  return { id: input.id };
}

/** Notes that the resident did not come; who waits for the rest of the time gets it, or it is free again. */
export async function recordEquipmentNoShow(input: RecordEquipmentNoShowInput, write: Write): Promise<Written> {
  await lockUnitOf(input.id, write);
  const { reservation } = await lockOwnReservation(input, write);
  await stepReservations([reservation], { event: 'MISS' }, write);
  await moveUpForEquipment(reservation.equipmentId, write);
  return { id: input.id };
}

/**
 * Lets go the holds that have lapsed of the next unit after a cursor (domain.md 3.6, 3.23), and gives the time to who waits for it; `notes.next` is
 * the cursor after it, null at the end.
 */
export async function expireHolds({ after, passOver }: Cursor, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const id = await nextLapsedUnit(after, write);
  const expired = id === undefined || passOver ? 0 : (await moveUpForEquipment(id, write)).expired.length;
  return { id: id ?? '', notes: { next: id ?? null, expired } };
}

interface Found {
  readonly reservation: EquipmentReservationRow;
  readonly ownerId: string;
}

/** Locks the unit of a reservation before the reservation, as all do who change what a unit is kept for (`lockWaiting`). */
async function lockUnitOf(id: string, write: Write): Promise<EquipmentRow | undefined> {
  const key = decodeOwnedId('er', id);
  if (key === undefined) return undefined;
  const [row] = await write.tx
    .select({ equipmentId: equipmentReservations.equipmentId })
    .from(equipmentReservations)
    .where(and(eq(equipmentReservations.residentId, key.residentId), eq(equipmentReservations.no, key.no)));
  return row && lockById(write, equipment, row.equipmentId, 'id');
}

async function lockReservation({ id }: { readonly id: string }, write: Write): Promise<Found> {
  const reservation = await lockByOwnedId(write, { table: equipmentReservations, prefix: 'er' }, id, 'id');
  const [unit] = await write.tx
    .select({ ownerId: equipment.institutionId })
    .from(equipment)
    .where(eq(equipment.id, reservation.equipmentId));
  return unit === undefined ? refuse('NOT_FOUND', 'id') : { reservation, ...unit };
}

/** A reservation of a unit of the caller's institution, whose time has begun. */
async function lockOwnReservation(
  input: { readonly id: string; readonly version?: number | null },
  write: Write,
): Promise<Found> {
  const found = await lockReservation(input, write);
  if (!actsFor(write.caller, found.ownerId)) refuse('FORBIDDEN', 'id', ownUnit);
  expectVersion(found.reservation, input.version);
  const begun = compareInstants(found.reservation.start, write.clock.instant) <= 0;
  if (found.reservation.status === 'CONFIRMED' && !begun) refuse('VALIDATION_FAILED', 'id', texts.early);
  return found;
}

/** The number of the report that came of a use: of the same resident and item. */
async function reportOf(
  { reportId }: CompleteEquipmentUseInput,
  { residentId, examItem }: EquipmentReservationRow,
  { tx }: Write,
): Promise<number | null> {
  if (!reportId) return null;
  const no = numberOfOwn('dr', residentId, reportId);
  const [report] = await tx
    .select({ no: diagnosticReports.no, item: diagnosticReports.item })
    .from(diagnosticReports)
    .where(and(eq(diagnosticReports.residentId, residentId), eq(diagnosticReports.no, no ?? 0)));
  if (report === undefined) return refuse('NOT_FOUND', 'reportId');
  return report.item === examItem ? report.no : refuse('VALIDATION_FAILED', 'reportId', texts.item);
}

const texts = {
  concerned: {
    en: 'Only the institution that asked for it or the one that owns the unit may do this.',
    zh: '仅申请机构或设备所属机构可办理。',
  },
  lapsed: { en: 'The hold has lapsed; reserve again.', zh: '占位已过期，请重新预约。' },
  early: { en: 'The time of the reservation has not begun.', zh: '预约时间尚未开始。' },
  item: { en: 'The report is of another item.', zh: '报告的检查项目与预约不符。' },
};
