import { lockById, nextNoUnlessBusy, type Write } from '@hutong/kit';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { HOLD_MINUTES } from '../rules/equipment-reservation.ts';
import { type EquipmentWish, firstTime, type KeptTimes } from '../rules/equipment-waiting.ts';
import { atFullMinute, later, plusMinutes } from '../rules/instant.ts';
import { earliestGiven } from '../rules/waiting-notice.ts';
import {
  equipment,
  type EquipmentReservationRow,
  equipmentReservations,
  type EquipmentRow,
} from '../tables/equipment.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { type WaitingListEntryRow, waitingListEntries } from '../tables/waiting.ts';
import { isOpenPlace } from './care-checks.ts';
import { asRequester, reservable } from './equipment-request.ts';
import { alliancesByMember, institutionsById } from './places.ts';
import {
  addReservation,
  hasTimeOf,
  type KeptReservation,
  reservationsAround,
  reservationsOfResidents,
  stepReservations,
} from './reservation-record.ts';
import { runningReferral } from './waiting-grounds.ts';
import { inServiceOrder, type WaitingResident } from './waiting-order.ts';
import { changeEntries, isWaitedFor, lockWaiting } from './waiting-record.ts';

/** What moving up on the list of a unit did. */
export interface MovedUp {
  /** Holds that had lapsed and were let go. */
  readonly expired: readonly EquipmentReservationRow[];
  /** Residents who got a time. */
  readonly promoted: number;
}

/**
 * Lets go the lapsed holds of a unit and gives its free times to those who wait for it, each the first that fits to the first who may have
 * it now (domain.md 3.6.4): in the open hours, beside the share of primary care, not where the resident is examined elsewhere. Who gets
 * none, or is being booked elsewhere at this moment, is passed over. With a resident who is just booking it serves those before that one only.
 */
export async function moveUpForEquipment(equipmentId: string, write: Write, before?: string): Promise<MovedUp> {
  const unit = await lockById(write, equipment, equipmentId, 'equipmentId');
  const expired = await lapsedHolds(unit, write);
  await stepReservations(expired, { event: 'EXPIRE' }, write);
  if (unit.status !== 'IN_USE') return { expired, promoted: 0 };
  const { equipmentId: waitedFor, to } = waitingListEntries;
  const entries = await lockWaiting(and(eq(waitedFor, unit.id), gt(to, write.clock.instant)), write);
  const queue = await queueFor(unit, entries, write);
  let promoted = 0;
  for (const waiting of queue.waiting) {
    if (waiting.entry.residentId === before) break;
    const given = await giveFirst(unit, waiting, queue, write);
    if (given === undefined) continue;
    promoted += 1;
    queue.ofUnit.push(given);
  }
  return { expired, promoted };
}

/** Serves who waits for a locked unit, as far as they come before a resident who is just booking it. */
export async function moveUpBefore(residentId: string, unit: EquipmentRow, write: Write): Promise<void> {
  const { equipmentId, to } = waitingListEntries;
  if (await isWaitedFor(and(eq(equipmentId, unit.id), gt(to, write.clock.instant)), write)) {
    await moveUpForEquipment(unit.id, write, residentId);
  }
}

async function lapsedHolds(unit: EquipmentRow, { tx, clock }: Write): Promise<EquipmentReservationRow[]> {
  return tx
    .select()
    .from(equipmentReservations)
    .where(
      and(
        eq(equipmentReservations.equipmentId, unit.id),
        eq(equipmentReservations.status, 'HELD'),
        lte(equipmentReservations.heldAt, plusMinutes(clock.instant, -HOLD_MINUTES)),
      ),
    )
    .orderBy(equipmentReservations.start)
    .for('update');
}

/** All that decides who may have a time of a unit, read at once. */
interface Queue {
  readonly waiting: readonly WaitingResident[];
  readonly requesters: ReadonlyMap<string, InstitutionRow>;
  readonly alliances: ReadonlyMap<string, readonly string[]>;
  readonly ofUnit: KeptReservation[];
  readonly ofResidents: readonly EquipmentReservationRow[];
}

