import { type Day, firstDayOf, lastDayOf, weekdayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { evenly, quota, shuffled, systematicCounts } from '../chance/sampling.ts';
import type { SlotSessionFact } from '../facts/care.ts';
import type { PlaceWorld } from '../place-world.ts';
import { meanOverBands } from '../places/place-model.ts';
import type { BlockPlan } from '../residents/block.ts';
import { ageIn, BLOCK_SIZE, type PersonPlan } from '../residents/person.ts';
import { type SlotGrant, type SlotRequest, grantKey, planSlots } from './slot-plan.ts';
import { type VisitPlan, bandIn, meanStays, visitsOf } from './visit-plan.ts';

/** How an up-referral goes; made for the block together, so that rates come out evenly (domain.md 8.5). */
export interface ReferralPlan {
  readonly urgency: 'ROUTINE' | 'URGENT' | 'EMERGENCY';
  readonly timely: boolean;
  readonly cancelled: boolean;
  readonly target: 'LEAD' | 'OTHER_COUNTY' | 'CITY';
  readonly toStay: boolean;
  readonly down: boolean;
  readonly downTimely: boolean;
}

/** A booked time on a shared large unit. */
export interface ReservationPlan {
  readonly unit: number;
  readonly day: Day;
  readonly minutes: number;
}

/** What happens to a person in a year. */
export interface PersonYear {
  readonly visits: readonly VisitPlan[];
  readonly grants: readonly (SlotGrant | null)[];
  readonly stays: number;
  readonly referral: ReferralPlan | null;
  readonly homeVisits: number;
  readonly onlineConsultations: number;
  readonly reservations: readonly ReservationPlan[];
}

export interface YearPlan {
  readonly year: number;
  readonly people: readonly PersonYear[];
  readonly sessions: readonly SlotSessionFact[];
}

/** Rates per 10,000 residents and year that the number of visits does not scale (domain.md 8.7). */
const HOME_VISITS = 0.07;
const ONLINE = 0.09;
const RESERVATIONS = 0.26;

/** Share of up-referrals that end in a hospital bed. */
export const REFERRAL_STAYS = 0.35;

/** Plans one year of a block. */
export function planYear(
  world: PlaceWorld,
  block: BlockPlan,
  year: number,
  scale: number,
  residents: number,
): YearPlan {
  const path = `${world.model.key}/year/${year}/${block.range.number}/${block.range.end}`;
  const draws = new Draws(world.seed, path);
  const visits = block.people.map((person) => visitsOf(world, person, year, scale));
  const referrals = referralPlans(world, block, year, visits, draws);
  const { grants, sessions } = planSlots(world, path, year, requestsOf(block, visits));
  const homes = counted(block, HOME_VISITS, (person) => homeWeight(person, year), draws);
  const online = counted(block, ONLINE, (person) => onlineWeight(person, year), draws);
  const reservations = reservationPlans(world, block, year, { scale, residents }, draws);
  const stayFactor = freeStays(world, scale);
  return {
    year,
    sessions,
    people: block.people.map((person, index) => ({
      visits: visits[index] ?? [],
      grants: (visits[index] ?? []).map((_, visit) => grants.get(grantKey(person.index, visit)) ?? null),
      stays: person.fixture === null ? draws.poisson(meanStays(person, year, scale) * stayFactor) : 0,
      referral: referrals[index] ?? null,
      homeVisits: homes[index] ?? 0,
      onlineConsultations: online[index] ?? 0,
      reservations: reservations.get(person.index) ?? [],
    })),
  };
}

function requestsOf(block: BlockPlan, visits: readonly (readonly VisitPlan[])[]): SlotRequest[] {
  return block.people.flatMap((person, index) =>
    (visits[index] ?? []).flatMap((visit, number) =>
      visit.booked
        ? [
            {
              person: person.index,
              visit: number,
              site: visit.site,
              specialty: visit.specialty,
              contracted: person.contracted,
            },
          ]
        : [],
    ),
  );
}

/** UP: 2.0 % of primary visits of the contracted, 1.2 % of those of others; at most one a person and year. */
function referralPlans(
  world: PlaceWorld,
  block: BlockPlan,
  year: number,
  visits: readonly (readonly VisitPlan[])[],
  draws: Draws,
): (ReferralPlan | null)[] {
  const weights = block.people.map((person, index) => {
    if (person.fixture !== null || person.status !== 'ACTIVE' || ageIn(person, year) < 1) return 0;
    const primary = (visits[index] ?? []).filter((visit) => visit.level === 'V' || visit.level === 'T').length;
    return Math.min(1, primary * (person.contracted ? 0.02 : 0.012));
  });
  const counts = systematicCounts(weights, draws.uniform());
  const starts = Array.from({ length: 7 }, () => draws.uniform());
  const at = (which: number, number: number) => evenly(starts[which] ?? 0, number * (which + 1));
  let number = 0;
  return counts.map((count) => {
    if (count === 0) return null;
    number += 1;
    const urgency = at(0, number);
    const target = at(3, number);
    return {
      urgency: urgency < 0.06 ? 'EMERGENCY' : urgency < 0.4 ? 'URGENT' : 'ROUTINE',
      timely: evenly(starts[1] ?? 0, number) < world.model.referrals.timely,
      cancelled: at(2, number) < 0.03,
      target: target < 0.8 ? 'LEAD' : target < 0.88 ? 'OTHER_COUNTY' : 'CITY',
      toStay: at(4, number) < REFERRAL_STAYS,
      down: at(5, number) < world.model.referrals.down,
      downTimely: evenly(starts[6] ?? 0, number) < world.model.referrals.timely,
    };
  });
}

/** Stays that come from referrals and births are part of the expected number; this share is left to chance. */
function freeStays(world: PlaceWorld, scale: number): number {
  const expected = meanOverBands(world.model, (band) => band.admissions) * scale;
  const primary = meanOverBands(world.model, (band) => band.visits) * world.model.visitFactor * 0.58 * scale;
  const fixed = world.model.births + primary * 0.016 * REFERRAL_STAYS;
  return Math.max(0.3, 1 - fixed / expected);
}

function counted(block: BlockPlan, rate: number, weight: (person: PersonPlan) => number, draws: Draws): number[] {
  const wanted = quota(rate, block.range.start, block.range.end);
  const weights = block.people.map((person) =>
    person.status === 'ACTIVE' && person.fixture === null ? weight(person) : 0,
  );
  const total = weights.reduce((sum, one) => sum + one, 0);
  if (total === 0) return weights;
  return systematicCounts(
    weights.map((one) => (one * wanted) / total),
    draws.uniform(),
  );
}

/** Home visits go to the vulnerable, above all to the contracted ones (S3-49). */
function homeWeight(person: PersonPlan, year: number): number {
  if (person.vulnerability.length > 0) return person.contracted ? 6 : 2;
  return person.contracted && ageIn(person, year) >= 75 ? 0.5 : 0;
}

function onlineWeight(person: PersonPlan, year: number): number {
  const age = ageIn(person, year);
  return person.contracted && age >= 18 && age < 75 ? 1 : 0;
}

const OPEN_FROM = 8 * 60;
const OPEN_MINUTES = 9 * 60;

/**
 * Reservations of shared CT and MRI: every unit has a fixed grid of times in the year, and block b of B owns every B-th
 * of them, so no two reservations can overlap. When the grid is full the booking is dropped.
 */
function reservationPlans(
  world: PlaceWorld,
  block: BlockPlan,
  year: number,
  size: { readonly scale: number; readonly residents: number },
  draws: Draws,
): ReadonlyMap<number, ReservationPlan[]> {
  const units = world.largeUnits;
  const blocks = Math.ceil(size.residents / BLOCK_SIZE);
  const days = workdaysOf(year);
  const used = new Map<number, number>();
  const people = shuffled(
    block.people.filter((one) => one.status === 'ACTIVE' && ageIn(one, year) >= 18 && one.fixture === null),
    draws,
  );
  const weights = people.map((one) => bandIn(one, year)?.visits ?? 0);
  const total = weights.reduce((sum, one) => sum + one, 0);
  const wanted = RESERVATIONS * size.scale * (block.range.end - block.range.start);
  const counts = systematicCounts(
    weights.map((one) => (one * wanted) / Math.max(1, total)),
    draws.uniform(),
  );
  const plans = new Map<number, ReservationPlan[]>();
  people.forEach((person, index) => {
    for (let number = 0; number < (counts[index] ?? 0); number += 1) {
      const own = units.flatMap((unit, at) => (unit.site.countyCode === person.village.slice(0, 6) ? [at] : []));
      const unit = own[draws.integer(0, Math.max(0, own.length - 1))];
      const kind = unit === undefined ? undefined : units[unit]?.kind;
      if (unit === undefined || kind === undefined) continue;
      const step = kind === 'MRI' ? 35 : 20;
      const perDay = Math.floor(OPEN_MINUTES / step);
      const nth = used.get(unit) ?? 0;
      const position = nth * blocks + block.range.number;
      if (position >= days.length * perDay) continue;
      used.set(unit, nth + 1);
      const spread = spreadOut(position, days.length * perDay);
      const day = days[Math.floor(spread / perDay)] ?? firstDayOf(year);
      plans.set(person.index, [
        ...(plans.get(person.index) ?? []),
        { unit, day, minutes: OPEN_FROM + (spread % perDay) * step },
      ]);
    }
  });
  return plans;
}

/** A fixed permutation of 0..size−1 that sends neighbours far apart. */
function spreadOut(position: number, size: number): number {
  let step = Math.floor(size * 0.618);
  while (commonDivisor(step, size) !== 1) step += 1;
  return (position * step) % size;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function workdaysOf(year: number): Day[] {
  const first = firstDayOf(year);
  return Array.from({ length: lastDayOf(year) - first + 1 }, (_, index) => first + index).filter(
    (day) => weekdayOf(day) <= 5,
  );
}
