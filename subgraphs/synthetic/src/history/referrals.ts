import { dayOf, instantAt } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { departmentCodeOf } from '../catalogues/specialties.ts';
import type { EpisodeFact, ReferralFact, ReferralStatus } from '../facts/care.ts';
import { type PlaceWorld, doctorPosition, practitionerId } from '../place-world.ts';
import { practitionerFact } from '../staff/practitioner.ts';
import { hasCentre } from '../places/specialty-centres.ts';
import type { Site } from '../places/site.ts';
import type { ReferralCourse, Subject } from './contact.ts';
import type { DressedEncounter } from './encounters.ts';
import { AS_OF_MINUTES, DOWN_ACCEPT, EXPIRY, LIMITS } from './referral-course.ts';

export interface Referrals {
  readonly referrals: readonly ReferralFact[];
  readonly episodes: readonly EpisodeFact[];
}

/** Number of the referral of a course: courses come in order, a down-referral right after its up-referral. */
export function referralNumbers(
  courses: readonly ReferralCourse[],
): ReadonlyMap<string, { up: number; down: number | null }> {
  let no = 0;
  return new Map(
    courses.map((course) => {
      no += 1;
      const up = no;
      if (course.down !== null) no += 1;
      return [course.key, { up, down: course.down === null ? null : no }];
    }),
  );
}

/** Referrals with their events, and the episodes they make (domain.md 3.4). */
export function referralsOf(
  subject: Subject,
  courses: readonly ReferralCourse[],
  encounters: readonly DressedEncounter[],
): Referrals {
  const numbers = referralNumbers(courses);
  const referrals: ReferralFact[] = [];
  const episodes: EpisodeFact[] = [];
  courses.forEach((course, index) => {
    const no = numbers.get(course.key);
    if (no === undefined) return;
    const own = encounters.filter((one) => one.contact.referral?.key === course.key);
    const up = upReferral(subject, course, { no: no.up, episodeNo: index + 1 }, own);
    referrals.push(up);
    if (course.down !== null && no.down !== null) {
      referrals.push(downReferral(subject, course, course.down, { no: no.down, episodeNo: index + 1 }, own));
    }
    episodes.push(episodeOf(course, index + 1, own));
  });
  return { referrals, episodes };
}

interface Numbers {
  readonly no: number;
  readonly episodeNo: number;
}

function upReferral(
  subject: Subject,
  planned: ReferralCourse,
  numbers: Numbers,
  own: readonly DressedEncounter[],
): ReferralFact {
  const { world } = subject;
  const draws = new Draws(world.seed, `${subject.path}/referral-fact/${planned.key}`);
  const origin = own.find((one) => one.contact.referral?.role === 'ORIGIN');
  const arrival = own.find((one) => one.contact.referral?.role === 'ARRIVAL');
  const { urgency } = planned.plan;
  const limit = LIMITS[urgency];
  const diagnosis = origin?.fact.diagnoses[0] ?? { rank: 1, icd10: 'R69', kind: 'MAIN' as const, tcmCode: null };
  const greenChannel = isGreen(world, planned.target, urgency, diagnosis.icd10);
  const course = greenChannel ? acceptedAtOnce(planned) : planned;
  const referrer = doctor(world, course.from, 'GP', draws.uniform());
  const status = statusOf(course);
  const timely = upTimely(course, limit);
  const dueAt = course.submitted + limit.accept;
  return {
    no: numbers.no,
    episodeNo: numbers.episodeNo,
    direction: 'UP',
    scope: scopeOf(world, course.from, course.target),
    fromInstitutionId: course.from.id,
    toInstitutionId: course.target.id,
    toDepartmentCode: departmentCodeOf(course.specialty),
    reason:
      urgency === 'EMERGENCY'
        ? 'ACUTE_CRITICAL'
        : draws.pick(['CAPABILITY', 'DIAGNOSIS_UNCLEAR', 'SURGERY', 'EXAM', 'CONTROL']),
    reasonText: null,
    diagnosis,
    urgency,
    greenChannel,
    status,
    referrerId: referrer.id,
    referrerName: referrer.name,
    receiverId: course.accepted === null ? null : doctor(world, course.target, course.specialty, draws.uniform()).id,
    createdAt: instantAt(course.submitted - 5),
    submittedAt: instantAt(course.submitted),
    acceptedAt: at(course.accepted),
    arrivedAt: at(course.arrived),
    completedAt: at(course.completed),
    dueAt: instantAt(dueAt),
    timely,
    fromEncounterNo: origin?.fact.no ?? null,
    toEncounterNo: arrival?.fact.no ?? null,
    events: eventsOf(course, limit.accept),
  };
}

