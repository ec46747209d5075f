import { Draws } from '../chance/draws.ts';
import { type Day, lastDayOf, yearOf } from '../chance/calendar.ts';
import type { Site } from '../places/site.ts';
import type { ReferralPlan } from '../years/year-plan.ts';
import { ageIn } from '../residents/person.ts';
import { leadHospital, townshipHospital } from '../years/visit-plan.ts';
import type { Contact, ReferralCourse, Subject } from './contact.ts';

/** The last minute of the demo, 2024-12-31T23:59. */
export const AS_OF_MINUTES = lastDayOf(2024) * 1440 + 1439;

const HOUR = 60;
const DAY = 1440;

/** Accept and arrive limits in minutes (domain.md 3.4.7). */
export const LIMITS = {
  EMERGENCY: { accept: 10, arrive: DAY },
  URGENT: { accept: 2 * HOUR, arrive: 3 * DAY },
  ROUTINE: { accept: DAY, arrive: 7 * DAY },
} as const;

/** A down-referral is accepted within 48 hours (domain.md 3.4.6). */
export const DOWN_ACCEPT = 48 * HOUR;
/** An accepted referral to which nobody comes lapses after seven days (domain.md 3.4.1). */
export const EXPIRY = 7 * DAY;
/** Reports of a visit are issued within two hours after it: a visit is told only when they lie before AS_OF, too. */
const REPORTS_AFTER = 2 * HOUR;

/** Offices answer within hours, also where they have a day. */
const SOON = 6 * HOUR;

/** The course of the up-referral of a year that begins at a primary visit, and the contacts it leads to. */
export function referralCourse(
  subject: Subject,
  plan: ReferralPlan,
  origin: Contact,
): { readonly course: ReferralCourse; readonly contacts: readonly Contact[] } {
  const draws = new Draws(subject.world.seed, `${subject.path}/referral/${origin.key}`);
  const target = targetOf(subject, plan, draws);
  const specialty = targetSpecialty(subject, plan, origin.day);
  const submitted = origin.day * DAY + origin.minutes + 20;
  const key = `up/${origin.key}`;
  const times = upTimes(plan, submitted, draws);
  const arrival =
    times.arrived === null ? null : arrivalContact({ key, plan, target, specialty }, times.arrived, draws);
  const completed = arrival === null ? null : (arrival.day + arrival.nights) * DAY + arrival.minutes + 90;
  const base = { key, plan, target, specialty, from: origin.site, submitted, accepted: times.accepted };
  if (arrival === null || completed === null || completed + REPORTS_AFTER > AS_OF_MINUTES) {
    const accepted = times.accepted !== null && times.accepted > AS_OF_MINUTES ? null : times.accepted;
    const expires = accepted === null ? submitted + LIMITS[plan.urgency].accept : accepted + EXPIRY;
    const end = times.end === null || (times.end === 'EXPIRED' && expires > AS_OF_MINUTES) ? 'OPEN' : times.end;
    return { course: { ...base, accepted, arrived: null, completed: null, end, down: null }, contacts: [] };
  }
  const down = plan.down ? downCourse(subject, plan, { key, completed, stay: arrival.nights > 0 }, draws) : null;
  return {
    course: { ...base, arrived: times.arrived, completed, end: 'COMPLETED', down: down?.course ?? null },
    contacts: down?.contact === null || down?.contact === undefined ? [arrival] : [arrival, down.contact],
  };
}

interface UpTimes {
  readonly accepted: number | null;
  readonly arrived: number | null;
  readonly end: 'CANCELLED' | 'EXPIRED' | null;
}

/** Timely: accepted and arrived within the limits. Not timely: expired, or arrived late (only when it did not expire before). */
function upTimes(plan: ReferralPlan, submitted: number, draws: Draws): UpTimes {
  const limit = LIMITS[plan.urgency];
  const acceptIn = 1 + Math.floor(draws.uniform() * Math.min(limit.accept - 2, SOON));
  const accepted = submitted + acceptIn;
  const arriveIn = Math.floor((0.1 + draws.uniform() * 0.85) * limit.arrive);
  const u = draws.uniform();
  if (plan.cancelled) return { accepted: null, arrived: null, end: 'CANCELLED' };
  if (plan.timely) return { accepted, arrived: accepted + arriveIn, end: null };
  if (u < 0.5) return { accepted: null, arrived: null, end: 'EXPIRED' };
  if (plan.urgency === 'ROUTINE' || u < 0.75) return { accepted, arrived: null, end: 'EXPIRED' };
  const late = limit.arrive + Math.floor(draws.uniform() * (EXPIRY - limit.arrive - HOUR));
  return { accepted, arrived: accepted + late, end: null };
}

