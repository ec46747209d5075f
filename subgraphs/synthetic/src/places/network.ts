import { lastingId } from '../chance/identifiers.ts';
import type { AllianceKind } from '../facts/places.ts';
import { type Geography, isHospital } from './geography.ts';
import type { PlaceModel } from './place-model.ts';
import type { Site } from './site.ts';

/** An alliance with its sites; alliance.ts dresses it. */
export interface AllianceDraft {
  readonly id: string;
  readonly path: string;
  readonly kind: AllianceKind;
  readonly name: string;
  readonly regionCode: string;
  readonly lead: Site;
  readonly members: readonly Site[];
  readonly internetPlus: boolean;
}

/** Who belongs together in a place. */
export interface Network {
  readonly alliances: readonly AllianceDraft[];
  /** The county hospital that leads the alliance of a township hospital, by its id. */
  readonly leadOf: ReadonlyMap<string, Site>;
  /** Alliances of an institution, by its id. */
  readonly alliancesOf: ReadonlyMap<string, readonly AllianceDraft[]>;
}

/** Communities per county of Ningbo; the others have one (domain.md 8.2). */
const TWO_COMMUNITIES = ['330203', '330212', '330225', '330226', '330281', '330282'];

/** Alliances of Qujing that use Internet+: 6 of 122 (domain.md 8.2, S4-15). */
const INTERNET_ALLIANCES = 6;

/** Joins the institutions of a place into alliances (domain.md 8.2, 3.19.1). */
export function connect(model: PlaceModel, geography: Geography): Network {
  const drafts = model.key === 'qujing' ? qujingAlliances(geography) : communities(model, geography);
  const alliances = drafts.map((draft, index) => {
    const path = `${model.key}/alliance/${index}`;
    return { ...draft, path, id: lastingId('al', path) };
  });
  const leadOf = new Map<string, Site>();
  const alliancesOf = new Map<string, AllianceDraft[]>();
  for (const alliance of alliances) {
    for (const site of [alliance.lead, ...alliance.members]) {
      alliancesOf.set(site.id, [...(alliancesOf.get(site.id) ?? []), alliance]);
      if (site.kind === 'TOWNSHIP') leadOf.set(site.id, alliance.lead);
    }
  }
  return { alliances, leadOf, alliancesOf };
}

type Draft = Omit<AllianceDraft, 'id' | 'path'>;

function communities(model: PlaceModel, geography: Geography): Draft[] {
  return geography.counties.flatMap((county) => {
    const hospitals = hospitalsOf(geography, county.code);
    const two = model.key === 'pei' || TWO_COMMUNITIES.includes(county.code);
    const leads = two ? hospitals.slice(0, 2) : hospitals.slice(0, 1);
    const primary = geography.sites.filter((site) => site.countyCode === county.code && isPrimary(site));
    const townships = primary.filter((site) => site.kind === 'TOWNSHIP');
    const size = Math.ceil(townships.length / leads.length);
    return leads.map((lead, index): Draft => {
      const own = townships.slice(index * size, (index + 1) * size);
      const ownIds = new Set(own.map((site) => site.id));
      const villages = primary.filter((site) => site.parentId !== null && ownIds.has(site.parentId));
      const farm = index === 0 ? primary.filter((site) => site.kind === 'FARM_CLINIC') : [];
      const others = index === 0 ? [...hospitals.slice(leads.length), ...publicHealthOf(geography, county.code)] : [];
      return {
        kind: 'COUNTY_COMMUNITY',
        name: `${lead.name.replace('（示例）', '')}医共体（示例）`,
        regionCode: county.code,
        lead,
        members: [...own, ...farm, ...others, ...villages],
        internetPlus: true,
      };
    });
  });
}

function qujingAlliances(geography: Geography): Draft[] {
  const county = geography.counties.flatMap((one) => hospitalsOf(geography, one.code));
  const cityCounty = geography.tertiary.flatMap((lead) =>
    county.map((member): Draft => ({
      kind: 'CITY_COUNTY',
      name: `${short(lead)}—${short(member)}医联体（示例）`,
      regionCode: member.countyCode ?? '5303',
      lead,
      members: [member],
      internetPlus: false,
    })),
  );
  const townships = geography.sites.filter((site) => site.kind === 'TOWNSHIP');
  const countyTownship = townships.map((member, index): Draft => {
    const hospitals = hospitalsOf(geography, member.countyCode ?? '');
    const lead = hospitals[index % hospitals.length] ?? member;
    const clinics = geography.sites.filter((site) => site.parentId === member.id);
    return {
      kind: 'COUNTY_TOWNSHIP',
      name: `${short(lead)}—${short(member)}县乡医联体（示例）`,
      regionCode: member.countyCode ?? '5303',
      lead,
      members: [member, ...clinics],
      internetPlus: index % Math.floor(townships.length / INTERNET_ALLIANCES) === 0 && index < 120,
    };
  });
  return [...cityCounty, ...countyTownship];
}

const short = (site: Site): string => site.name.replace('（示例）', '');

function hospitalsOf(geography: Geography, countyCode: string): Site[] {
  return (geography.countyHospitalsOf.get(countyCode) ?? []).filter(isHospital);
}

function publicHealthOf(geography: Geography, countyCode: string): Site[] {
  return geography.sites.filter(
    (site) => site.countyCode === countyCode && (site.kind === 'MATERNAL' || site.kind === 'CDC'),
  );
}

function isPrimary(site: Site): boolean {
  return ['TOWNSHIP', 'CLINIC', 'STATION', 'FARM_CLINIC'].includes(site.kind);
}
