import { type Day, firstDayOf, instantOf, workday } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import { SERVICE_PACKAGES } from '../catalogues/service-packages.ts';
import type { CentralisedSessionFact } from '../facts/public-health.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { Site } from '../places/site.ts';

/** Two a month. */
const PER_YEAR = 24;
const CENTRALISED = ['EXAM', 'TEST', 'BASIC_PUBLIC_HEALTH'];

/** Tasks done centrally per contract and year, generously: it only sets capacities. */
const TASKS_PER_CONTRACT = 3.5;

/** Sessions of centralised fulfilment of every township hospital: two a month (S3-46). */
export function* centralisedSessions(
  world: PlaceWorld,
  years: readonly number[],
  residents: number,
): Generator<CentralisedSessionFact> {
  const items = SERVICE_PACKAGES.flatMap((one) => one.items)
    .filter((item) => CENTRALISED.includes(item.itemClass))
    .map((item) => item.code);
  for (const hospital of world.geography.sites.filter((site) => site.kind === 'TOWNSHIP')) {
    const villages = world.teams.filter((team) => team.hospital === hospital).flatMap((team) => team.villages);
    const share = villages.length / world.geography.villages.length;
    const expected = residents * share * world.model.contractRate.CURRENT * TASKS_PER_CONTRACT;
    for (const year of years) {
      for (let number = 0; number < PER_YEAR; number += 1) {
        const day = dayInYear(firstDayOf(year), number, shiftOf(hospital));
        yield {
          id: sessionId(world, hospital, year, number),
          institutionId: hospital.id,
          regionCode: villages[number % Math.max(1, villages.length)] ?? hospital.regionCode,
          residentType: typeOf(world, number),
          start: instantOf(day, 8 * 60),
          end: instantOf(day, 17 * 60),
          capacity: 40 + Math.ceil((3 * expected) / PER_YEAR),
          itemCodes: items,
        };
      }
    }
  }
}

/** A session of a hospital between two days; the wish in [0, 1) chooses among those that fit. */
export function sessionBetween(
  world: PlaceWorld,
  hospital: Site,
  range: { readonly from: Day; readonly to: Day; readonly year: number; readonly residentType: string },
  wish: number,
): { readonly id: string; readonly day: Day } | null {
  const first = firstDayOf(range.year);
  const shift = shiftOf(hospital);
  const fitting: { readonly number: number; readonly day: Day }[] = [];
  for (let number = 0; number < PER_YEAR; number += 1) {
    const day = dayInYear(first, number, shift);
    if (day > range.to) break;
    if (day >= range.from && typeOf(world, number) === range.residentType) fitting.push({ number, day });
  }
  const chosen = fitting[Math.floor(wish * fitting.length)];
  return chosen === undefined ? null : { id: sessionId(world, hospital, range.year, chosen.number), day: chosen.day };
}

/** Sessions are held by type of resident (S3-46): every sixth, in Ningbo every third, is for those not registered here. */
function typeOf(world: PlaceWorld, number: number): '1' | '2' {
  const every = world.model.key === 'ningbo' ? 3 : 6;
  return number % every === every - 1 ? '2' : '1';
}

function dayInYear(first: Day, number: number, shift: number): Day {
  return workday(first + Math.floor((number * 365) / PER_YEAR) + shift);
}

const shiftOf = (hospital: Site): number => (hospital.serial * 5) % 9;

function sessionId(world: PlaceWorld, hospital: Site, year: number, number: number): string {
  return publicId('cs', new Draws(world.seed, `${hospital.path}/session/${year}/${number}`));
}
