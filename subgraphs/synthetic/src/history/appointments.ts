import { instantOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { departmentCodeOf } from '../catalogues/specialties.ts';
import type { AppointmentFact } from '../facts/care.ts';
import type { ContractFact } from '../facts/public-health.ts';
import type { Contact, Subject } from './contact.ts';
import type { Timeline } from './timeline.ts';

const DAY = 1440;
const OPENS = 14 * DAY - 8 * 60;

interface Booking {
  readonly contact: Contact;
  readonly encounterNo: number | null;
}

/** Bookings in order of their slot: visits that took place, and those nobody came to. */
export function bookingsOf(timeline: Timeline): Booking[] {
  const served = timeline.contacts
    .filter((one) => one.grant !== null)
    .map((contact) => ({ contact, encounterNo: contact.no }));
  const missed = timeline.noShows.map((contact) => ({ contact, encounterNo: null }));
  return [...served, ...missed].toSorted(
    (a, b) =>
      a.contact.day - b.contact.day ||
      a.contact.minutes - b.contact.minutes ||
      (a.contact.key < b.contact.key ? -1 : 1),
  );
}

/** Number of the appointment of each booked contact, by its key. */
export function appointmentNumbers(timeline: Timeline): ReadonlyMap<string, number> {
  return new Map(bookingsOf(timeline).map((booking, index) => [booking.contact.key, index + 1]));
}

/** Appointments, booked within the window of their channel (domain.md 3.5.2). */
export function appointmentsOf(
  subject: Subject,
  timeline: Timeline,
  contracts: readonly ContractFact[],
): AppointmentFact[] {
  return bookingsOf(timeline).flatMap(({ contact, encounterNo }, index): AppointmentFact[] => {
    const { grant } = contact;
    if (grant === null) return [];
    const draws = new Draws(subject.world.seed, `${subject.path}/appointment/${contact.key}`);
    const visit = grant.day * DAY + grant.minutes;
    const dayStart = grant.day * DAY;
    const date = instantOf(grant.day, 0).slice(0, 10);
    const contract = contracts.find((one) => one.validFrom <= date && date <= (one.terminatedOn ?? one.validTo));
    const [from, to] = windowOf(grant.channel, dayStart, visit);
    const booked = from + Math.floor(draws.uniform() * Math.max(1, to - from));
    return [
      {
        no: index + 1,
        slotId: grant.slotId,
        institutionId: contact.site.id,
        departmentCode: departmentCodeOf(contact.specialty),
        start: instantOf(grant.day, grant.minutes),
        bookedByInstitutionId: bookerOf(subject, grant.channel),
        referralNo: null,
        contractNo: contract?.no ?? null,
        priority: contract === undefined ? 4 : 3,
        channel: grant.channel,
        status: encounterNo === null ? 'NO_SHOW' : 'SERVED',
        bookedAt: instantOf(Math.floor(booked / DAY), booked % DAY),
        checkedInAt: encounterNo === null ? null : instantOf(grant.day, Math.max(0, grant.minutes - 15)),
        encounterNo,
      },
    ];
  });
}

/** First and last minute in which a slot of a channel can be booked by whom books it here. */
function windowOf(channel: AppointmentFact['channel'], dayStart: number, visit: number): readonly [number, number] {
  const opens = dayStart - OPENS;
  switch (channel) {
    case 'LEAD_HOSPITAL':
      return [opens, dayStart - 10 * DAY];
    case 'ALLIANCE':
      return [opens, dayStart - 2 * DAY + 12 * 60];
    case 'PUBLIC':
    case 'SIGNED':
      return [opens, visit - 30];
  }
}

function bookerOf(subject: Subject, channel: AppointmentFact['channel']): string | null {
  if (channel === 'LEAD_HOSPITAL') return subject.fact.countyHospitalId;
  return channel === 'ALLIANCE' ? subject.fact.townshipHospitalId : null;
}
