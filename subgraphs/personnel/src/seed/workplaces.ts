import { stableId } from '@hutong/kit';
import type { InstitutionFact, PlaceKey, Region } from '@hutong/synthetic';

/** What seeding must know of an institution to place its people. */
export interface Workplace {
  readonly id: string;
  readonly regionCode: string;
  readonly countyCode: string | null;
  readonly tier: InstitutionFact['tier'];
  readonly parentId: string | null;
  readonly level: InstitutionFact['level'];
  readonly class: string;
  readonly status: InstitutionFact['status'];
}

/** The institutions of a place, and who belongs to which alliance. */
export interface Workplaces {
  readonly all: ReadonlyMap<string, Workplace>;
  /** Alliances by member institution, the lead among them. */
  readonly alliancesOf: ReadonlyMap<string, readonly { readonly id: string; readonly leadId: string }[]>;
  /** A city hospital that takes people in for further study. */
  readonly studyHost: string | undefined;
  region(institutionId: string): string;
}

/** Reads the institutions and alliances of a place. */
export function readWorkplaces(region: Region, place: PlaceKey): Workplaces {
  const all = new Map<string, Workplace>();
  for (const fact of region.institutions(place)) {
    const { id, regionCode, countyCode, tier, level, status, parentInstitutionId: parentId } = fact;
    all.set(id, { id, regionCode, countyCode, tier, level, class: fact.class, status, parentId });
  }
  const alliancesOf = new Map<string, { readonly id: string; readonly leadId: string }[]>();
  for (const alliance of region.alliances(place)) {
    for (const { institutionId } of alliance.memberships) {
      const known = alliancesOf.get(institutionId) ?? [];
      known.push({ id: alliance.id, leadId: alliance.leadInstitutionId });
      alliancesOf.set(institutionId, known);
    }
  }
  const studyHost = [...all.values()].find(({ tier }) => tier === 'CITY')?.id;
  return { all, alliancesOf, studyHost, region: (id) => all.get(id)?.regionCode ?? '' };
}

/** Id of a department, the same as in the subgraph that owns it; computed once each. */
export function createDepartmentIds(): (institutionId: string, code: string) => string {
  const known = new Map<string, string>();
  return (institutionId, code) => {
    const key = `${institutionId}/${code}`;
    const id = known.get(key) ?? stableId('de', institutionId, code);
    known.set(key, id);
    return id;
  };
}
