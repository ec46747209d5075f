import { firstDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { CareLevel } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import { AGE_BANDS, type AgeBand, bandOf } from '../places/place-model.ts';
import type { Site } from '../places/site.ts';
import { ageIn, type PersonPlan } from '../residents/person.ts';
import { residentPath } from '../residents/resident.ts';

/** One outpatient or emergency visit of a year before it has a day. */
export interface VisitPlan {
  readonly level: CareLevel;
  readonly site: Site;
  readonly specialty: string;
  readonly emergency: boolean;
  /** A county or city visit that was booked ahead. */
  readonly booked: boolean;
  /** Booked, but the person did not come. */
  readonly noShow: boolean;
}

/** Points that contracted residents move from county to village and township (domain.md 8.4). */
const CONTRACT_SHIFT = 0.06;

/** Chance that a visit that can be booked is: makes 60 % of all county and city visits (domain.md 8.5). */
const BOOKED = 0.645;
const NO_SHOW = 0.04;
const EMERGENCY = 0.035;

/** The visits of a person in a year: how many, at which level, where (domain.md 8.3, 8.4). */
export function visitsOf(world: PlaceWorld, person: PersonPlan, year: number, scale: number): VisitPlan[] {
  if (person.fixture?.fixture === 'rs_demo_wang') return [];
  const draws = new Draws(world.seed, `${residentPath(world, person.index)}/visits/${year}`);
  const mean = (bandIn(person, year)?.visits ?? 0) * world.model.visitFactor * scale;
  return Array.from({ length: draws.poisson(mean) }, () => visitOf(world, person, year, draws));
}

/** The mean number of stays of a person in a year (domain.md 8.3, 8.4). */
export function meanStays(person: PersonPlan, year: number, scale: number): number {
  const followed = person.managedHtn !== null || person.managedDm !== null ? 0.9 : 1;
  return (bandIn(person, year)?.admissions ?? 0) * scale * followed;
}

/** The age band of a person in a year; nobody has one before the year of birth (domain.md 3.0.5, 8.3). */
export function bandIn(person: PersonPlan, year: number): AgeBand | undefined {
  const age = ageIn(person, year);
  return age < 0 ? undefined : AGE_BANDS[bandOf(age)];
}

/** Level of an inpatient stay. */
export function stayLevel(world: PlaceWorld, draws: Draws): CareLevel {
  const { T, C, M, O } = world.model.stayLevels;
  return draws.weighted([['T', T] as const, ['C', C] as const, ['M', M] as const, ['O', O] as const]);
}

/** The institution of a level that a person goes to. */
export function siteFor(
  world: PlaceWorld,
  person: PersonPlan,
  level: CareLevel,
  specialty: string,
  draws: Draws,
): Site {
  const hospital = townshipHospital(world, person);
  switch (level) {
    case 'V':
      return nearestClinic(world, person, hospital);
    case 'T':
      return hospital;
    case 'C':
      return countySite(world, person, hospital, specialty, draws);
    case 'M':
      return draws.pick(world.geography.tertiary);
    case 'O':
      return draws.pick(world.geography.outside);
  }
}

/** The township hospital of a person's address. */
export function townshipHospital(world: PlaceWorld, person: PersonPlan): Site {
  const hospital = world.geography.townshipHospitalOf.get(person.village.slice(0, 9));
  if (hospital === undefined) throw new RangeError(`No township hospital serves ${person.village}`);
  return hospital;
}

/** The lead hospital of the alliance of the township hospital. */
export function leadHospital(world: PlaceWorld, hospital: Site): Site {
  return world.network.leadOf.get(hospital.id) ?? hospital;
}

/** The own clinic, or one of the township, or one of the county. */
export function nearestClinic(world: PlaceWorld, person: PersonPlan, hospital: Site): Site {
  const own = world.geography.clinicOf.get(person.village);
  if (own !== undefined) return own;
  const near =
    world.clinicsNear.get(person.village.slice(0, 9)) ?? world.clinicsNear.get(person.village.slice(0, 6)) ?? [];
  return near[Number(person.village.slice(9)) % Math.max(1, near.length)] ?? hospital;
}

function visitOf(world: PlaceWorld, person: PersonPlan, year: number, draws: Draws): VisitPlan {
  const shares = world.model.visitLevels;
  const shift = person.contracted ? CONTRACT_SHIFT : 0;
  const level = draws.weighted([
    ['V', shares.V + shift / 2] as const,
    ['T', shares.T + shift / 2] as const,
    ['C', shares.C - shift] as const,
    ['M', shares.M] as const,
    ['O', shares.O] as const,
  ]);
  const emergency = level !== 'V' && draws.chance(EMERGENCY / (1 - shares.V));
  const specialty = emergency ? 'EMERGENCY' : specialtyFor(person, year, level, draws);
  const bookable =
    !emergency && (level === 'C' || level === 'M') && person.status === 'ACTIVE' && person.birthDay < firstDayOf(year);
  const booked = draws.chance(BOOKED) && bookable;
  return {
    level,
    site: siteFor(world, person, level, specialty, draws),
    specialty,
    emergency,
    booked,
    noShow: draws.chance(NO_SHOW) && booked,
  };
}

function specialtyFor(person: PersonPlan, year: number, level: CareLevel, draws: Draws): string {
  const u = draws.uniform();
  const age = ageIn(person, year);
  if (level === 'V') return 'GP';
  if (age < 14) return u < 0.8 ? 'PAEDIATRICS' : u < 0.9 ? 'SURGERY' : 'TCM';
  if (person.sex === 'FEMALE' && age < 50 && u < 0.22) return 'OBGYN';
  if (u < 0.55) return level === 'T' && u < 0.4 ? 'GP' : 'INTERNAL';
  if (u < 0.74) return 'SURGERY';
  return u < 0.9 ? 'TCM' : 'REHAB';
}

function countySite(world: PlaceWorld, person: PersonPlan, hospital: Site, specialty: string, draws: Draws): Site {
  const county = person.village.slice(0, 6);
  const lead = leadHospital(world, hospital);
  const maternal = world.geography.maternalOf.get(county);
  const u = draws.uniform();
  if (maternal !== undefined && u < 0.3 && (specialty === 'OBGYN' || specialty === 'PAEDIATRICS')) return maternal;
  const others = (world.geography.countyHospitalsOf.get(county) ?? []).filter((site) => site !== lead);
  return u < 0.75 || others.length === 0 ? lead : draws.pick(others);
}
