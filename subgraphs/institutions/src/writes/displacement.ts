import type { Write } from '@hutong/kit';
import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm';
import { LONGEST_WAIT } from '../rules/equipment-waiting.ts';
import { compareInstants, earlier, later, minutesBetween, plusMinutes } from '../rules/instant.ts';
import type { EquipmentReservationRow, EquipmentRow } from '../tables/equipment.ts';
import { type WaitingListEntryRow, waitingListEntries } from '../tables/waiting.ts';
import { stepReservations } from './reservation-record.ts';
import { addEntry, changeEntries, lockWaiting } from './waiting-record.ts';

const DAY = 24 * 60;
/** Days for which who is displaced waits. */
const WEEK = 7;

/** What takes a unit's time from those who have it: an emergency, or a repair until an instant, null while nobody knows. */
type Cause = { readonly reason: 'EMERGENCY' } | { readonly reason: 'MAINTENANCE'; readonly until: string | null };

/**
 * Takes their time from reservations of a locked unit, and lets each resident wait for another one within a week after it, and after the repair,
 * with the priority and since the request that they had (domain.md 3.6.4). Who waits for the unit and item already goes on doing so, long
 * enough for both.
 */
export async function displace(
  rows: readonly EquipmentReservationRow[],
  cause: Cause,
  unit: EquipmentRow,
  write: Write,
): Promise<void> {
  if (rows.length === 0) return;
  await stepReservations(rows, { event: 'DISPLACE', reason: cause.reason }, write);
  const residentIds = rows.map(({ residentId }) => residentId);
  const { equipmentId, residentId } = waitingListEntries;
  const waiting = await lockWaiting(and(eq(equipmentId, unit.id), inArray(residentId, residentIds)), write);
  const entries = new Map(waiting.map((entry) => [examOf(entry), entry]));
  for (const alike of byExam(rows)) {
    const wanted = entryFor(alike, cause, unit, write);
    if (wanted === undefined) continue;
    const entry = entries.get(examOf(wanted));
    if (entry === undefined) await addEntry(wanted, write);
    else await changeEntries([entry], widened(entry, wanted), write);
  }
}

function examOf({ residentId, examItem }: Pick<WaitingListEntryRow, 'residentId' | 'examItem'>): string {
  return `${residentId} ${examItem}`;
}

/**
 * Reservations by resident and item, each in the order of time; by resident, so that two who displace the same people on two units number
 * their entries in the same order.
 */
function byExam(rows: readonly EquipmentReservationRow[]): EquipmentReservationRow[][] {
  const found = new Map<string, EquipmentReservationRow[]>();
  const inOrder = rows.toSorted((a, b) => compareInstants(a.start, b.start));
  for (const row of inOrder) found.set(examOf(row), [...(found.get(examOf(row)) ?? []), row]);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, alike]) => alike);
}

/** What a resident waits for instead of the times of one item: another time after the first of them, or after the repair. */
function entryFor(alike: readonly EquipmentReservationRow[], cause: Cause, unit: EquipmentRow, { clock }: Write) {
  const [first] = alike;
  if (first === undefined) return undefined;
  const until = cause.reason === 'MAINTENANCE' ? cause.until : clock.instant;
  const from = later(first.start, later(until ?? clock.instant, clock.instant));
  const last = alike.reduce((latest, { start }) => later(latest, start), from);
  return {
    residentId: first.residentId,
    institutionId: unit.institutionId,
    equipmentId: unit.id,
    examItem: first.examItem,
    from,
    to: plusMinutes(last, (until === null ? LONGEST_WAIT : WEEK) * DAY),
    minutes: Math.max(...alike.map(({ start, end }) => minutesBetween(start, end))),
    urgency: first.urgency,
    bookedByInstitutionId: first.requesterId,
    referralNo: first.referralNo,
    priority: first.priority,
    requestedAt: first.heldAt,
    displacedReservationNo: first.no,
  };
}

/** An entry that is there, made to cover what was displaced besides. */
function widened(
  entry: WaitingListEntryRow,
  wanted: NonNullable<ReturnType<typeof entryFor>>,
): Partial<WaitingListEntryRow> {
  return {
    from: earlier(entry.from ?? wanted.from, wanted.from),
    to: later(entry.to ?? wanted.to, wanted.to),
    minutes: Math.max(entry.minutes ?? 0, wanted.minutes),
    requestedAt: earlier(entry.requestedAt, wanted.requestedAt),
    referralNo: entry.referralNo ?? wanted.referralNo,
    displacedReservationNo: entry.displacedReservationNo ?? wanted.displacedReservationNo,
  };
}

/** Lets who was displaced wait for a week after the repair of a locked unit, whose end nobody knew until now. */
export async function waitOnAfterRepair(unit: EquipmentRow, write: Write): Promise<void> {
  if (unit.maintenance.every(({ to }) => to !== null)) return;
  const { equipmentId, displacedReservationNo, to } = waitingListEntries;
  const until = plusMinutes(write.clock.instant, WEEK * DAY);
  const displaced = and(eq(equipmentId, unit.id), isNotNull(displacedReservationNo), lt(to, until));
  await changeEntries(await lockWaiting(displaced, write), { to: until }, write);
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
