import {
  actsFor,
  createFaults,
  encodeOwnedId,
  isPublicId,
  nextNo,
  refuse,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq, gt, gte, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { localDay, plusMinutes } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import { policyInForce } from '../rules/release-policy.ts';
import { type ServedAlliance, slotBooker } from '../rules/slot-booker.ts';
import { bookingRefusal } from '../rules/slot-booking.ts';
import { currentChannel, DEFAULT_SLOT_WINDOWS, type SlotBooker, type SlotWindows } from '../rules/slot-release.ts';
import type { BookAppointmentInput, ReferralStatus } from '../schema-types.ts';
import { alliances } from '../tables/alliance.ts';
import { type AppointmentSlotRow, appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { pairingAgreements } from '../tables/planning.ts';
import { cancelAppointment, checkInAppointment, completeAppointment, markNoShows } from './appointment-step.ts';
import { expectOpenPlace } from './care-checks.ts';
import { alliancesByMember, institutionsById } from './places.ts';
import { closeSlot } from './slot-closing.ts';
import { tellSlot } from './slot-places.ts';
import { publishSlots, setSlotReleasePolicy } from './slots.ts';
import { type WaitingGrounds, waitingGrounds } from './waiting.ts';

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

/** States in which a referral gives a booking its place: the receiving institution waits for the resident. */
const expected: ReadonlySet<ReferralStatus> = new Set(['ACCEPTED', 'SCHEDULED']);

/** Books a place: of two who want the last one, one gets it (domain.md 3.5.3). */
async function bookAppointment(input: BookAppointmentInput, write: Write): Promise<Written> {
  const faults = createFaults();
  const [slot] = await write.tx.select().from(appointmentSlots).where(eq(appointmentSlots.id, input.slotId));
  faults.expect(slot !== undefined, 'NOT_FOUND', 'slotId');
  faults.expect(isPublicId('rs', input.residentId), 'NOT_FOUND', 'residentId');
  const bookerId = bookerOf(input, write, faults);
  const places = await institutionsById(
    write,
    [bookerId, slot?.institutionId].flatMap((id) => id ?? []),
  );
  if (slot !== undefined) expectOpenPlace(places.get(slot.institutionId), 'slotId', write, faults);
  const booker = bookerId === null ? null : places.get(bookerId);
  if (booker !== null) expectOpenPlace(booker, 'bookedByInstitutionId', write, faults);
  const grounds = await waitingGrounds(input, expected, write, faults);
  const elsewhere =
    grounds.referral !== undefined && slot !== undefined && grounds.referral.toId !== slot.institutionId;
  faults.expect(!elsewhere, 'VALIDATION_FAILED', 'referralId', texts.elsewhere);
  faults.throwIfAny();
  return slot === undefined
    ? refuse('NOT_FOUND', 'slotId')
    : book(input, { slot, booker: booker ?? null, grounds }, write);
}

interface Booking {
  readonly slot: AppointmentSlotRow;
  readonly booker: InstitutionRow | null;
  readonly grounds: WaitingGrounds;
}

async function book({ residentId }: BookAppointmentInput, booking: Booking, write: Write): Promise<Written> {
  const { slot, booker, grounds } = booking;
  const { tx, clock } = write;
  // Waits for whoever books for the same resident, so that of two bookings of a day the second sees the first.
  const no = await nextNo(write, appointments, residentId);
  const windows = await windowsOf(slot, write);
  const refusal = bookingRefusal(
    { ...slot, start: plusMinutes(slot.start, 0) },
    {
      at: clock.instant,
      booker: await bookerClass(booker, slot.institutionId, write),
      residentSigned: grounds.contractNo !== null,
      appointments: await appointmentsThatDay(residentId, slot, write),
    },
    windows,
  );
  if (refusal !== null) refuse(refusal.code, refusal.field, texts[refusal.code]);
  await takePlace(slot, write);
  const visitDay = localDay(slot.start);
  const channel = currentChannel({ channel: slot.channel, visitDay, at: clock.instant }, windows);
  await tx.insert(appointments).values({
    residentId,
    no,
    slotId: slot.id,
    bookedByInstitutionId: booker?.id ?? null,
    referralNo: grounds.referral?.no ?? null,
    contractNo: grounds.contractNo,
    priority: grounds.priority,
    channel,
    status: 'BOOKED',
    bookedAt: clock.instant,
    updatedAt: clock.instant,
  });
  const id = encodeOwnedId('ap', residentId, no);
  const payload = { status: 'BOOKED', slotId: slot.id, channel, version: 1 };
  write.change({ type: 'Appointment', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'Appointment', id, residentId, from: null, to: 'BOOKED' });
  return { id };
}

/** Who books: an institution of the caller's, or nobody but the resident. */
function bookerOf(input: BookAppointmentInput, { caller }: Write, faults: Faults): string | null {
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

/** As what somebody books; what belongs to a township hospital books as it does. */
async function bookerClass(booker: InstitutionRow | null, slotOwnerId: string, write: Write): Promise<SlotBooker> {
  if (booker === null) return 'PUBLIC';
  const ids = [booker.id, booker.parentInstitutionId].flatMap((id) => id ?? []);
  const found = await alliancesByMember(write, [...ids, slotOwnerId]);
  const served = await servedAlliances(slotOwnerId, found.get(slotOwnerId) ?? [], write);
  return slotBooker({ id: booker.id, allianceIds: ids.flatMap((id) => found.get(id) ?? []) }, served);
}

/** The alliances an institution releases slots to: its own, and those whose lead it is paired with. */
async function servedAlliances(
  institutionId: string,
  own: readonly string[],
  { tx, clock }: Write,
): Promise<ServedAlliance[]> {
  const paired = tx
    .select({ id: pairingAgreements.leadHospitalId })
    .from(pairingAgreements)
    .where(
      and(
        eq(pairingAgreements.cityHospitalId, institutionId),
        lte(pairingAgreements.from, clock.day),
        or(isNull(pairingAgreements.to), gte(pairingAgreements.to, clock.day)),
      ),
    );
  return tx
    .select({ id: alliances.id, leadId: alliances.leadId })
    .from(alliances)
    .where(
      and(
        or(inArray(alliances.id, [...own]), inArray(alliances.leadId, paired)),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, clock.day)),
      ),
    );
}

/** The windows of the policy in force on the day of the visit. */
async function windowsOf(slot: AppointmentSlotRow, { tx }: Write): Promise<SlotWindows> {
  const policies = await tx
    .select()
    .from(slotReleasePolicies)
    .where(eq(slotReleasePolicies.institutionId, slot.institutionId));
  return policyInForce(policies, slot.departmentId, localDay(slot.start)) ?? DEFAULT_SLOT_WINDOWS;
}

async function appointmentsThatDay(residentId: string, slot: AppointmentSlotRow, { tx }: Write) {
  const day = localDay(slot.start);
  return tx
    .select({
      departmentId: appointmentSlots.departmentId,
      start: appointmentSlots.start,
      status: appointments.status,
    })
    .from(appointments)
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
    .where(
      and(
        eq(appointments.residentId, residentId),
        gte(appointmentSlots.start, dayStart(day)),
        lt(appointmentSlots.start, dayStart(nextDay(day))),
      ),
    );
}

/** Takes one place if there is one: the row is judged as it is at this moment, whatever was read before (domain.md 3.5.3). */
async function takePlace({ id }: AppointmentSlotRow, write: Write): Promise<void> {
  const [taken] = await write.tx
    .update(appointmentSlots)
    .set({
      bookedCount: sql`${appointmentSlots.bookedCount} + 1`,
      status: sql`case when ${appointmentSlots.bookedCount} + 1 = ${appointmentSlots.capacity} then 'FULL' else 'OPEN' end`,
      version: sql`${appointmentSlots.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(
      and(
        eq(appointmentSlots.id, id),
        lt(appointmentSlots.bookedCount, appointmentSlots.capacity),
        ne(appointmentSlots.status, 'CLOSED'),
      ),
    )
    .returning();
  if (taken === undefined) return refuse('SLOT_FULL', 'slotId');
  tellSlot(taken, 'OPEN', write);
}

const texts = {
  ownInstitution: { en: 'Only people of the booking institution may book for it.', zh: '仅预约机构的人员可代其预约。' },
  ownBooking: { en: 'Residents book for themselves.', zh: '居民仅可为本人预约。' },
  elsewhere: { en: 'The referral leads to another institution.', zh: '该转诊的转入机构不是号源所属机构。' },
  VALIDATION_FAILED: { en: 'The session is cancelled or has begun.', zh: '该时段已停诊或已开始。' },
  SCHEDULE_CONFLICT: {
    en: 'The resident already has an appointment in this department on that day.',
    zh: '该居民当日在此科室已有预约。',
  },
  CHANNEL_CLOSED: undefined,
  SLOT_FULL: undefined,
};
