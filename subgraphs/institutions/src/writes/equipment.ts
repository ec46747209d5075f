import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  createFaults,
  expectBetween,
  expectSize,
  expectText,
  expectVersion,
  isTimeOfDay,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { mayBecome } from '../rules/reservation-transition.ts';
import { isShare } from '../rules/share.ts';
import type { ChangeEquipmentStatusInput, RegisterEquipmentInput } from '../schema-types.ts';
import { equipment, type EquipmentRow } from '../tables/equipment.ts';
import { expectMoney, expectOwnPlace } from './care-checks.ts';
import { lockInstitutions } from './checks.ts';
import { waitOnAfterRepair } from './displacement.ts';
import { changeUnit, lockOwnUnit } from './equipment-record.ts';
import { moveUpForEquipment } from './equipment-waiting.ts';
import { recordEquipmentMaintenance } from './equipment-maintenance.ts';
import { alliancesByMember } from './places.ts';
import { openReservations, stepReservations } from './reservation-record.ts';
import {
  cancelEquipmentReservation,
  completeEquipmentUse,
  confirmEquipmentReservation,
  expireHolds,
  recordEquipmentNoShow,
} from './reservation-step.ts';
import { reserveEquipment } from './reservation.ts';
import { endWaitingFor } from './waiting-record.ts';

/** Mutations of shared equipment 设备 (domain.md 3.6); `expireHolds` is the system's own. */
export const equipmentWrites = (mutation: Mutation) => ({
  registerEquipment: mutation('registerEquipment', registerEquipment),
  changeEquipmentStatus: mutation('changeEquipmentStatus', changeEquipmentStatus),
  recordEquipmentMaintenance: mutation('recordEquipmentMaintenance', recordEquipmentMaintenance),
  reserveEquipment: mutation('reserveEquipment', reserveEquipment, {
    equipment_reservations_no_overlap: ['SLOT_TAKEN', 'start'],
  }),
  confirmEquipmentReservation: mutation('confirmEquipmentReservation', confirmEquipmentReservation),
  cancelEquipmentReservation: mutation('cancelEquipmentReservation', cancelEquipmentReservation),
  completeEquipmentUse: mutation('completeEquipmentUse', completeEquipmentUse),
  recordEquipmentNoShow: mutation('recordEquipmentNoShow', recordEquipmentNoShow),
  expireHolds: mutation('expireHolds', expireHolds),
});

/** Registers a unit; one that comes into service later is idle until then. */
async function registerEquipment(input: RegisterEquipmentInput, write: Write): Promise<Written> {
  expectSize(input.sharedWithIds, MOST_ENTRIES, 'sharedWithIds');
  expectSize(input.openHours, MOST_ENTRIES, 'openHours');
  const { tx, clock } = write;
  const faults = createFaults();
  // Locked, so that an institution that closes at this moment knows of the unit.
  const places = await lockInstitutions(write, [input.institutionId]);
  expectOwnPlace(places.get(input.institutionId), { id: input.institutionId, path: 'institutionId' }, write, faults);
  checkUnit(input, faults);
  checkHours(input.openHours, faults);
  await checkSharing(input, write, faults);
  await checkSerial(input, write, faults);
  faults.throwIfAny();

  const id = newId('eq');
  const { institutionId, name, large, acquisition, sharingMode, slotMinutes, bufferMinutes, operatorCount } = input;
  const inServiceOn = input.inServiceOn ?? clock.day;
  const status = inServiceOn <= clock.day ? 'IN_USE' : 'IDLE';
  const shared = sharingMode !== 'NONE';
  await tx.insert(equipment).values({
    id,
    institutionId,
    name,
    class: input.class,
    large,
    licenceNo: input.licenceNo ?? null,
    model: input.model ?? null,
    serialNo: input.serialNo ?? null,
    acquisition,
    leaseTerms: input.leaseTerms ?? null,
    purchasePrice: input.purchasePrice ?? null,
    inServiceOn,
    status,
    shared,
    sharingMode,
    sharedWithIds: [...input.sharedWithIds],
    sharedQuota: input.sharedQuota ?? null,
    slotMinutes,
    bufferMinutes,
    openHours: input.openHours.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
    operatorCount,
    maintenance: [],
    updatedAt: clock.instant,
  });
  const payload = { institutionId, class: input.class, status, shared, version: 1 };
  write.change({ type: 'Equipment', id, kind: 'CREATED', payload });
  write.step({ type: 'Equipment', id, from: null, to: status });
  return { id };
}

function checkUnit(input: RegisterEquipmentInput, faults: Faults): void {
  expectText(faults, input.name, 'name', 100);
  for (const name of ['licenceNo', 'model', 'serialNo', 'leaseTerms'] as const) expectText(faults, input[name], name);
  faults.expect(!input.large || Boolean(input.licenceNo), 'VALIDATION_FAILED', 'licenceNo', texts.licence);
  expectMoney(input.purchasePrice, 'purchasePrice', faults);
  expectBetween(faults, input.slotMinutes, [1, 1_440], 'slotMinutes');
  expectBetween(faults, input.bufferMinutes, [0, 240], 'bufferMinutes');
  expectBetween(faults, input.operatorCount, [0, 1_000], 'operatorCount');
}

