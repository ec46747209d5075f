import { type Day, dateOf, firstDayOf, instantOf, lastDayOf, workday } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import { priceItem } from '../catalogues/price-items.ts';
import { departmentCodeOf } from '../catalogues/specialties.ts';
import type { SlotFact, SlotSessionFact } from '../facts/care.ts';
import { type PlaceWorld, doctorAt } from '../place-world.ts';
import type { Site } from '../places/site.ts';

/** A visit that wants a slot: whose, which of the year, and what it is for. */
export interface SlotRequest {
  readonly person: number;
  readonly visit: number;
  readonly site: Site;
  readonly specialty: string;
  readonly contracted: boolean;
}

/** The slot a visit got. */
export interface SlotGrant {
  readonly slotId: string;
  readonly channel: SlotFact['channel'];
  readonly day: Day;
  readonly minutes: number;
  readonly practitionerId: string;
}

export interface SlotPlan {
  readonly grants: ReadonlyMap<string, SlotGrant>;
  readonly sessions: readonly SlotSessionFact[];
}

/** Share of all slots that are taken: 14,000 appointments in 22,000 slots (domain.md 8.7). */
const TAKEN = 0.636;
const MOST_PER_SESSION = 13;
const SLOT_MINUTES = 10;
const LEAD_SHARE_PERCENT = 60;

/** Key of a person's visit in the grants. */
export const grantKey = (person: number, visit: number): string => `${person}/${visit}`;

/** Makes consulting sessions for the bookings of a block and seats every booking in a slot of its own. */
export function planSlots(world: PlaceWorld, path: string, year: number, requests: readonly SlotRequest[]): SlotPlan {
  const groups = new Map<string, SlotRequest[]>();
  for (const request of requests) {
    const key = `${request.site.id}/${request.specialty}`;
    const group = groups.get(key) ?? [];
    group.push(request);
    groups.set(key, group);
  }
  const grants = new Map<string, SlotGrant>();
  const sessions: SlotSessionFact[] = [];
  for (const [key, group] of groups) {
    const count = Math.ceil(group.length / MOST_PER_SESSION);
    const days = new Set<Day>();
    for (let number = 0; number < count; number += 1) {
      const draws = new Draws(world.seed, `${path}/slots/${key}/${number}`);
      const day = sessionDay(year, number, count, days, draws);
      const seated = oneEach(group.filter((_, index) => index % count === number));
      sessions.push(seatSession(world, seated, day, draws, grants));
    }
  }
  return { grants, sessions };
}

/** How the slots of a session are split; the same arithmetic as rule 3.5, in whole percents. */
export function splitSession(total: number, ratioPercent: number): { released: number; lead: number } {
  const released = Math.ceil((total * ratioPercent) / 100);
  return { released, lead: Math.ceil((released * LEAD_SHARE_PERCENT) / 100) };
}

function sessionDay(year: number, number: number, count: number, taken: Set<Day>, draws: Draws): Day {
  const first = firstDayOf(year);
  const last = lastDayOf(year);
  let day = workday(first + Math.floor(((number + draws.uniform()) / count) * (last - first + 1)));
  while (taken.has(day) || day > last) day = day > last ? workday(first + taken.size) : workday(day + 1);
  taken.add(day);
  return day;
}

/** At most one active appointment per resident, department and day (domain.md 3.5.3): the second comes without one. */
function oneEach(requests: readonly SlotRequest[]): SlotRequest[] {
  const seen = new Set<number>();
  return requests.filter((request) => !seen.has(request.person) && seen.add(request.person).has(request.person));
}

function seatSession(
  world: PlaceWorld,
  requests: readonly SlotRequest[],
  day: Day,
  draws: Draws,
  grants: Map<string, SlotGrant>,
): SlotSessionFact {
  const [first] = requests;
  if (first === undefined) throw new RangeError('A session needs a booking');
  const total = Math.max(requests.length, Math.round(requests.length / TAKEN));
  const ratioPercent = Math.round(world.model.slots.ratio * 100);
  const { released, lead } = splitSession(total, ratioPercent);
  const wanted = Math.max(Math.round(released * world.model.slots.used), requests.length - (total - released));
  const intoReleased = Math.min(requests.length, released, wanted);
  const practitionerId = doctorAt(world, first.site, first.specialty, draws.uniform());
  const start = draws.chance(0.7) ? 8 * 60 : 14 * 60;
  const ordered = requests.toSorted((a, b) => Number(b.contracted) - Number(a.contracted));
  const slots = Array.from({ length: total }, (_, position): SlotFact => {
    const index = position < released ? position : intoReleased + position - released;
    const request = position < intoReleased || position >= released ? ordered[index] : undefined;
    const minutes = start + position * SLOT_MINUTES;
    const id = publicId('sl', draws);
    const channel = position < lead ? 'LEAD_HOSPITAL' : position < released ? 'ALLIANCE' : 'PUBLIC';
    if (request !== undefined) {
      grants.set(grantKey(request.person, request.visit), { slotId: id, channel, day, minutes, practitionerId });
    }
    return {
      id,
      start: instantOf(day, minutes),
      end: instantOf(day, minutes + SLOT_MINUTES),
      capacity: 1,
      booked: request === undefined ? 0 : 1,
      channel,
    };
  });
  return {
    place: world.model.key,
    institutionId: first.site.id,
    departmentCode: departmentCodeOf(first.specialty),
    practitionerId,
    resource: 'CLINIC',
    date: dateOf(day),
    ratio: world.model.slots.ratio.toFixed(2),
    leadShare: '0.60',
    price: priceItem('CONSULT').approvedPrice[first.site.careLevel],
    slots,
  };
}