function downReferral(
  subject: Subject,
  course: ReferralCourse,
  down: NonNullable<ReferralCourse['down']>,
  numbers: Numbers,
  own: readonly DressedEncounter[],
): ReferralFact {
  const { world } = subject;
  const draws = new Draws(world.seed, `${subject.path}/referral-fact/${course.key}/down`);
  const arrival = own.find((one) => one.contact.referral?.role === 'ARRIVAL');
  const rehab = own.find((one) => one.contact.referral?.role === 'REHAB');
  const referrer = doctor(world, course.target, course.specialty, draws.uniform());
  const late = down.submitted + DOWN_ACCEPT <= AS_OF_MINUTES;
  return {
    no: numbers.no,
    episodeNo: numbers.episodeNo,
    direction: 'DOWN',
    scope: scopeOf(world, course.target, down.to),
    fromInstitutionId: course.target.id,
    toInstitutionId: down.to.id,
    toDepartmentCode: '21',
    reason: draws.pick(['STABLE', 'REHAB']),
    reasonText: null,
    diagnosis: arrival?.fact.diagnoses[0] ?? { rank: 1, icd10: 'Z50.9', kind: 'MAIN', tcmCode: null },
    urgency: 'ROUTINE',
    greenChannel: false,
    status:
      down.end === 'COMPLETED'
        ? 'COMPLETED'
        : down.end === 'EXPIRED'
          ? 'EXPIRED'
          : down.accepted === null
            ? 'SUBMITTED'
            : 'ACCEPTED',
    referrerId: referrer.id,
    referrerName: referrer.name,
    receiverId: down.accepted === null ? null : doctor(world, down.to, 'GP', draws.uniform()).id,
    createdAt: instantAt(down.submitted),
    submittedAt: instantAt(down.submitted),
    acceptedAt: at(down.accepted),
    arrivedAt: at(down.arrived),
    completedAt: at(down.completed),
    dueAt: instantAt(down.submitted + DOWN_ACCEPT),
    timely:
      down.end === 'COMPLETED' ? true : down.end === 'EXPIRED' || late ? (down.accepted === null ? false : null) : null,
    fromEncounterNo: arrival?.fact.no ?? null,
    toEncounterNo: rehab?.fact.no ?? null,
    events: downEvents(down),
  };
}

function episodeOf(course: ReferralCourse, no: number, own: readonly DressedEncounter[]): EpisodeFact {
  const closed = course.end === 'COMPLETED' && course.down?.end === 'COMPLETED';
  const rehab = own.find((one) => one.contact.referral?.role === 'REHAB');
  const stages: EpisodeFact['stages'] = [
    { stage: 'UP', at: instantAt(course.submitted) },
    ...(course.arrived === null ? [] : [{ stage: 'TREATMENT' as const, at: instantAt(course.arrived) }]),
    ...(course.down === null ? [] : [{ stage: 'DOWN' as const, at: instantAt(course.down.submitted) }]),
    ...(rehab === undefined ? [] : [{ stage: 'REHAB' as const, at: rehab.fact.startedAt }]),
  ];
  const end = course.down?.completed ?? course.completed;
  return {
    no,
    openedAt: instantAt(course.submitted),
    closed,
    closedAt: closed ? at(course.down?.completed ?? null) : null,
    rehabInstitutionId: rehab?.fact.institutionId ?? null,
    stages,
    days: closed && end !== null ? dayOf(instantAt(end)) - dayOf(instantAt(course.submitted)) : null,
  };
}

/** Emergency or a green-list diagnosis, and a matching accredited centre (domain.md 3.4.4, 3.23). */
function isGreen(world: PlaceWorld, target: Site, urgency: string, icd10: string): boolean {
  const kind = /^I2[0-2]/.test(icd10)
    ? 'CHEST_PAIN'
    : /^I6[0-4]/.test(icd10)
      ? 'STROKE'
      : /^[ST]/.test(icd10)
        ? 'TRAUMA'
        : null;
  const listed = kind === 'CHEST_PAIN' || kind === 'STROKE';
  return kind !== null && (urgency === 'EMERGENCY' || listed) && hasCentre(world, target, kind);
}

function scopeOf(world: PlaceWorld, from: Site, to: Site): ReferralFact['scope'] {
  const own = world.network.alliancesOf.get(from.id) ?? [];
  const theirs = world.network.alliancesOf.get(to.id) ?? [];
  if (own.some((alliance) => theirs.includes(alliance))) return 'INTRA_ALLIANCE';
  return from.countyCode !== null && from.countyCode === to.countyCode ? 'INTER_ALLIANCE' : 'OUT_OF_COUNTY';
}

