import {
  createFaults,
  encodeOwnedId,
  isPublicId,
  lockById,
  nextNo,
  refuse,
  type Write,
  type Written,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq, getTableColumns, gt, inArray, lt } from 'drizzle-orm';
import { inMaintenance } from '../rules/equipment-availability.ts';
import { decideReservation, isLapsed, isStanding } from '../rules/equipment-reservation.ts';
import { isInstant, localDay, plusMinutes } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import type { ReferralStatus, ReserveEquipmentInput } from '../schema-types.ts';
import {
  equipment,
  type EquipmentReservationRow,
  equipmentReservations,
  type EquipmentRow,
} from '../tables/equipment.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { expectOpenPlace, expectOwnPlace } from './care-checks.ts';
import { alliancesByMember, institutionsById } from './places.ts';
import { reservationId, stepReservations } from './reservation-record.ts';
import { type WaitingGrounds, waitingGrounds } from './waiting.ts';

/** States in which a referral may lead to an examination: it is not ended. */
const running: ReadonlySet<ReferralStatus> = new Set([
  'SUBMITTED',
  'ACCEPTED',
  'SCHEDULED',
  'ARRIVED',
  'IN_TREATMENT',
  'DOWN_PROPOSED',
]);

/** Holds a unit for fifteen minutes: of two who want the same time, one gets it (domain.md 3.6). */
export async function reserveEquipment(input: ReserveEquipmentInput, write: Write): Promise<Written> {
  const faults = createFaults();
  const [known] = await write.tx
    .select({ institutionId: equipment.institutionId })
    .from(equipment)
    .where(eq(equipment.id, input.equipmentId));
  faults.expect(known !== undefined, 'NOT_FOUND', 'equipmentId');
  const places = await institutionsById(
    write,
    [input.requesterId, known?.institutionId].flatMap((id) => id ?? []),
  );
  const requester = places.get(input.requesterId);
  expectOwnPlace(requester, { id: input.requesterId, path: 'requesterId' }, write, faults);
  if (known !== undefined) expectOpenPlace(places.get(known.institutionId), 'equipmentId', write, faults);
  faults.expect(isPublicId('rs', input.residentId), 'NOT_FOUND', 'residentId');
  faults.expect(hasCode('RECOGNITION-ITEM', input.examItem), 'VALIDATION_FAILED', 'examItem', texts.item);
  faults.expect(isInstant(input.start), 'VALIDATION_FAILED', 'start', texts.time);
  faults.expect(!input.end || isInstant(input.end), 'VALIDATION_FAILED', 'end', texts.time);
  const grounds = await waitingGrounds(input, running, write, faults);
  faults.throwIfAny();
  return requester === undefined ? refuse('NOT_FOUND', 'requesterId') : hold(input, { requester, grounds }, write);
}

interface Asking {
  readonly requester: InstitutionRow;
  readonly grounds: WaitingGrounds;
}

