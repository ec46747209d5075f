import type { FulfilmentMode, FulfilmentPlace, PackageItemClass } from '../schema-types.ts';

/** A service, as far as the place matters. */
export interface PlacedService {
  readonly itemClass: PackageItemClass;
  readonly homeCapable: boolean;
  readonly inCareHome: boolean;
}

/**
 * Why a service cannot have been done at a place in a mode, null when it can (domain.md 3.8.5, 3.8.6): examinations and tests need the
 * person, home is for items that can be done there, care homes for who lives in one, sessions for hospital and clinic.
 */
export function fitsPlace(
  { itemClass, homeCapable, inCareHome }: PlacedService,
  mode: FulfilmentMode,
  place: FulfilmentPlace,
): 'ONLINE' | 'HOME' | 'CARE_HOME' | 'MODE' | null {
  const needsPresence = itemClass === 'EXAM' || itemClass === 'TEST';
  if (place === 'ONLINE') return needsPresence || mode === 'HOME' || mode === 'CENTRALISED' ? 'ONLINE' : null;
  if (place === 'CARE_HOME' && !inCareHome) return 'CARE_HOME';
  if (place === 'HOME' && !homeCapable) return 'HOME';
  const isVisit = place === 'HOME' || place === 'CARE_HOME';
  if (mode === 'HOME') return isVisit ? null : 'MODE';
  return mode === 'CENTRALISED' && isVisit ? 'MODE' : null;
}
