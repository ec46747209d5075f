import { nextNoUnlessBusy, type Write } from '@hutong/kit';
import { and, eq, exists, gte, lt, type SQL, sql } from 'drizzle-orm';
import { compareInstants, localDay } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import type { SlotBooker, SlotWindows } from '../rules/slot-release.ts';
import { earliestGiven } from '../rules/waiting-notice.ts';
import type { SlotChannel, SlotResource } from '../schema-types.ts';
import { appointments, type AppointmentSlotRow, appointmentSlots } from '../tables/appointment.ts';
import { type WaitingListEntryRow, waitingListEntries } from '../tables/waiting.ts';
import { isOpenPlace } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { slotBookers } from './slot-bookers.ts';
import { type AppointmentOfDay, appointmentsOfDay, placeAppointment, slotRefusal, windowsOf } from './slot-booking.ts';
import { acceptedReferral } from './waiting-grounds.ts';
import { inServiceOrder, type WaitingResident } from './waiting-order.ts';
import { changeEntries, isWaitedFor, lockWaiting } from './waiting-record.ts';

/** What is waited for: the places of a department on a day, of one resource. */
export interface SlotTarget {
  readonly departmentId: string;
  readonly day: string;
  readonly resource: SlotResource;
}

/** What is waited for where a place of a slot is. */
export function slotTarget({ departmentId, start, resource }: AppointmentSlotRow): SlotTarget {
  return { departmentId, day: localDay(start), resource };
}

/** Of places at the same time the one that fewer may have is given first: the other is left to who may have no other. */
const narrowestFirst: readonly SlotChannel[] = ['LEAD_HOSPITAL', 'ALLIANCE', 'SIGNED', 'PUBLIC'];

/**
 * The slots of a department, day and resource in the order in which their places are given, locked by id: who gives a place back and who
 * waits for one come one by one.
 */
export async function lockSlots(
  { departmentId, day, resource }: SlotTarget,
  { tx }: Write,
): Promise<AppointmentSlotRow[]> {
  const slots = await tx
    .select()
    .from(appointmentSlots)
    .where(
      and(
        eq(appointmentSlots.departmentId, departmentId),
        eq(appointmentSlots.resource, resource),
        gte(appointmentSlots.start, dayStart(day)),
        lt(appointmentSlots.start, dayStart(nextDay(day))),
      ),
    )
    .orderBy(appointmentSlots.id)
    .for('update');
  return slots.toSorted((a, b) => compareInstants(a.start, b.start) || widthOf(a) - widthOf(b));
}

function widthOf({ channel }: AppointmentSlotRow): number {
  return narrowestFirst.indexOf(channel);
}

/**
 * Gives the free places of a target to those who wait for them, each to the first who may have it by its channel now (domain.md 3.5.2,
 * 3.5.4); who has an appointment there already, or is being booked elsewhere at this moment, is passed over. With a resident who is just
 * booking it serves those before that one only. Tells how many got one.
 */
export async function moveUpForSlots(target: SlotTarget, write: Write, before?: string): Promise<number> {
  const slots = await lockSlots(target, write);
  let free = slots.filter(hasPlace);
  const [first] = free;
  if (first === undefined) return 0;
  const entries = await lockWaiting(waitingFor(target), write);
  const queue = await queueFor(first, entries, write);
  let promoted = 0;
  for (const waiting of queue.waiting) {
    if (waiting.entry.residentId === before) break;
    const given = await giveFirst(free, waiting, queue, write);
    if (given === undefined) continue;
    promoted += 1;
    free = free.map((slot) => (slot.id === given.id ? given : slot)).filter(hasPlace);
    if (free.length === 0) break;
  }
  return promoted;
}

/**
 * Serves who waits for the places of a slot and others like it, as far as they come before a resident who is just booking; gives the slot as
 * it is then.
 */
export async function moveUpBefore(
  residentId: string,
  slot: AppointmentSlotRow,
  write: Write,
): Promise<AppointmentSlotRow> {
  const target = slotTarget(slot);
  if (!(await isWaitedFor(waitingFor(target), write))) return slot;
  await moveUpForSlots(target, write, residentId);
  const [now = slot] = await write.tx.select().from(appointmentSlots).where(eq(appointmentSlots.id, slot.id));
  return now;
}

function waitingFor(target: SlotTarget): SQL | undefined {
  const { departmentId, day, resource } = waitingListEntries;
  return and(eq(departmentId, target.departmentId), eq(day, target.day), eq(resource, target.resource));
}

