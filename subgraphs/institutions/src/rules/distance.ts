/** A place on the map, WGS-84 degrees. */
export interface MapPlace {
  readonly longitude: number;
  readonly latitude: number;
}

/** Mean radius of the earth, kilometres (IUGG). */
const EARTH_RADIUS = 6371.0088;

/** Kilometres between two places as the crow flies (haversine). */
export function kilometresBetween(a: MapPlace, b: MapPlace): number {
  const [phiA, phiB] = [radians(a.latitude), radians(b.latitude)];
  const half =
    Math.sin((phiB - phiA) / 2) ** 2 +
    Math.cos(phiA) * Math.cos(phiB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Kilometres between two places as they are shown, one decimal; nearer comes first in domain.md 3.4.3. */
export function distanceKm(a: MapPlace, b: MapPlace): number {
  return Math.round(kilometresBetween(a, b) * 10) / 10;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
