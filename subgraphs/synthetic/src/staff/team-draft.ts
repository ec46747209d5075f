import { lastingId } from '../chance/identifiers.ts';
import type { Geography } from '../places/geography.ts';
import type { Site } from '../places/site.ts';

/** A team before its people are named. */
export interface TeamDraft {
  readonly id: string;
  readonly path: string;
  readonly hospital: Site;
  /** Number among the teams of the hospital, from 0: its family doctor is the general practitioner of that position. */
  readonly number: number;
  readonly villages: readonly string[];
  readonly clinics: readonly Site[];
}

/** One team per so many clinics (domain.md 8.6). */
const CLINICS_PER_TEAM = 8;

/** Forms the teams of all township hospitals: each village belongs to exactly one. */
export function formTeams(geography: Geography): TeamDraft[] {
  const villagesOf = new Map<string, string[]>();
  for (const village of geography.villages) {
    const hospital = geography.townshipHospitalOf.get(village.code.slice(0, 9));
    if (hospital === undefined) continue;
    const list = villagesOf.get(hospital.id) ?? [];
    list.push(village.code);
    villagesOf.set(hospital.id, list);
  }
  return geography.sites
    .filter((site) => site.kind === 'TOWNSHIP')
    .flatMap((hospital) => teamsOf(geography, hospital, villagesOf.get(hospital.id) ?? []));
}

function teamsOf(geography: Geography, hospital: Site, villages: readonly string[]): TeamDraft[] {
  const clinics = new Set(villages.flatMap((village) => geography.clinicOf.get(village) ?? []));
  const count = Math.max(1, Math.round(clinics.size / CLINICS_PER_TEAM));
  const size = Math.ceil(villages.length / count);
  return Array.from({ length: count }, (_, number) => {
    const path = `${hospital.path}/team/${number}`;
    const own = villages.slice(number * size, (number + 1) * size);
    return {
      id: lastingId('tm', path),
      path,
      hospital,
      number,
      villages: own,
      clinics: [...new Set(own.flatMap((village) => geography.clinicOf.get(village) ?? []))],
    };
  });
}

/** A guidance group before its specialists are named. */
export interface GuidanceDraft {
  readonly id: string;
  readonly path: string;
  readonly lead: Site;
  readonly hospitals: readonly Site[];
}

/** Towns a guidance group looks after (S3-10: two or three). */
const TOWNS_PER_GROUP = 3;

/** Divides the township hospitals of each lead hospital into guidance groups. */
export function formGuidanceGroups(geography: Geography, leadOf: ReadonlyMap<string, Site>): GuidanceDraft[] {
  const byLead = new Map<Site, Site[]>();
  for (const hospital of geography.sites.filter((site) => site.kind === 'TOWNSHIP')) {
    const lead = leadOf.get(hospital.id);
    if (lead !== undefined) byLead.set(lead, [...(byLead.get(lead) ?? []), hospital]);
  }
  return [...byLead].flatMap(([lead, hospitals]) => {
    const groups = Math.ceil(hospitals.length / TOWNS_PER_GROUP);
    return Array.from({ length: groups }, (_, number) => {
      const path = `${lead.path}/guidance/${number}`;
      const own = hospitals.filter((_hospital, index) => index % groups === number);
      return { id: lastingId('gg', path), path, lead, hospitals: own };
    });
  });
}
