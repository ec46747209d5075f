import { createFaults, lockById, nextNo, refuse, type Write, type Written } from '@hutong/kit';
import { inMaintenance } from '../rules/equipment-availability.ts';
import { decideReservation, isLapsed, isStanding } from '../rules/equipment-reservation.ts';
import { compareInstants, plusMinutes } from '../rules/instant.ts';
import type { Interval } from '../rules/open-hours.ts';
import type { ReserveEquipmentInput } from '../schema-types.ts';
import { equipment, equipmentReservations, type EquipmentRow } from '../tables/equipment.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { displace } from './displacement.ts';
import { expectOpenOwner } from './equipment-record.ts';
import { asRequester, checkEquipmentRequest, type EquipmentRequest, reservable } from './equipment-request.ts';
import { moveUpBefore } from './equipment-waiting.ts';
import { alliancesByMember } from './places.ts';
import { addReservation, reservationsAround, reservationsOfResidents, stepReservations } from './reservation-record.ts';

/** Holds a unit for fifteen minutes: of two who want the same time, one gets it (domain.md 3.6). */
export async function reserveEquipment(input: ReserveEquipmentInput, write: Write): Promise<Written> {
  const faults = createFaults();
  const asking = await checkEquipmentRequest(input, write, faults);
  return hold(input, asking, write);
}

async function hold(
  input: ReserveEquipmentInput,
  { requester, grounds }: EquipmentRequest,
  write: Write,
): Promise<Written> {
  const { residentId, equipmentId, requesterId, examItem, urgency } = input;
  // Always the resident first and then the unit: two who ask for both never wait for each other.
  const no = await nextNo(write, equipmentReservations, residentId);
  const unit = await lockById(write, equipment, equipmentId, 'equipmentId');
  await expectOpenOwner(unit, 'equipmentId', write);
  // Who waits comes before who books, and an emergency before both.
  if (urgency !== 'EMERGENCY') await moveUpBefore(residentId, unit, write);
  const start = plusMinutes(input.start, 0);
  const end = input.end ? plusMinutes(input.end, 0) : plusMinutes(start, unit.slotMinutes);
  const blockedUntil = await clear(unit, { ...input, start, end }, requester, write);
  const id = await addReservation(
    {
      residentId,
      no,
      equipmentId,
      requesterId,
      examItem,
      start,
      end,
      blockedUntil,
      priority: grounds.priority,
      urgency,
      status: 'HELD',
      referralNo: grounds.referral?.no ?? null,
    },
    write,
  );
  return { id };
}

/** Clears a time of lapsed holds and of what is displaced; tells until when it blocks the unit, or refuses it. */
async function clear(
  unit: EquipmentRow,
  { residentId, urgency, start, end }: Pick<ReserveEquipmentInput, 'residentId' | 'urgency'> & Interval,
  requester: InstitutionRow,
  write: Write,
): Promise<string> {
  const at = write.clock.instant;
  if (inMaintenance(unit.maintenance, { start, end })) refuse('VALIDATION_FAILED', 'start', texts.maintenance);
  const others = await reservationsAround(unit, { start, end }, write, 'LOCKED');
  const alliances = await alliancesByMember(write, [requester.id]);
  const decision = decideReservation(
    reservable(unit),
    { ...asRequester(requester, alliances), urgency, start, end, at },
    others,
  );
  if (decision.kind === 'REFUSED') return refuse(decision.code, decision.field, textOf(decision));
  await expectResidentFree(residentId, { start, end }, write);
  const lapsed = others.filter((row) => isLapsed(row, at));
  await stepReservations(lapsed, { event: 'EXPIRE' }, write);
  const displaced = others.filter(({ id }) => decision.displacedIds.includes(id));
  await displace(displaced, { reason: 'EMERGENCY' }, unit, write);
  return decision.blockedUntil;
}

/** Nobody is examined in two places at once. */
async function expectResidentFree(residentId: string, time: Interval, write: Write): Promise<void> {
  const own = await reservationsOfResidents([residentId], time.start, write);
  const meanwhile = own.filter(({ start }) => compareInstants(start, time.end) < 0);
  if (meanwhile.some((each) => isStanding(each, write.clock.instant))) {
    refuse('SCHEDULE_CONFLICT', 'residentId', texts.resident);
  }
}

function textOf({ code, field }: { readonly code: string; readonly field: string }) {
  if (code === 'MODE_MISMATCH') return texts.notShared;
  if (code === 'CHANNEL_CLOSED') return texts.quota;
  if (code === 'SLOT_TAKEN') return texts.taken;
  return field === 'equipmentId' ? texts.unavailable : texts.hours;
}

const texts = {
  maintenance: { en: 'The unit is in maintenance at this time.', zh: '该时段设备维护。' },
  resident: { en: 'The resident is examined elsewhere at this time.', zh: '该居民此时段已有其他检查预约。' },
  notShared: { en: 'The unit is not shared with the institution.', zh: '该设备未与申请机构共享。' },
  quota: {
    en: 'The rest of the day is kept for primary care until noon two days before.',
    zh: '当日剩余时段在检查前两日12时之前预留给基层。',
  },
  taken: {
    en: 'The time is taken. Choose another one, or wait for one with waitForEquipment.',
    zh: '该时段已被占用，请另选时段，或申请候补（waitForEquipment）。',
  },
  unavailable: { en: 'The unit is not in use or has no operator.', zh: '设备未在用或无操作人员。' },
  hours: {
    en: 'The time must lie ahead, within the open hours of the unit, and end after its start.',
    zh: '时间须在当前时间之后、设备开放时间之内，且结束晚于开始。',
  },
};
