import { dayOf, type Day } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { Division, MapPoint } from '../facts/places.ts';
import type { Geography } from './geography.ts';
import type { PlaceModel } from './place-model.ts';
import type { Site } from './site.ts';

/** What a location is drawn from. */
interface Origin {
  readonly seed: string;
  readonly model: PlaceModel;
}

/** What is drawn first of an institution, and the draws that are left. */
export interface SiteBeginnings {
  readonly established: Day;
  readonly houseNumber: number;
  readonly location: MapPoint;
  readonly draws: Draws;
}

/** When an institution was founded, and where it lies: within about 0.2 degrees of the middle of the place, villages close to their township. */
export function beginSite(origin: Origin, site: Site): SiteBeginnings {
  const draws = new Draws(origin.seed, `${site.path}/fact`);
  const established = dayOf('1952-01-01') + draws.integer(0, 20_000);
  const houseNumber = draws.integer(1, 299);
  return { established, houseNumber, location: inTownship(origin, site.regionCode, draws), draws };
}

/** Share of villages that nobody has measured. */
const UNMEASURED = 0.02;

/** The divisions with the places of the villages: at their clinic, or some way off when it stands in another village. */
export function locateVillages(
  origin: Origin,
  { clinicOf }: Geography,
  divisions: readonly Division[],
): readonly Division[] {
  return divisions.map((division) => {
    if (division.level !== 'VILLAGE') return division;
    const draws = new Draws(origin.seed, `${origin.model.key}/village/${division.code}`);
    if (draws.chance(UNMEASURED)) return division;
    const clinic = clinicOf.get(division.code);
    if (clinic === undefined) return { ...division, location: inTownship(origin, division.code, draws) };
    const { location } = beginSite(origin, clinic);
    return { ...division, location: near(location, clinic.regionCode === division.code ? 0.02 : 0.06, draws) };
  });
}

function inTownship({ seed, model }: Origin, regionCode: string, draws: Draws): MapPoint {
  const [longitude, latitude] = model.centre;
  const town = new Draws(seed, `${model.key}/location/${regionCode.slice(0, 9)}`);
  const spread = model.key === 'pei' ? 0.35 : 1.1;
  const around = (middle: number) => middle + (town.uniform() - 0.5) * spread + (draws.uniform() - 0.5) * 0.06;
  return { longitude: rounded(around(longitude)), latitude: rounded(around(latitude)) };
}

function near({ longitude, latitude }: MapPoint, spread: number, draws: Draws): MapPoint {
  const around = (middle: number) => rounded(middle + (draws.uniform() - 0.5) * spread);
  return { longitude: around(longitude), latitude: around(latitude) };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
