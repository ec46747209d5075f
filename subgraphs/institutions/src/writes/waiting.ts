import {
  type Keyed,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  createFaults,
  expectBetween,
  expectText,
  expectVersion,
  lockById,
  lockByOwnedId,
  refuse,
} from '@hutong/kit';
import { and, eq, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm';
import { LONGEST_WAIT } from '../rules/equipment-waiting.ts';
import { compareInstants, localDay, minutesBetween, plusMinutes } from '../rules/instant.ts';
import { openIntervals } from '../rules/open-hours.ts';
import type { LeaveWaitingListInput, WaitForEquipmentInput, WaitForSlotInput } from '../schema-types.ts';
import { equipment, type EquipmentRow } from '../tables/equipment.ts';
import { waitingListEntries } from '../tables/waiting.ts';
import { expectOpenOwner } from './equipment-record.ts';
import { asRequester, checkEquipmentRequest, type EquipmentRequest } from './equipment-request.ts';
import { freeTime, moveUpForEquipment, nextWaitedUnit } from './equipment-waiting.ts';
import { alliancesByMember } from './places.ts';
import { hasTimeOf, reservationsAround, reservationsOfResidents } from './reservation-record.ts';
import { slotBookers } from './slot-bookers.ts';
import { appointmentsOfDay, slotRefusal, slotTexts, windowsOf } from './slot-booking.ts';
import { checkSlotRequest } from './slot-request.ts';
import { lockSlots, moveUpForSlots, nextSlotTarget, slotTarget } from './slot-waiting.ts';
import { addEntry, changeEntries, type Cursor, entryId } from './waiting-record.ts';

/** Mutations of waiting lists 候补 (domain.md 3.5.4, 3.6.4); the last three are the system's own. */
export const waitingWrites = (mutation: Mutation) => ({
  waitForSlot: mutation('waitForSlot', waitForSlot, {
    waiting_list_entries_once_a_day: ['SCHEDULE_CONFLICT', 'residentId'],
  }),
  waitForEquipment: mutation('waitForEquipment', waitForEquipment, {
    waiting_list_entries_once_an_item: ['SCHEDULE_CONFLICT', 'residentId'],
  }),
  leaveWaitingList: mutation('leaveWaitingList', leaveWaitingList),
  lapseWaiting: mutation('lapseWaiting', lapseWaiting),
  moveUpForNextSlots: mutation('moveUpForNextSlots', moveUpForNextSlots),
  moveUpForNextEquipment: mutation('moveUpForNextEquipment', moveUpForNextEquipment),
});

const DAY_MINUTES = 24 * 60;
/** Entries that lapse in one transaction. */
const batchSize = 500;

/** Lets a resident wait where no place of the department and day can be booked for them now. */
async function waitForSlot(input: WaitForSlotInput, write: Write): Promise<Written> {
  const { slot, booker, grounds } = await checkSlotRequest(input, write);
  const { residentId } = input;
  const target = slotTarget(slot);
  const slots = await lockSlots(target, write);
  const windows = await windowsOf(slot, write);
  const bookers = await slotBookers(booker === null ? [] : [booker], slot.institutionId, write);
  const claim = {
    booker: bookers.get(booker?.id ?? '') ?? 'PUBLIC',
    residentSigned: grounds.contractNo !== null,
    appointments: await appointmentsOfDay([residentId], target.day, write),
  } as const;
  for (const each of slots) {
    const refusal = slotRefusal(each, claim, windows, write);
    if (refusal === null) refuse('VALIDATION_FAILED', 'slotId', texts.place);
    const wrong = refusal.code === 'VALIDATION_FAILED' || refusal.code === 'SCHEDULE_CONFLICT';
    if (each.id === slot.id && wrong) refuse(refusal.code, refusal.field, slotTexts[refusal.code]);
  }
  const id = await addEntry(
    {
      residentId,
      institutionId: slot.institutionId,
      ...target,
      bookedByInstitutionId: booker?.id ?? null,
      referralNo: grounds.referral?.no ?? null,
      contractNo: grounds.contractNo,
      priority: grounds.priority,
      requestedAt: write.clock.instant,
    },
    write,
  );
  return { id };
}

/** Lets a resident wait for a time of a unit where none in the window can be reserved for them now. */
async function waitForEquipment(input: WaitForEquipmentInput, write: Write): Promise<Written> {
  const { clock } = write;
  const faults = createFaults();
  faults.expect(compareInstants(input.from, clock.instant) >= 0, 'VALIDATION_FAILED', 'from', texts.past);
  const window = minutesBetween(input.from, input.to);
  faults.expect(window > 0 && window <= LONGEST_WAIT * DAY_MINUTES, 'VALIDATION_FAILED', 'to', texts.window);
  expectBetween(faults, input.minutes, [1, DAY_MINUTES], 'minutes');
  const asking = await checkEquipmentRequest(input, write, faults);
  const unit = await lockById(write, equipment, input.equipmentId, 'equipmentId');
  await expectOpenOwner(unit, 'equipmentId', write);
  const wish = await expectNoneFree(input, unit, asking, write);
  const { grounds, requester } = asking;
  const id = await addEntry(
    {
      residentId: input.residentId,
      institutionId: unit.institutionId,
      equipmentId: unit.id,
      examItem: input.examItem,
      ...wish,
      bookedByInstitutionId: requester.id,
      referralNo: grounds.referral?.no ?? null,
      contractNo: grounds.contractNo,
      priority: grounds.priority,
      requestedAt: clock.instant,
    },
    write,
  );
  return { id };
}

/** Refuses to wait for what can never be had, or can be had now; tells what is waited for. */
async function expectNoneFree(
  input: WaitForEquipmentInput,
  unit: EquipmentRow,
  { requester }: EquipmentRequest,
  write: Write,
) {
  const minutes = input.minutes ?? unit.slotMinutes;
  const wish = { from: plusMinutes(input.from, 0), to: plusMinutes(input.to, 0), minutes, urgency: input.urgency };
  if (unit.status === 'RETIRED') refuse('VALIDATION_FAILED', 'equipmentId', texts.retired);
  const time = { start: wish.from, end: wish.to };
  const long = openIntervals(unit.openHours, time).some(({ start, end }) => minutesBetween(start, end) >= minutes);
  if (!long) refuse('VALIDATION_FAILED', 'from', texts.hours);
  const asked = asRequester(requester, await alliancesByMember(write, [requester.id]));
  const shared = unit.shared && asked.requesterAllianceIds.some((id) => unit.sharedWithIds.includes(id));
  if (requester.id !== unit.institutionId && !shared) refuse('MODE_MISMATCH', 'requesterId', texts.notShared);
  const ofResident = await reservationsOfResidents([input.residentId], write.clock.instant, write);
  if (hasTimeOf(unit, input.examItem, ofResident, write)) refuse('SCHEDULE_CONFLICT', 'residentId', texts.had);
  const kept = { ofUnit: await reservationsAround(unit, time, write, 'READ'), ofResident };
  const free = freeTime(unit, { ...asked, ...wish }, kept, write);
  if (free !== null) refuse('VALIDATION_FAILED', 'from', texts.free(free.start));
  return wish;
}

/** Takes a resident off the list. */
async function leaveWaitingList(input: LeaveWaitingListInput, write: Write): Promise<Written> {
  const entry = await lockByOwnedId(write, { table: waitingListEntries, prefix: 'wl' }, input.id, 'id');
  const { caller } = write;
  const allowed =
    (caller.role === 'RESIDENT' && caller.residentId === entry.residentId) ||
    (entry.bookedByInstitutionId !== null && actsFor(caller, entry.bookedByInstitutionId)) ||
    actsFor(caller, entry.institutionId);
  const faults = createFaults();
  faults.expect(allowed, 'FORBIDDEN', 'id', texts.concerned);
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  expectVersion(entry, input.version);
  if (entry.status !== 'WAITING') refuse('INVALID_TRANSITION', 'id');
  await changeEntries([entry], { status: 'LEFT' }, write, input.reason ?? null);
  return { id: input.id };
}

/**
 * Ends the waiting for days and windows that are over; `notes.lapsed` tells for how many, at most 500. What another process is at is skipped. Who
 * was displaced waits on while the unit is being repaired without a known end.
 */
async function lapseWaiting(_: Keyed, write: Write): Promise<Written> {
  const { tx, caller, clock } = write;
  if (caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const { status, day, to, equipmentId, displacedReservationNo } = waitingListEntries;
  const repaired = tx
    .select({ id: equipment.id })
    .from(equipment)
    .where(and(eq(equipment.id, equipmentId), sql`${equipment.maintenance} @> '[{ "to": null }]'`));
  const isOver = or(
    lt(day, localDay(clock.instant)),
    and(lte(to, clock.instant), or(isNull(displacedReservationNo), notExists(repaired))),
  );
  const over = await tx
    .select()
    .from(waitingListEntries)
    .where(and(eq(status, 'WAITING'), isOver))
    .limit(batchSize)
    .for('update', { skipLocked: true });
  await changeEntries(over, { status: 'LAPSED' }, write, 'OVER');
  const [first] = over;
  return { id: first === undefined ? '' : entryId(first), notes: { lapsed: over.length } };
}

/** Moves up who waits for the next department and day after a cursor that has a free place; `notes.next` is the cursor after it, null at the end. */
async function moveUpForNextSlots({ after, passOver }: Cursor, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const target = await nextSlotTarget(after, write);
  const promoted = target === undefined || passOver ? 0 : await moveUpForSlots(target, write);
  return { id: target?.key ?? '', notes: { next: target?.key ?? null, promoted } };
}

/** Moves up who waits for the next unit after a cursor; `notes.next` is the cursor after it, null at the end. */
async function moveUpForNextEquipment({ after, passOver }: Cursor, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', '');
  const id = await nextWaitedUnit(after, write);
  const promoted = id === undefined || passOver ? 0 : (await moveUpForEquipment(id, write)).promoted;
  return { id: id ?? '', notes: { next: id ?? null, promoted } };
}

const texts = {
  place: {
    en: 'A place of this department and day can be booked now: book it with bookAppointment.',
    zh: '该科室当日仍有可约号源，请直接预约（bookAppointment）。',
  },
  free: (start: string) => ({
    en: `A time is free, from ${start}: reserve it with reserveEquipment.`,
    zh: `自 ${start} 起有空闲时段，请直接预约（reserveEquipment）。`,
  }),
  had: {
    en: 'The resident has a reservation of the unit for this item: cancel it first with cancelEquipmentReservation.',
    zh: '该居民已有此设备同一项目的预约，请先取消（cancelEquipmentReservation）。',
  },
  past: { en: 'The earliest start must not lie in the past.', zh: '最早开始时间不得早于现在。' },
  window: {
    en: `The latest end must lie within ${LONGEST_WAIT} days after the earliest start.`,
    zh: `最晚结束时间须在最早开始时间之后 ${LONGEST_WAIT} 天之内。`,
  },
  retired: { en: 'The unit is out of service; choose another one.', zh: '该设备已报废，请另选设备。' },
  hours: {
    en: 'The unit is not open long enough in this window; choose another one.',
    zh: '该时间范围内设备开放时间不足，请另选时间范围。',
  },
  notShared: { en: 'The unit is not shared with the institution.', zh: '该设备未与申请机构共享。' },
  concerned: {
    en: 'Only the resident, who put them on the list, or the institution waited for may do this.',
    zh: '仅居民本人、申请机构或被候补机构可办理。',
  },
};
