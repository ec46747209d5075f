import { nextNo, refuse, type Mutation, type Write, type Written } from '@hutong/kit';
import { localDay } from '../rules/instant.ts';
import type { BookAppointmentInput } from '../schema-types.ts';
import { appointments } from '../tables/appointment.ts';
import { cancelAppointment, checkInAppointment, completeAppointment, markNoShows } from './appointment-step.ts';
import { slotBookers } from './slot-bookers.ts';
import { appointmentsOfDay, placeAppointment, slotRefusal, slotTexts, windowsOf } from './slot-booking.ts';
import { closeSlot } from './slot-closing.ts';
import { checkSlotRequest } from './slot-request.ts';
import { moveUpBefore } from './slot-waiting.ts';
import { publishSlots, setSlotReleasePolicy } from './slots.ts';
import { endWaiting } from './waiting-record.ts';

/** Mutations of slots and appointments 号源、预约 (domain.md 3.5); `markNoShows` is the system's own. */
export const appointmentWrites = (mutation: Mutation) => ({
  setSlotReleasePolicy: mutation('setSlotReleasePolicy', setSlotReleasePolicy, {
    slot_release_policies_once: ['VERSION_CONFLICT', 'effectiveFrom'],
  }),
  publishSlots: mutation('publishSlots', publishSlots),
  closeSlot: mutation('closeSlot', closeSlot),
  bookAppointment: mutation('bookAppointment', bookAppointment),
  cancelAppointment: mutation('cancelAppointment', cancelAppointment),
  checkInAppointment: mutation('checkInAppointment', checkInAppointment),
  completeAppointment: mutation('completeAppointment', completeAppointment),
  markNoShows: mutation('markNoShows', markNoShows),
});

/** Books a place: of two who want the last one, one gets it (domain.md 3.5.3). */
async function bookAppointment(input: BookAppointmentInput, write: Write): Promise<Written> {
  const { slot, booker, grounds } = await checkSlotRequest(input, write);
  const { residentId } = input;
  // Waits for whoever books for the same resident, so that of two bookings of a day the second sees the first.
  const no = await nextNo(write, appointments, residentId);
  const day = localDay(slot.start);
  const windows = await windowsOf(slot, write);
  const bookers = await slotBookers(booker === null ? [] : [booker], slot.institutionId, write);
  const claim = {
    booker: bookers.get(booker?.id ?? '') ?? 'PUBLIC',
    residentSigned: grounds.contractNo !== null,
    appointments: await appointmentsOfDay([residentId], day, write),
  } as const;
  // Who waits comes before who books: a window may have opened since the list was last served.
  const open = slotRefusal(slot, claim, windows, write) === null;
  const left = open ? await moveUpBefore(residentId, slot, write) : slot;
  const refusal = slotRefusal(left, claim, windows, write);
  if (refusal !== null) refuse(refusal.code, refusal.field, slotTexts[refusal.code]);
  const booking = { residentId, no, bookedByInstitutionId: booker?.id ?? null, grounds };
  const { id } = await placeAppointment(left, booking, windows, write);
  await endWaiting(residentId, { departmentId: slot.departmentId, day }, { appointmentNo: no }, write);
  return { id };
}
