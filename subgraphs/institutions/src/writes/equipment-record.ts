import { actsFor, advanced, createFaults, lockById, refuse, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { equipment, type EquipmentRow } from '../tables/equipment.ts';
import { expectOpenPlace } from './care-checks.ts';
import { institutionsById } from './places.ts';

/** Locks a unit of the caller's institution. */
export async function lockOwnUnit(id: string, path: string, write: Write): Promise<EquipmentRow> {
  const unit = await lockById(write, equipment, id, path);
  if (!actsFor(write.caller, unit.institutionId)) refuse('FORBIDDEN', path, ownUnit);
  return unit;
}

/** Refuses when the institution of a locked unit is closed: who closes it locks its units before what is reserved there. */
export async function expectOpenOwner({ institutionId }: EquipmentRow, path: string, write: Write): Promise<void> {
  const faults = createFaults();
  const owners = await institutionsById(write, [institutionId]);
  expectOpenPlace(owners.get(institutionId), path, write, faults);
  faults.throwIfAny();
}

/** Writes a change of a unit: row, change log, and the history when its state is another than before. */
export async function changeUnit(
  unit: EquipmentRow,
  changed: Partial<Pick<EquipmentRow, 'status' | 'maintenance'>>,
  reason: string | null | undefined,
  write: Write,
): Promise<void> {
  const next = advanced(unit, write);
  const { id } = unit;
  const status = changed.status ?? unit.status;
  await write.tx
    .update(equipment)
    .set({ ...changed, ...next })
    .where(eq(equipment.id, id));
  write.change({ type: 'Equipment', id, kind: 'UPDATED', payload: { status, version: next.version } });
  if (status !== unit.status) write.step({ type: 'Equipment', id, from: unit.status, to: status, reason });
}

/** Why somebody else's unit is not changed. */
export const ownUnit = {
  en: 'Only people of the institution that owns the unit may do this.',
  zh: '仅设备所属机构的人员可办理。',
};
