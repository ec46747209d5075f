import { kilometresBetween, type MapPlace } from './distance.ts';

/** As far as a village looks to a clinic, kilometres [pd] (domain.md 3.19.5). */
const REACH = 2.5;

/** Degrees that are more than the reach, by latitude anywhere and by longitude up to 55° north. */
const CELL = 0.04;

/** Says whether a clinic lies within reach of a place; the reach itself is within. */
export function createClinicFinder(clinics: readonly MapPlace[]): (place: MapPlace) => boolean {
  const cells = new Map<string, MapPlace[]>();
  for (const clinic of clinics) {
    const key = cellOf(clinic, 0, 0);
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [clinic]);
    else known.push(clinic);
  }
  const around = [-1, 0, 1];
  return (place) =>
    around.some((east) =>
      around.some((north) =>
        cells.get(cellOf(place, east, north))?.some((clinic) => kilometresBetween(place, clinic) <= REACH),
      ),
    );
}

function cellOf({ longitude, latitude }: MapPlace, east: number, north: number): string {
  return `${Math.floor(longitude / CELL) + east}/${Math.floor(latitude / CELL) + north}`;
}