function checkHours(hours: RegisterEquipmentInput['openHours'], faults: Faults): void {
  faults.expect(hours.length > 0, 'VALIDATION_FAILED', 'openHours', texts.hours);
  const begun = new Set<string>();
  hours.forEach(({ weekday, opens, closes }, index) => {
    const path = `openHours.${index}`;
    expectBetween(faults, weekday, [1, 7], `${path}.weekday`);
    faults.expect(isTimeOfDay(opens), 'VALIDATION_FAILED', `${path}.opens`, texts.time);
    faults.expect(isTimeOfDay(closes), 'VALIDATION_FAILED', `${path}.closes`, texts.time);
    faults.expect(!begun.has(`${weekday} ${opens}`), 'VALIDATION_FAILED', `${path}.opens`, texts.twice);
    begun.add(`${weekday} ${opens}`);
  });
}

/** What is shared is shared with alliances of which the institution is a member today. */
async function checkSharing(input: RegisterEquipmentInput, write: Write, faults: Faults): Promise<void> {
  const { institutionId, sharingMode, sharedWithIds, sharedQuota } = input;
  const own = (await alliancesByMember(write, [institutionId])).get(institutionId) ?? [];
  sharedWithIds.forEach((id, index) =>
    faults.expect(own.includes(id), 'NOT_FOUND', `sharedWithIds.${index}`, texts.alliance),
  );
  const fits = (sharingMode === 'NONE') === (sharedWithIds.length === 0);
  faults.expect(fits, 'VALIDATION_FAILED', 'sharedWithIds', texts.sharing);
  const quota = sharedQuota === null || sharedQuota === undefined || isShare(sharedQuota);
  faults.expect(quota, 'VALIDATION_FAILED', 'sharedQuota', texts.share);
}

/** A serial number is one unit's; others who register it at the same moment wait. */
async function checkSerial(
  { institutionId, serialNo }: RegisterEquipmentInput,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  if (!serialNo) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`equipment ${institutionId} ${serialNo}`}, 0))`);
  const [known] = await tx
    .select({ id: equipment.id })
    .from(equipment)
    .where(and(eq(equipment.institutionId, institutionId), eq(equipment.serialNo, serialNo)));
  faults.expect(known === undefined, 'VALIDATION_FAILED', 'serialNo', texts.serial);
}

/** Changes the state of a unit: retiring it displaces what is reserved, putting it in use ends its maintenance and serves who waits. */
async function changeEquipmentStatus(input: ChangeEquipmentStatusInput, write: Write): Promise<Written> {
  const unit = await lockOwnUnit(input.id, 'id', write);
  expectVersion(unit, input.version);
  const faults = createFaults();
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  if (!mayBecome(unit.status, input.status)) refuse('INVALID_TRANSITION', 'status');
  if (input.status === 'RETIRED') {
    await stepReservations(await openReservations(unit, write), { event: 'DISPLACE', reason: 'RETIRED' }, write);
  }
  const ended = input.status === 'IN_USE' ? { maintenance: endedMaintenance(unit, write) } : {};
  await changeUnit(unit, { status: input.status, ...ended }, input.reason, write);
  if (input.status === 'IN_USE') await waitOnAfterRepair(unit, write);
  if (input.status === 'RETIRED') await endWaitingFor({ equipmentId: unit.id }, 'RETIRED', write);
  else await moveUpForEquipment(unit.id, write);
  return { id: unit.id };
}

function endedMaintenance({ maintenance }: EquipmentRow, { clock }: Write): EquipmentRow['maintenance'] {
  const now = Date.parse(clock.instant);
  return maintenance.map((event) => {
    const running = Date.parse(event.from) <= now && (event.to === null || Date.parse(event.to) > now);
    return running ? { ...event, to: clock.instant } : event;
  });
}

const texts = {
  licence: { en: 'Large equipment needs its configuration licence.', zh: '大型医用设备须填写配置许可证号。' },
  hours: { en: 'A unit has hours of operation.', zh: '须填写开放时间。' },
  time: { en: 'A time is written like 08:00.', zh: '时间应写作 08:00。' },
  twice: { en: 'Hours of this day begin twice at this time.', zh: '同日开放时间的开始时刻重复。' },
  alliance: { en: 'The institution is no member of this alliance.', zh: '该机构不是此医联体成员。' },
  sharing: {
    en: 'What is shared names its alliances, what is not names none.',
    zh: '共享设备须填写共享医联体，不共享则不填。',
  },
  share: { en: 'A share lies between 0 and 1 and has at most two places.', zh: '比例须在 0 与 1 之间，最多两位小数。' },
  serial: { en: 'A unit with this serial number is registered already.', zh: '该出厂编号的设备已登记。' },
};