function targetOf(subject: Subject, plan: ReferralPlan, draws: Draws): Site {
  const { world, person } = subject;
  const lead = leadHospital(world, townshipHospital(world, person));
  switch (plan.target) {
    case 'LEAD':
      return lead;
    case 'OTHER_COUNTY': {
      const others = (world.geography.countyHospitalsOf.get(person.village.slice(0, 6)) ?? []).filter(
        (one) => one !== lead,
      );
      return others.length === 0 ? lead : draws.pick(others);
    }
    case 'CITY':
      return draws.pick(world.geography.tertiary);
  }
}

function targetSpecialty(subject: Subject, plan: ReferralPlan, day: Day): string {
  if (ageIn(subject.person, yearOf(day)) < 14) return 'PAEDIATRICS';
  if (plan.urgency === 'EMERGENCY' && !plan.toStay) return 'EMERGENCY';
  return subject.person.index % 3 === 0 ? 'SURGERY' : 'INTERNAL';
}

function arrivalContact(
  what: { key: string; plan: ReferralPlan; target: Site; specialty: string },
  arrived: number,
  draws: Draws,
): Contact {
  const emergency = what.plan.urgency === 'EMERGENCY';
  const means = { C: 7.8, M: 8.9, T: 6.2, V: 0, O: 9.8 };
  const nights = what.plan.toStay ? stayNights(means[what.target.careLevel], draws) : 0;
  return {
    key: `${what.key}/arrival`,
    kind: nights > 0 ? 'INPATIENT' : emergency ? 'EMERGENCY' : 'OUTPATIENT',
    level: what.target.careLevel,
    site: what.target,
    specialty: what.specialty,
    day: Math.floor(arrived / DAY),
    minutes: arrived % DAY,
    nights,
    grant: null,
    noShow: false,
    referral: { key: what.key, role: 'ARRIVAL' },
    delivery: null,
    script: null,
  };
}

/** Days of a stay around the mean of the level (domain.md 8.4). */
export function stayNights(mean: number, draws: Draws): number {
  return Math.max(1, Math.min(58, Math.round(draws.lognormal(mean, 0.45))));
}

/** Back to the contracted primary institution: a visit, or a short rehabilitation stay after a stay. */
function downCourse(
  subject: Subject,
  plan: ReferralPlan,
  up: { readonly key: string; readonly completed: number; readonly stay: boolean },
  draws: Draws,
): { course: NonNullable<ReferralCourse['down']>; contact: Contact | null } {
  const to = townshipHospital(subject.world, subject.person);
  const submitted = up.completed;
  const accepted = submitted + 30 + Math.floor(draws.uniform() * (DOWN_ACCEPT - 60));
  const arrived = accepted + Math.floor((0.05 + draws.uniform() * 0.8) * 7 * DAY);
  const nights = up.stay && draws.chance(0.35) ? stayNights(5, draws) : 0;
  const completed = arrived + (nights > 0 ? nights * DAY : 60);
  const base = { to, submitted };
  if (!plan.downTimely) {
    const expired = submitted + DOWN_ACCEPT <= AS_OF_MINUTES;
    const end = expired ? 'EXPIRED' : 'OPEN';
    return { course: { ...base, accepted: null, arrived: null, completed: null, end }, contact: null };
  }
  if (completed + REPORTS_AFTER > AS_OF_MINUTES) {
    const known = accepted <= AS_OF_MINUTES ? accepted : null;
    return { course: { ...base, accepted: known, arrived: null, completed: null, end: 'OPEN' }, contact: null };
  }
  const contact: Contact = {
    key: `${up.key}/rehab`,
    kind: nights > 0 ? 'INPATIENT' : 'OUTPATIENT',
    level: to.careLevel,
    site: to,
    specialty: 'REHAB',
    day: Math.floor(arrived / DAY),
    minutes: arrived % DAY,
    nights,
    grant: null,
    noShow: false,
    referral: { key: up.key, role: 'REHAB' },
    delivery: null,
    script: null,
  };
  return { course: { ...base, accepted, arrived, completed, end: 'COMPLETED' }, contact };
}
