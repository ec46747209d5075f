import { type Write, type Written, createFaults, expectText, expectVersion, refuse } from '@hutong/kit';
import { compareInstants, plusMinutes } from '../rules/instant.ts';
import type { RecordEquipmentMaintenanceInput } from '../schema-types.ts';
import { displace } from './displacement.ts';
import { changeUnit, lockOwnUnit } from './equipment-record.ts';
import { openReservations } from './reservation-record.ts';

/** Records a maintenance; while nobody knows its end, the unit is in maintenance until it is put in use again. */
export async function recordEquipmentMaintenance(
  input: RecordEquipmentMaintenanceInput,
  write: Write,
): Promise<Written> {
  const unit = await lockOwnUnit(input.equipmentId, 'equipmentId', write);
  expectVersion(unit, input.version);
  const faults = createFaults();
  const ends = input.to === null || input.to === undefined || compareInstants(input.from, input.to) < 0;
  faults.expect(ends, 'VALIDATION_FAILED', 'to', texts.order);
  expectText(faults, input.note, 'note');
  faults.throwIfAny();
  if (unit.status === 'RETIRED') refuse('INVALID_TRANSITION', 'equipmentId');

  const from = plusMinutes(input.from, 0);
  const to = input.to ? plusMinutes(input.to, 0) : null;
  const reserved = await openReservations(unit, write, { from, to });
  if (input.kind === 'REPAIR') {
    await displace(reserved, { reason: 'MAINTENANCE', until: to }, unit, write);
  } else if (reserved.length > 0) {
    refuse('SCHEDULE_CONFLICT', 'from', texts.reserved);
  }
  const event = { kind: input.kind, from, to, note: input.note ?? null };
  const maintenance = [...unit.maintenance, event].toSorted((a, b) => compareInstants(a.from, b.from));
  const begun = to === null && compareInstants(from, write.clock.instant) <= 0;
  await changeUnit(unit, { maintenance, ...(begun ? { status: 'MAINTENANCE' } : {}) }, input.kind, write);
  return { id: unit.id };
}

const texts = {
  order: { en: 'The end lies after the beginning.', zh: '结束时间须晚于开始时间。' },
  reserved: { en: 'The unit is reserved in this time.', zh: '该时段设备已有预约。' },
};
