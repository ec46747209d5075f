import { firstDayOf, lastDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { CareLevel } from '../facts/places.ts';
import { ageIn } from '../residents/person.ts';
import { nearestClinic, siteFor, stayLevel, townshipHospital } from '../years/visit-plan.ts';
import type { Contact, NumberedContact, ReferralCourse, Subject } from './contact.ts';
import { referralCourse, stayNights } from './referral-course.ts';
import { scriptedContacts } from './scripts.ts';

/** All contacts of a person in order, and the courses of the referrals among them. */
export interface Timeline {
  readonly contacts: readonly NumberedContact[];
  readonly courses: readonly ReferralCourse[];
  /** Booked visits to which the person did not come. */
  readonly noShows: readonly Contact[];
}

/** Mean days of a stay by level (domain.md 8.4). */
const STAY_DAYS: Readonly<Record<CareLevel, number>> = { V: 1, T: 6.2, C: 7.8, M: 8.9, O: 9.8 };

/** Latest start on the last day, 18:00. */
const LAST_START = 1080;

/** Puts everything the plans say about a person in order of time; numbers begin at 1. */
export function timelineOf(subject: Subject): Timeline {
  const scripted = scriptedContacts(subject);
  const stays = subject.years.flatMap(({ year, plan }) => staysOf(subject, year, plan.stays));
  const hospital = apart([...stays, ...deliveriesOf(subject)]);
  const visits = subject.years.flatMap(({ year }) => visitContacts(subject, year));
  const referred = referralsOf(subject, visits, hospital);
  const services = subject.years.flatMap(({ year }) => serviceContacts(subject, year));
  const all = [...scripted.contacts, ...hospital, ...referred.visits, ...referred.added, ...services];
  const alive = outsideStays(all).filter((contact) => isInLife(subject, contact));
  const happened = alive.filter((contact) => !contact.noShow);
  const inTime = happened.map(doneBeforeTheEnd);
  const ordered = inTime.toSorted((a, b) => a.day - b.day || a.minutes - b.minutes || (a.key < b.key ? -1 : 1));
  return {
    contacts: ordered.map((contact, index) => ({ ...contact, no: index + 1 })),
    courses: [...scripted.courses, ...referred.courses],
    noShows: alive.filter((contact) => contact.noShow),
  };
}

/** A contact that is neither stay, referral nor script. */
function plain(key: string, parts: Omit<Contact, 'key' | 'nights' | 'referral' | 'delivery' | 'script'>): Contact {
  return { key, nights: 0, referral: null, delivery: null, script: null, ...parts };
}

function isInLife(subject: Subject, contact: Contact): boolean {
  const { birthDay, statusDay } = subject.person;
  return contact.day > birthDay && (statusDay === null || contact.day + contact.nights <= statusDay);
}

/** What happens on the last day is over before midnight, its reports and replies too: nothing is told beyond AS_OF. */
function doneBeforeTheEnd(contact: Contact): Contact {
  const late = contact.day === lastDayOf(2024) && contact.referral === null && contact.script === null;
  return late ? { ...contact, minutes: Math.min(contact.minutes, LAST_START) } : contact;
}

function visitContacts(subject: Subject, year: number): Contact[] {
  const plan = subject.years.find((one) => one.year === year)?.plan;
  return (plan?.visits ?? []).map((visit, number) => {
    const draws = new Draws(subject.world.seed, `${subject.path}/visit-time/${year}/${number}`);
    const grant = plan?.grants[number] ?? null;
    const first = firstDayOf(year);
    const day = grant?.day ?? first + draws.integer(0, lastDayOf(year) - first);
    const minutes = grant?.minutes ?? (visit.emergency ? draws.integer(0, 1439) : 480 + draws.integer(0, 539));
    return plain(`v/${year}/${number}`, {
      kind: visit.emergency ? 'EMERGENCY' : 'OUTPATIENT',
      level: visit.level,
      site: visit.site,
      specialty: visit.specialty,
      day,
      minutes,
      grant,
      noShow: visit.noShow && grant !== null,
    });
  });
}

/**
 * Who lies in hospital goes nowhere else: a visit on such a day is made after the stay, a booked one is missed. What
 * belongs to a referral or a script keeps its day; referrals are made so that they do not meet a stay.
 */
function outsideStays(contacts: readonly Contact[]): Contact[] {
  const last = lastDayOf(2024);
  const stays = contacts.filter((one) => one.kind === 'INPATIENT').toSorted((a, b) => a.day - b.day);
  if (stays.length === 0) return [...contacts];
  return contacts.flatMap((contact) => {
    if (contact.kind === 'INPATIENT' || contact.referral !== null || contact.script !== null) return [contact];
    let day = contact.day;
    for (const stay of stays) if (day >= stay.day && day <= stay.day + stay.nights) day = stay.day + stay.nights + 1;
    if (day === contact.day) return [contact];
    if (contact.grant !== null) return [{ ...contact, noShow: true }];
    return day > last ? [] : [{ ...contact, day }];
  });
}

function staysOf(subject: Subject, year: number, count: number): Contact[] {
  return Array.from({ length: count }, (_, number) => {
    const draws = new Draws(subject.world.seed, `${subject.path}/stay/${year}/${number}`);
    const level = stayLevel(subject.world, draws);
    const specialty = staySpecialty(subject, year, level, draws);
    const nights = stayNights(STAY_DAYS[level], draws);
    const first = firstDayOf(year);
    const span = lastDayOf(year) - first - nights;
    return {
      key: `s/${year}/${number}`,
      kind: 'INPATIENT' as const,
      level,
      site: siteFor(subject.world, subject.person, level, specialty, draws),
      specialty,
      day: first + Math.floor(((number + draws.uniform()) / count) * span),
      minutes: 480 + draws.integer(0, 600),
      nights,
      grant: null,
      noShow: false,
      referral: null,
      delivery: null,
      script: null,
    };
  });
}

function staySpecialty(subject: Subject, year: number, level: CareLevel, draws: Draws): string {
  const u = draws.uniform();
  if (ageIn(subject.person, year) < 14) return 'PAEDIATRICS';
  if (level === 'T') return u < 0.75 ? 'INTERNAL' : 'TCM';
  if (u < 0.62) return 'INTERNAL';
  return u < 0.86 ? 'SURGERY' : 'TCM';
}

/** A birth is a stay at the lead hospital's obstetrics. */
function deliveriesOf(subject: Subject): Contact[] {
  const { person, world } = subject;
  const day = person.pregnancy?.deliveryDay;
  if (
    day === null ||
    day === undefined ||
    !subject.years.some(({ year }) => day >= firstDayOf(year) && day <= lastDayOf(year))
  ) {
    return [];
  }
  const draws = new Draws(world.seed, `${subject.path}/delivery`);
  const caesarean = draws.chance(0.42);
  const nights = Math.min(caesarean ? draws.integer(5, 7) : draws.integer(2, 4), lastDayOf(2024) - day);
  const level: CareLevel = draws.chance(0.85) ? 'C' : 'M';
  const site = level === 'M' ? draws.pick(world.geography.tertiary) : siteFor(world, person, 'C', 'OBGYN', draws);
  return [
    {
      key: 'delivery',
      kind: 'INPATIENT',
      level,
      site,
      specialty: 'OBGYN',
      day,
      minutes: draws.integer(0, 1439),
      nights: Math.max(1, nights),
      grant: null,
      noShow: false,
      referral: null,
      delivery: caesarean ? 'CAESAREAN' : 'VAGINAL',
      script: null,
    },
  ];
}

/** Stays in order; one that would overlap the one before is left out. */
function apart(stays: readonly Contact[]): Contact[] {
  const kept: Contact[] = [];
  const births = stays.filter((stay) => stay.delivery !== null);
  for (const stay of [...births, ...stays.filter((one) => one.delivery === null)]) {
    const clash = kept.some((one) => stay.day <= one.day + one.nights + 1 && one.day <= stay.day + stay.nights + 1);
    if (!clash) kept.push(stay);
  }
  return kept;
}

/** Gives the referral of each year to a primary visit, and adds the contacts it leads to. */
function referralsOf(
  subject: Subject,
  visits: readonly Contact[],
  hospital: readonly Contact[],
): { visits: Contact[]; added: Contact[]; courses: ReferralCourse[] } {
  const courses: ReferralCourse[] = [];
  const added: Contact[] = [];
  const origins = new Map<string, Contact>();
  for (const { year, plan } of subject.years) {
    if (plan.referral === null) continue;
    const primary = visits.filter(
      (one) =>
        (one.level === 'V' || one.level === 'T') && one.kind === 'OUTPATIENT' && one.key.startsWith(`v/${year}/`),
    );
    const origin = primary.find((one) => isInLife(subject, one));
    if (origin === undefined) continue;
    const { course, contacts } = referralCourse(subject, plan.referral, origin);
    if (contacts.some((one) => overlaps(one, hospital))) continue;
    courses.push(course);
    added.push(...contacts);
    origins.set(origin.key, { ...origin, referral: { key: course.key, role: 'ORIGIN' } });
  }
  return { visits: visits.map((one) => origins.get(one.key) ?? one), added, courses };
}

function overlaps(stay: Contact, others: readonly Contact[]): boolean {
  return others.some((one) => stay.day <= one.day + one.nights && one.day <= stay.day + stay.nights);
}

/** Home visits by the township team, online consultations with the family doctor. */
function serviceContacts(subject: Subject, year: number): Contact[] {
  const { world, person } = subject;
  const plan = subject.years.find((one) => one.year === year)?.plan;
  const hospital = townshipHospital(world, person);
  const contact = (kind: 'HOME' | 'ONLINE', number: number, count: number): Contact => {
    const draws = new Draws(world.seed, `${subject.path}/${kind}/${year}/${number}`);
    const first = firstDayOf(year);
    const day = first + Math.floor(((number + draws.uniform()) / count) * (lastDayOf(year) - first + 1));
    const atHome = kind === 'HOME';
    const clinic = nearestClinic(world, person, hospital);
    const site = atHome && draws.chance(0.5) ? clinic : hospital;
    return plain(`${atHome ? 'h' : 'o'}/${year}/${number}`, {
      kind,
      level: site.careLevel,
      site,
      specialty: 'GP',
      day,
      minutes: atHome ? 540 + draws.integer(0, 420) : 480 + draws.integer(0, 780),
      grant: null,
      noShow: false,
    });
  };
  const homes = plan?.homeVisits ?? 0;
  const online = plan?.onlineConsultations ?? 0;
  return [
    ...Array.from({ length: homes }, (_, number) => contact('HOME', number, homes)),
    ...Array.from({ length: online }, (_, number) => contact('ONLINE', number, online)),
  ];
}