function hasPlace({ status, bookedCount, capacity }: AppointmentSlotRow): boolean {
  return status !== 'CLOSED' && bookedCount < capacity;
}

/** All that decides who may have a place of a target, read at once. */
interface Queue {
  readonly waiting: readonly WaitingResident[];
  readonly windows: SlotWindows;
  readonly bookers: ReadonlyMap<string, SlotBooker>;
  readonly appointments: readonly AppointmentOfDay[];
}

async function queueFor(
  slot: AppointmentSlotRow,
  entries: readonly WaitingListEntryRow[],
  write: Write,
): Promise<Queue> {
  const windows = await windowsOf(slot, write);
  const askers = entries.flatMap(({ bookedByInstitutionId }) => bookedByInstitutionId ?? []);
  const places = await institutionsById(write, [...new Set([slot.institutionId, ...askers])]);
  const owner = places.get(slot.institutionId);
  if (entries.length === 0 || owner === undefined || !isOpenPlace(owner, write)) {
    return { waiting: [], windows, bookers: new Map(), appointments: [] };
  }
  // What an institution that has closed asked for is given as to the public: the resident loses no place by that.
  const open = askers.flatMap((id) => places.get(id) ?? []).filter((place) => isOpenPlace(place, write));
  const residentIds = entries.map(({ residentId }) => residentId);
  return {
    waiting: await inServiceOrder(entries, acceptedReferral, write),
    windows,
    bookers: await slotBookers(open, slot.institutionId, write),
    appointments: await appointmentsOfDay(residentIds, localDay(slot.start), write),
  };
}

/** Gives a resident the first free place that may be had; tells its slot as it is then, undefined when there is none. */
async function giveFirst(
  free: readonly AppointmentSlotRow[],
  { entry, grounds }: WaitingResident,
  { windows, bookers, appointments: read }: Queue,
  write: Write,
): Promise<AppointmentSlotRow | undefined> {
  const { residentId, bookedByInstitutionId } = entry;
  const booker = bookers.get(bookedByInstitutionId ?? '') ?? 'PUBLIC';
  const earliest = earliestGiven(entry.requestedAt, write.clock.instant);
  const inTime = free.filter(({ start }) => compareInstants(start, earliest) >= 0);
  const mayHave = (known: readonly AppointmentOfDay[]) => {
    const own = known.filter((each) => each.residentId === residentId);
    const claim = { booker, residentSigned: grounds.contractNo !== null, appointments: own };
    return inTime.find((slot) => slotRefusal(slot, claim, windows, write) === null);
  };
  const likely = mayHave(read);
  if (likely === undefined) return undefined;
  const no = await nextNoUnlessBusy(write, appointments, residentId);
  if (no === undefined) return undefined;
  // Read again: until the number was had, the resident could book elsewhere.
  const slot = mayHave(await appointmentsOfDay([residentId], localDay(likely.start), write));
  if (slot === undefined) return undefined;
  const { slot: taken } = await placeAppointment(
    slot,
    { residentId, no, bookedByInstitutionId, grounds },
    windows,
    write,
  );
  await changeEntries([entry], { status: 'PROMOTED', appointmentNo: no }, write);
  return taken;
}

/** The next target after another that has a free place and somebody who waits for it. */
export async function nextSlotTarget(
  after: string,
  { tx, clock }: Write,
): Promise<(SlotTarget & { key: string }) | undefined> {
  const { departmentId, day, resource, status } = waitingListEntries;
  const key = sql<string>`${departmentId} || ' ' || ${day} || ' ' || ${resource}`;
  const place = tx
    .select({ one: sql`1` })
    .from(appointmentSlots)
    .where(
      and(
        eq(appointmentSlots.departmentId, departmentId),
        eq(appointmentSlots.resource, resource),
        gte(appointmentSlots.start, sql`${day}::timestamptz`),
        lt(appointmentSlots.start, sql`(${day} + 1)::timestamptz`),
        sql`${appointmentSlots.start} > ${clock.instant}::timestamptz`,
        eq(appointmentSlots.status, 'OPEN'),
        lt(appointmentSlots.bookedCount, appointmentSlots.capacity),
      ),
    );
  const [next] = await tx
    .select({ departmentId, day, resource, key })
    .from(waitingListEntries)
    .where(and(eq(status, 'WAITING'), sql`${key} > ${after}`, exists(place)))
    .orderBy(key)
    .limit(1);
  if (next === undefined || next.departmentId === null || next.day === null || next.resource === null) return undefined;
  return { departmentId: next.departmentId, day: next.day, resource: next.resource, key: next.key };
}