async function hold(input: ReserveEquipmentInput, { requester, grounds }: Asking, write: Write): Promise<Written> {
  const { tx, clock } = write;
  const { residentId, equipmentId, requesterId, examItem, urgency } = input;
  // Always the resident first and then the unit: two who ask for both never wait for each other.
  const no = await nextNo(write, equipmentReservations, residentId);
  const unit = await lockById(write, equipment, equipmentId, 'equipmentId');
  const start = plusMinutes(input.start, 0);
  const end = input.end ? plusMinutes(input.end, 0) : plusMinutes(start, unit.slotMinutes);
  if (inMaintenance(unit.maintenance, { start, end })) refuse('VALIDATION_FAILED', 'start', texts.maintenance);
  const others = await reservationsAround(unit, { start, end }, write);
  const alliances = await alliancesByMember(write, [requesterId]);
  const decision = decideReservation(
    { ...unit, sharedWithAllianceIds: unit.sharedWithIds },
    {
      requesterId,
      requesterAllianceIds: alliances.get(requesterId) ?? [],
      requesterIsPrimary: requester.isPrimaryCare,
      urgency,
      start,
      end,
      at: clock.instant,
    },
    others.map(({ row, requesterIsPrimary }) => ({ ...row, requesterIsPrimary, id: reservationId(row) })),
  );
  if (decision.kind === 'REFUSED') return refuse(decision.code, decision.field, textOf(decision));
  await expectResidentFree(residentId, { start, end }, write);
  const rows = others.map(({ row }) => row);
  const lapsed = rows.filter((row) => isLapsed(row, clock.instant));
  await stepReservations(lapsed, { event: 'EXPIRE' }, write);
  const displaced = rows.filter((row) => decision.displacedIds.includes(reservationId(row)));
  await stepReservations(displaced, { event: 'DISPLACE', reason: 'EMERGENCY' }, write);
  await tx.insert(equipmentReservations).values({
    residentId,
    no,
    equipmentId,
    requesterId,
    examItem,
    start,
    end,
    blockedUntil: decision.blockedUntil,
    priority: grounds.priority,
    urgency,
    status: 'HELD',
    heldAt: clock.instant,
    referralNo: grounds.referral?.no ?? null,
    updatedAt: clock.instant,
  });
  const id = encodeOwnedId('er', residentId, no);
  const payload = { status: 'HELD', equipmentId, start, end, version: 1 };
  write.change({ type: 'EquipmentReservation', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'EquipmentReservation', id, residentId, from: null, to: 'HELD' });
  return { id };
}

interface Interval {
  readonly start: string;
  readonly end: string;
}

/** Reservations of a unit that may keep the time, or count in the day's share of primary care; locked until the write ends. */
async function reservationsAround(
  unit: EquipmentRow,
  { start, end }: Interval,
  { tx }: Write,
): Promise<{ readonly row: EquipmentReservationRow; readonly requesterIsPrimary: boolean }[]> {
  return tx
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
    .for('update', { of: equipmentReservations });
}

/** Nobody is examined in two places at once. */
async function expectResidentFree(residentId: string, { start, end }: Interval, { tx, clock }: Write): Promise<void> {
  const own = await tx
    .select({ status: equipmentReservations.status, heldAt: equipmentReservations.heldAt })
    .from(equipmentReservations)
    .where(
      and(
        eq(equipmentReservations.residentId, residentId),
        inArray(equipmentReservations.status, ['HELD', 'CONFIRMED', 'DONE']),
        lt(equipmentReservations.start, end),
        gt(equipmentReservations.end, start),
      ),
    );
  if (own.some((each) => isStanding(each, clock.instant))) refuse('SCHEDULE_CONFLICT', 'residentId', texts.resident);
}

function textOf({ code, field }: { readonly code: string; readonly field: string }) {
  if (code === 'MODE_MISMATCH') return texts.notShared;
  if (code === 'CHANNEL_CLOSED') return texts.quota;
  if (code === 'SLOT_TAKEN') return undefined;
  return field === 'equipmentId' ? texts.unavailable : texts.hours;
}

const texts = {
  item: { en: 'The item is not known.', zh: '检查项目编码不存在。' },
  time: { en: 'This is no time.', zh: '时间无效。' },
  maintenance: { en: 'The unit is in maintenance at this time.', zh: '该时段设备维护。' },
  resident: { en: 'The resident is examined elsewhere at this time.', zh: '该居民此时段已有其他检查预约。' },
  notShared: { en: 'The unit is not shared with the institution.', zh: '该设备未与申请机构共享。' },
  quota: {
    en: 'The rest of the day is kept for primary care until noon two days before.',
    zh: '当日剩余时段在检查前两日12时之前预留给基层。',
  },
  unavailable: { en: 'The unit is not in use or has no operator.', zh: '设备未在用或无操作人员。' },
  hours: {
    en: 'The time must lie ahead, within the open hours of the unit, and end after its start.',
    zh: '时间须在当前时间之后、设备开放时间之内，且结束晚于开始。',
  },
};
