import { refuse, type Faults, type Write } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { eq } from 'drizzle-orm';
import type { ReservationRequest, ReservableEquipment } from '../rules/equipment-reservation.ts';
import type { ReserveEquipmentInput, WaitForEquipmentInput } from '../schema-types.ts';
import { equipment, type EquipmentRow } from '../tables/equipment.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { expectOpenPlace, expectOwnPlace } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { expectLiving } from './residents.ts';
import { runningReferral, type WaitingGrounds, waitingGrounds } from './waiting-grounds.ts';

/** Which institution asks for a unit, and on what grounds. */
export interface EquipmentRequest {
  readonly requester: InstitutionRow;
  readonly grounds: WaitingGrounds;
}

/** Checks what reserving a unit and waiting for it have in common: unit, resident, item, who asks, and the grounds of the priority. */
export async function checkEquipmentRequest(
  input: ReserveEquipmentInput | WaitForEquipmentInput,
  write: Write,
  faults: Faults,
): Promise<EquipmentRequest> {
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
  await expectLiving(input.residentId, 'residentId', write, faults);
  faults.expect(hasCode('RECOGNITION-ITEM', input.examItem), 'VALIDATION_FAILED', 'examItem', texts.item);
  const grounds = await waitingGrounds(input, runningReferral, write, faults);
  faults.throwIfAny();
  return requester === undefined ? refuse('NOT_FOUND', 'requesterId') : { requester, grounds };
}

/** A unit as the rules of reservations see it. */
export function reservable(unit: EquipmentRow): EquipmentRow & ReservableEquipment {
  return { ...unit, sharedWithAllianceIds: unit.sharedWithIds };
}

/** An institution as the rules of reservations see who asks. */
export function asRequester(
  { id, isPrimaryCare }: InstitutionRow,
  alliances: ReadonlyMap<string, readonly string[]>,
): Pick<ReservationRequest, 'requesterId' | 'requesterAllianceIds' | 'requesterIsPrimary'> {
  return { requesterId: id, requesterAllianceIds: alliances.get(id) ?? [], requesterIsPrimary: isPrimaryCare };
}

const texts = {
  item: { en: 'The item is not known.', zh: '检查项目编码不存在。' },
};
