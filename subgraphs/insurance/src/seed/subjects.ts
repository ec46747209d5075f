import type { PlaceKey, Region } from '@hutong/synthetic';

/** Of which residents and providers the subjects of a place's snapshots are made. */
export interface SnapshotSubjects {
  /** Division codes: the place and its counties; residents count by the beginning of their township's code. */
  readonly regions: readonly string[];
  /** Institutions but village clinics, by provider code. */
  readonly institutions: readonly { readonly id: string; readonly providerCode: string }[];
  /** Townships whose residents an alliance serves. */
  readonly alliances: readonly { readonly id: string; readonly township: string }[];
}

/** Reads the subjects of a place. */
export function readSubjects(region: Region, place: PlaceKey): SnapshotSubjects {
  const institutions = [...region.institutions(place)];
  const home = region.places.find(({ key }) => key === place);
  const townships = new Map(
    institutions.filter(({ tier }) => tier === 'TOWNSHIP').map(({ id, regionCode }) => [id, regionCode.slice(0, 9)]),
  );
  return {
    regions: [...new Set([home?.regionCode ?? '', ...(home?.counties ?? [])])],
    institutions: institutions
      .filter(({ tier }) => tier !== 'VILLAGE')
      .map(({ id, providerCode }) => ({ id, providerCode })),
    alliances: [...region.alliances(place)].flatMap(({ id, memberships }) =>
      memberships.flatMap(({ institutionId }) => {
        const township = townships.get(institutionId);
        return township === undefined ? [] : [{ id, township }];
      }),
    ),
  };
}
