import { actsFor, createFaults, refuse, type Faults, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import type { BookAppointmentInput, WaitForSlotInput } from '../schema-types.ts';
import { type AppointmentSlotRow, appointmentSlots } from '../tables/appointment.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { expectOpenPlace } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { expectLiving } from './residents.ts';
import { acceptedReferral, type WaitingGrounds, waitingGrounds } from './waiting-grounds.ts';

/** Who asks for a place of what slot, and on what grounds. */
export interface SlotRequest {
  readonly slot: AppointmentSlotRow;
  /** Null when the resident asks, or the system. */
  readonly booker: InstitutionRow | null;
  readonly grounds: WaitingGrounds;
}

/** Checks what booking a place and waiting for one have in common: slot, resident, who asks, and the grounds of the priority. */
export async function checkSlotRequest(
  input: BookAppointmentInput | WaitForSlotInput,
  write: Write,
): Promise<SlotRequest> {
  const faults = createFaults();
  const [slot] = await write.tx.select().from(appointmentSlots).where(eq(appointmentSlots.id, input.slotId));
  faults.expect(slot !== undefined, 'NOT_FOUND', 'slotId');
  await expectLiving(input.residentId, 'residentId', write, faults);
  const bookerId = bookerOf(input, write, faults);
  const places = await institutionsById(
    write,
    [bookerId, slot?.institutionId].flatMap((id) => id ?? []),
  );
  if (slot !== undefined) expectOpenPlace(places.get(slot.institutionId), 'slotId', write, faults);
  const booker = bookerId === null ? null : places.get(bookerId);
  if (booker !== null) expectOpenPlace(booker, 'bookedByInstitutionId', write, faults);
  const grounds = await waitingGrounds(input, acceptedReferral, write, faults);
  const elsewhere =
    grounds.referral !== undefined && slot !== undefined && grounds.referral.toId !== slot.institutionId;
  faults.expect(!elsewhere, 'VALIDATION_FAILED', 'referralId', texts.elsewhere);
  faults.throwIfAny();
  return slot === undefined ? refuse('NOT_FOUND', 'slotId') : { slot, booker: booker ?? null, grounds };
}

/** Who asks: an institution of the caller's, or nobody but the resident. */
function bookerOf(input: BookAppointmentInput | WaitForSlotInput, { caller }: Write, faults: Faults): string | null {
  if (caller.role === 'RESIDENT') {
    faults.expect(caller.residentId === input.residentId, 'FORBIDDEN', 'residentId', texts.ownBooking);
    const alone = input.bookedByInstitutionId === null || input.bookedByInstitutionId === undefined;
    faults.expect(alone, 'FORBIDDEN', 'bookedByInstitutionId', texts.ownBooking);
    return null;
  }
  const id = input.bookedByInstitutionId ?? caller.institutionId ?? null;
  const mayBook = id === null ? caller.role === 'SYSTEM' : actsFor(caller, id);
  faults.expect(mayBook, 'FORBIDDEN', 'bookedByInstitutionId', texts.ownInstitution);
  return id;
}

const texts = {
  ownInstitution: { en: 'Only people of the booking institution may book for it.', zh: '仅预约机构的人员可代其预约。' },
  ownBooking: { en: 'Residents book for themselves.', zh: '居民仅可为本人预约。' },
  elsewhere: { en: 'The referral leads to another institution.', zh: '该转诊的转入机构不是号源所属机构。' },
};