function statusOf(course: ReferralCourse): ReferralStatus {
  if (course.end !== 'OPEN') return course.end;
  if (course.arrived !== null) return 'IN_TREATMENT';
  return course.accepted === null ? 'SUBMITTED' : 'ACCEPTED';
}

/** By rule 3.4.7; null for cancelled ones, and for open ones that can still be in time. */
function upTimely(course: ReferralCourse, limit: { readonly accept: number; readonly arrive: number }): boolean | null {
  if (course.end === 'CANCELLED') return null;
  const acceptBy = course.submitted + limit.accept;
  if (course.accepted === null) return acceptBy <= AS_OF_MINUTES ? false : null;
  if (course.accepted > acceptBy) return false;
  const arriveBy = course.accepted + limit.arrive;
  if (course.arrived === null) return arriveBy <= AS_OF_MINUTES || course.end === 'EXPIRED' ? false : null;
  return course.arrived <= arriveBy;
}

/** The green channel accepts when submitted (domain.md 3.4.4); who was not accepted in time then simply never came. */
function acceptedAtOnce(course: ReferralCourse): ReferralCourse {
  if (course.end === 'CANCELLED') return course;
  const lapses = course.end === 'EXPIRED' && course.submitted + EXPIRY <= AS_OF_MINUTES;
  return { ...course, accepted: course.submitted, end: course.end === 'EXPIRED' && !lapses ? 'OPEN' : course.end };
}

type Event = ReferralFact['events'][number];

function event(from: ReferralStatus | null, to: ReferralStatus, minutes: number, reason: string | null = null): Event {
  return { from, to, at: instantAt(minutes), practitionerId: null, reason };
}

function eventsOf(course: ReferralCourse, acceptLimit: number): Event[] {
  const events = [event(null, 'DRAFT', course.submitted - 5), event('DRAFT', 'SUBMITTED', course.submitted)];
  if (course.end === 'CANCELLED') return [...events, event('SUBMITTED', 'CANCELLED', course.submitted + 4, '患者取消')];
  if (course.accepted === null) {
    return course.end === 'EXPIRED'
      ? [...events, event('SUBMITTED', 'EXPIRED', course.submitted + acceptLimit)]
      : events;
  }
  events.push(event('SUBMITTED', 'ACCEPTED', course.accepted));
  if (course.arrived === null) {
    return course.end === 'EXPIRED' ? [...events, event('ACCEPTED', 'EXPIRED', course.accepted + EXPIRY)] : events;
  }
  events.push(event('ACCEPTED', 'ARRIVED', course.arrived), event('ARRIVED', 'IN_TREATMENT', course.arrived));
  if (course.completed === null) return events;
  if (course.down === null) return [...events, event('IN_TREATMENT', 'COMPLETED', course.completed)];
  return [
    ...events,
    event('IN_TREATMENT', 'DOWN_PROPOSED', course.completed),
    event('DOWN_PROPOSED', 'COMPLETED', course.completed),
  ];
}

function downEvents(down: NonNullable<ReferralCourse['down']>): Event[] {
  const events = [event(null, 'DRAFT', down.submitted), event('DRAFT', 'SUBMITTED', down.submitted)];
  if (down.accepted === null) {
    return down.end === 'EXPIRED' ? [...events, event('SUBMITTED', 'EXPIRED', down.submitted + DOWN_ACCEPT)] : events;
  }
  events.push(event('SUBMITTED', 'ACCEPTED', down.accepted));
  if (down.arrived === null || down.completed === null) return events;
  return [
    ...events,
    event('ACCEPTED', 'ARRIVED', down.arrived),
    event('ARRIVED', 'IN_TREATMENT', down.arrived),
    event('IN_TREATMENT', 'COMPLETED', down.completed),
  ];
}

function at(minutes: number | null): string | null {
  return minutes === null ? null : instantAt(minutes);
}

/** A doctor with the name that stands in the personnel subgraph. */
function doctor(world: PlaceWorld, site: Site, specialty: string, u: number): { id: string; name: string } {
  const position = doctorPosition(world, site, specialty, u);
  const segment = world.staff.get(site.id)?.find((one) => position >= one.from && position < one.from + one.count);
  const id = practitionerId(site, position);
  return { id, name: segment === undefined ? '' : practitionerFact(world, site, segment, position).name };
}