async function queueFor(unit: EquipmentRow, entries: readonly WaitingListEntryRow[], write: Write): Promise<Queue> {
  const askers = [...new Set(entries.flatMap(({ bookedByInstitutionId }) => bookedByInstitutionId ?? []))];
  const requesters = await institutionsById(write, [unit.institutionId, ...askers]);
  const owner = requesters.get(unit.institutionId);
  if (entries.length === 0 || owner === undefined || !isOpenPlace(owner, write)) {
    return { waiting: [], requesters, alliances: new Map(), ofUnit: [], ofResidents: [] };
  }
  const start = write.clock.instant;
  const end = entries.reduce((last, { to }) => later(last, to ?? last), start);
  const residentIds = entries.map(({ residentId }) => residentId);
  return {
    waiting: await inServiceOrder(entries, runningReferral, write),
    requesters,
    alliances: await alliancesByMember(write, askers),
    ofUnit: await reservationsAround(unit, { start, end }, write, 'READ'),
    ofResidents: await reservationsOfResidents(residentIds, start, write),
  };
}

/** Gives a resident the first time that fits; undefined when there is none, or one of the unit for the item is had already. */
async function giveFirst(
  unit: EquipmentRow,
  { entry, grounds }: WaitingResident,
  queue: Queue,
  write: Write,
): Promise<KeptReservation | undefined> {
  const { residentId, examItem, from, to, minutes, urgency } = entry;
  const requester = queue.requesters.get(entry.bookedByInstitutionId ?? '');
  if (requester === undefined || !isOpenPlace(requester, write)) return undefined;
  if (examItem === null || from === null || to === null || minutes === null || urgency === null) return undefined;
  const { instant } = write.clock;
  // An emergency is at hand.
  const earliest =
    urgency === 'EMERGENCY' ? from : later(from, atFullMinute(earliestGiven(entry.requestedAt, instant)));
  const wish = { ...asRequester(requester, queue.alliances), from: earliest, to, minutes, urgency };
  const freeBeside = (ofResident: readonly EquipmentReservationRow[]) =>
    hasTimeOf(unit, examItem, ofResident, write)
      ? null
      : freeTime(unit, wish, { ofUnit: queue.ofUnit, ofResident }, write);
  if (freeBeside(queue.ofResidents.filter((each) => each.residentId === residentId)) === null) return undefined;
  const no = await nextNoUnlessBusy(write, equipmentReservations, residentId);
  if (no === undefined) return undefined;
  // Read again: until the number was had, another unit could be reserved for the resident.
  const time = freeBeside(await reservationsOfResidents([residentId], instant, write));
  if (time === null) return undefined;
  const reservation = {
    residentId,
    no,
    equipmentId: unit.id,
    requesterId: requester.id,
    examItem,
    ...time,
    priority: grounds.priority,
    urgency,
    status: 'CONFIRMED' as const,
    referralNo: grounds.referral?.no ?? null,
  };
  const id = await addReservation(reservation, write);
  await changeEntries([entry], { status: 'PROMOTED', reservationNo: no }, write);
  const stored = { ...reservation, heldAt: instant, reportNo: null, version: 1, updatedAt: instant };
  return { ...stored, id, requesterIsPrimary: requester.isPrimaryCare };
}

/** The first time of a unit that somebody can have now, null when there is none. */
export function freeTime(unit: EquipmentRow, wish: EquipmentWish, kept: KeptTimes, { clock }: Write) {
  return firstTime(reservable(unit), wish, kept, clock.instant);
}

/** The next unit after another for which somebody waits. */
export async function nextWaitedUnit(after: string, { tx, clock }: Write): Promise<string | undefined> {
  const { equipmentId, status, to } = waitingListEntries;
  const [next] = await tx
    .select({ equipmentId })
    .from(waitingListEntries)
    .where(and(eq(status, 'WAITING'), gt(to, clock.instant), sql`${equipmentId} > ${after}`))
    .orderBy(asc(equipmentId))
    .limit(1);
  return next?.equipmentId ?? undefined;
}

/** The next unit after another that has a hold which has lapsed. */
export async function nextLapsedUnit(after: string, { tx, clock }: Write): Promise<string | undefined> {
  const { equipmentId, status, heldAt } = equipmentReservations;
  const [next] = await tx
    .select({ equipmentId })
    .from(equipmentReservations)
    .where(and(eq(status, 'HELD'), lte(heldAt, plusMinutes(clock.instant, -HOLD_MINUTES)), gt(equipmentId, after)))
    .orderBy(asc(equipmentId))
    .limit(1);
  return next?.equipmentId;
}
