import { lastingId } from './chance/identifiers.ts';
import { divisionsOf } from './divisions.ts';
import type { Division, PlaceKey } from './facts/places.ts';
import { sharedLargeUnits } from './places/equipment-units.ts';
import { type Geography, layOut } from './places/geography.ts';
import { locateVillages } from './places/location.ts';
import { type Network, connect } from './places/network.ts';
import { PLACE_MODELS, type PlaceModel } from './places/place-model.ts';
import type { Site } from './places/site.ts';
import { DEMO_TOWN } from './residents/fixtures.ts';
import { type StaffSegment, gpCounts, staffPlan, staffSize } from './staff/staff-plan.ts';
import { type GuidanceDraft, type TeamDraft, formGuidanceGroups, formTeams } from './staff/team-draft.ts';

/** What does not depend on residents: places, institutions, alliances, staff plans and teams of one place. */
export interface PlaceWorld {
  readonly seed: string;
  readonly model: PlaceModel;
  readonly divisions: readonly Division[];
  readonly geography: Geography;
  /** Names of divisions by code. */
  readonly divisionNames: ReadonlyMap<string, string>;
  /** Townships of an ethnic group, by code. */
  readonly ethnicTownships: ReadonlySet<string>;
  readonly network: Network;
  /** Clinics by township code and by county code, for villages without one. */
  readonly clinicsNear: ReadonlyMap<string, readonly Site[]>;
  /** Shared CT and MRI units of the place, in order. */
  readonly largeUnits: readonly LargeUnit[];
  readonly staff: ReadonlyMap<string, readonly StaffSegment[]>;
  /** How many people work at the institutions before this one in its division: makes numbers unique. */
  readonly staffOffset: ReadonlyMap<string, number>;
  readonly teams: readonly TeamDraft[];
  /** By village code. */
  readonly teamOf: ReadonlyMap<string, TeamDraft>;
  /** The first team of the demo's town, in Pei; its family doctor is pr_demo_gp. */
  readonly demoTeam: TeamDraft | undefined;
  /** Teams of a township hospital, by its id. */
  readonly teamCount: ReadonlyMap<string, number>;
  readonly guidance: readonly GuidanceDraft[];
  /** Guidance group of a township hospital, by its id. */
  readonly guidanceOf: ReadonlyMap<string, string>;
}

/** A shared large unit that residents of its county may book. */
export interface LargeUnit {
  readonly site: Site;
  readonly kind: 'CT' | 'MRI';
  readonly id: string;
}

/** Lays out one place; the size is that of the real place whatever the number of residents (domain.md 8.10). */
export function createPlaceWorld(seed: string, place: PlaceKey, all: readonly Division[]): PlaceWorld {
  const model = PLACE_MODELS[place];
  const bare = divisionsOf(all, place);
  const geography = layOut(model, bare);
  const divisions = locateVillages({ seed, model }, geography, bare);
  const network = connect(model, geography);
  const gps = gpCounts(model, geography.sites);
  const staff = new Map(geography.sites.map((site) => [site.id, staffPlan(site, gps.get(site.id) ?? 0)]));
  const teams = formTeams(geography);
  const teamOf = new Map(teams.flatMap((team) => team.villages.map((village): [string, TeamDraft] => [village, team])));
  const demoTown = geography.townships.find((one) => one.name === DEMO_TOWN)?.code;
  const guidance = formGuidanceGroups(geography, network.leadOf);
  const teamCount = new Map<string, number>();
  for (const team of teams) teamCount.set(team.hospital.id, team.number + 1);
  return {
    seed,
    model,
    divisions,
    geography,
    divisionNames: new Map(divisions.map((one) => [one.code, one.name])),
    ethnicTownships: new Set(divisions.filter((one) => one.specialTypes.includes('ETHNIC')).map((one) => one.code)),
    network,
    clinicsNear: clinicsNear(geography),
    largeUnits: sharedLargeUnits(seed, geography),
    staff,
    staffOffset: offsets(geography, staff),
    teams,
    teamOf,
    demoTeam: teams.find((team) => team.hospital.regionCode === demoTown && team.number === 0),
    teamCount,
    guidance,
    guidanceOf: new Map(
      guidance.flatMap(({ id, hospitals }) => hospitals.map((one): [string, string] => [one.id, id])),
    ),
  };
}

/** Six digits of the division that numbers of staff carry. */
export function staffDivision(site: Site): string {
  return (site.countyCode ?? site.regionCode).padEnd(6, '0');
}

function clinicsNear(geography: Geography): Map<string, Site[]> {
  const near = new Map<string, Site[]>();
  for (const site of geography.sites) {
    if (site.kind !== 'CLINIC' && site.kind !== 'STATION') continue;
    for (const code of [site.regionCode.slice(0, 9), site.regionCode.slice(0, 6)]) {
      const list = near.get(code) ?? [];
      list.push(site);
      near.set(code, list);
    }
  }
  return near;
}

function offsets(geography: Geography, staff: ReadonlyMap<string, readonly StaffSegment[]>): Map<string, number> {
  const next = new Map<string, number>();
  return new Map(
    geography.sites.map((site): [string, number] => {
      const division = staffDivision(site);
      const offset = next.get(division) ?? 0;
      next.set(division, offset + staffSize(staff.get(site.id) ?? []));
      return [site.id, offset];
    }),
  );
}

/** Id of the person at a position of an institution's staff. */
export function practitionerId(site: Site, position: number): string {
  return lastingId('pr', `${site.path}/staff/${position}`);
}

/** Position of a doctor of a specialty at an institution; any doctor when it has none; u in [0, 1). */
export function doctorPosition(world: PlaceWorld, site: Site, specialty: string, u: number): number {
  const plan = world.staff.get(site.id) ?? [];
  const doctors = plan.filter((one) => DOCTORS.includes(one.category) && one.count > 0);
  const fitting = doctors.find((one) => one.specialty === specialty);
  const segment = fitting ?? doctors[0] ?? plan[0];
  return segment === undefined ? 0 : segment.from + Math.floor(u * segment.count);
}

/** Id of a doctor of a specialty at an institution. */
export function doctorAt(world: PlaceWorld, site: Site, specialty: string, u: number): string {
  return practitionerId(site, doctorPosition(world, site, specialty, u));
}

/** Id of somebody of a category at an institution, or of a doctor when it has none. */
export function staffAt(world: PlaceWorld, site: Site, category: string, u: number): string {
  const segment = world.staff.get(site.id)?.find((one) => one.category === category && one.count > 0);
  if (segment === undefined) return doctorAt(world, site, 'GP', u);
  return practitionerId(site, segment.from + Math.floor(u * segment.count));
}

const DOCTORS: readonly string[] = ['11', '12', '60'];
