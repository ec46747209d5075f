import { sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import {
  countFinding,
  DEFAULT_COMMUNITIES_PER_COUNTY,
  DEFAULT_FEATURE_SPECIALTIES,
  DEFAULT_KEY_SPECIALTIES,
  hospitalsWithoutPartner,
  membersAtFault,
  missingSharedCentres,
} from '../rules/county-structure.ts';
import type { SharedCentreKind, SpecialArea, StructureRule, Tier } from '../schema-types.ts';
import { allianceMemberships, alliances } from '../tables/alliance.ts';
import { sharedCentres, specialtyCentres } from '../tables/capability.ts';
import { institutions, regions } from '../tables/place.ts';

/** What the structure of a county lacks. */
export interface StructureWarningValue {
  readonly rule: StructureRule;
  readonly regionCode: string;
  readonly allianceId: string | null;
  readonly institutionId: string | null;
  readonly count: number | null;
  readonly missingCentres: readonly SharedCentreKind[];
}

export const structureLoaders = (read: Read, day: string) => ({
  structureWarnings: async (regionCode: string): Promise<StructureWarningValue[]> => {
    const within = { regionCode, day };
    const found = await Promise.all([
      countyWarnings(read.query, within),
      memberWarnings(read.query, within),
      communityWarnings(read.query, within),
      partnerWarnings(read.query, within),
    ]);
    return found.flat().toSorted((a, b) => compare(a.regionCode, b.regionCode));
  },
});

interface Within {
  readonly regionCode: string;
  readonly day: string;
}

const none = { allianceId: null, institutionId: null, count: null, missingCentres: [] };

/** An alliance that stands on a day. */
const standing = (day: string) =>
  sql`${alliances.establishedOn} <= ${day} and coalesce(${alliances.dissolvedOn}, 'infinity') > ${day}`;

/** A membership that runs on a day. */
const running = (day: string) =>
  sql`${allianceMemberships.joinedOn} <= ${day} and coalesce(${allianceMemberships.leftOn}, 'infinity') > ${day}`;

/** Communities and this year's feature specialties of each county (domain.md 3.19.1, .4). */
async function countyWarnings(query: Query, { regionCode, day }: Within): Promise<StructureWarningValue[]> {
  const features = (level: 'CITY' | 'COUNTY') => sql`(select count(*)::integer from ${specialtyCentres}
    join ${institutions} on ${institutions.id} = ${specialtyCentres.institutionId}
    where ${institutions.countyCode} = ${regions.code} and ${specialtyCentres.kind} = 'FEATURE_SPECIALTY'
      and ${specialtyCentres.level} = ${level} and ${specialtyCentres.year} = ${Number(day.slice(0, 4))}::integer)`;
  const rows = await query(sql`
    select ${regions.code}, (select count(*)::integer from ${alliances}
      where ${alliances.kind} = 'COUNTY_COMMUNITY' and ${alliances.regionCode} = ${regions.code} and ${standing(day)}),
      ${features('CITY')}, ${features('COUNTY')}
    from ${regions} where ${regions.level} = 'COUNTY'
      and ${regions.code} ~>=~ ${regionCode} and ${regions.code} ~<~ ${`${regionCode}:`} order by 1`);
  return rows.flatMap(([code, communities, city, county]): StructureWarningValue[] => {
    const counted = [
      ['COMMUNITIES_PER_COUNTY', Number(communities), DEFAULT_COMMUNITIES_PER_COUNTY],
      ['CITY_FEATURE_SPECIALTIES', Number(city), DEFAULT_FEATURE_SPECIALTIES.CITY],
      ['COUNTY_FEATURE_SPECIALTIES', Number(county), DEFAULT_FEATURE_SPECIALTIES.COUNTY],
    ] as const;
    return counted
      .filter(([, count, range]) => countFinding(count, range) !== 'FITS')
      .map(([rule, count]) => ({ ...none, rule, regionCode: String(code), count }));
  });
}

/** Primary public institutions outside, or in several communities (domain.md 3.19.1). */
async function memberWarnings(query: Query, { regionCode, day }: Within): Promise<StructureWarningValue[]> {
  const rows = await query(sql`
    select ${institutions.id}, ${institutions.countyCode},
      array_remove(array_agg(distinct ${alliances.id}), null)
    from ${institutions}
    left join ${allianceMemberships} on ${allianceMemberships.institutionId} = ${institutions.id} and ${running(day)}
    left join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId}
      and ${alliances.kind} = 'COUNTY_COMMUNITY' and ${standing(day)}
    where ${institutions.isPrimaryCare} and ${institutions.ownership} = 'PUBLIC' and ${institutions.status} = 'ACTIVE'
      and ${institutions.countyCode} is not null
      and ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
    group by 1, 2 order by 1`);
  const members = rows.map(([id, county, communities]) => ({
    id: String(id),
    county: String(county),
    communityIds: texts(communities),
  }));
  const atFault = new Set(membersAtFault(members));
  return members
    .filter(({ id }) => atFault.has(id))
    .map(({ id, county, communityIds }) => ({
      ...none,
      rule: 'ONE_COMMUNITY',
      regionCode: county,
      institutionId: id,
      count: communityIds.length,
    }));
}

/** Key specialties and shared centres of each community (domain.md 3.19.2, .8). */
async function communityWarnings(query: Query, { regionCode, day }: Within): Promise<StructureWarningValue[]> {
  const rows = await query(sql`
    select ${alliances.id}, ${alliances.regionCode},
      (select count(*)::integer from ${specialtyCentres}
        where ${specialtyCentres.allianceId} = ${alliances.id} and ${specialtyCentres.kind} = 'KEY_SPECIALTY'),
      array(select distinct ${sharedCentres.kind} from ${sharedCentres}
        where ${sharedCentres.allianceId} = ${alliances.id} and ${sharedCentres.status} = 'IN_OPERATION')
    from ${alliances} where ${alliances.kind} = 'COUNTY_COMMUNITY' and ${standing(day)}
      and ${alliances.regionCode} ~>=~ ${regionCode} and ${alliances.regionCode} ~<~ ${`${regionCode}:`}
    order by 1`);
  return rows.flatMap(([id, county, specialties, kinds]): StructureWarningValue[] => {
    const at = { ...none, regionCode: String(county), allianceId: String(id) };
    const present = texts(kinds) as SharedCentreKind[];
    const missingCentres = missingSharedCentres(present);
    const count = Number(specialties);
    return [
      ...(countFinding(count, DEFAULT_KEY_SPECIALTIES) === 'FITS'
        ? []
        : [{ ...at, rule: 'KEY_SPECIALTIES' as const, count }]),
      ...(missingCentres.length === 0
        ? []
        : [{ ...at, rule: 'SHARED_CENTRES' as const, count: present.length, missingCentres }]),
    ];
  });
}

/** Township hospitals of special areas without a partner (domain.md 3.19.7). */
async function partnerWarnings(query: Query, { regionCode, day }: Within): Promise<StructureWarningValue[]> {
  const rows = await query(sql`
    select ${institutions.id}, ${institutions.countyCode}, ${regions.specialTypes},
      array_remove(array_agg(distinct lead.tier), null)
    from ${institutions}
    join ${regions} on ${regions.code} = ${institutions.townshipCode} and ${regions.specialTypes} <> '{}'
    left join ${allianceMemberships} on ${allianceMemberships.institutionId} = ${institutions.id} and ${running(day)}
    left join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId} and ${standing(day)}
    left join ${institutions} lead on lead.id = ${alliances.leadId}
    where ${institutions.class} in ('C100', 'C210', 'C220') and ${institutions.status} = 'ACTIVE'
      and ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
    group by 1, 2, 3 order by 1`);
  const hospitals = rows.map(([id, county, types, tiers]) => ({
    id: String(id),
    county: String(county),
    specialTypes: texts(types) as SpecialArea[],
    leadTiers: texts(tiers) as Tier[],
  }));
  const lonely = new Set(hospitalsWithoutPartner(hospitals));
  return hospitals
    .filter(({ id }) => lonely.has(id))
    .map(({ id, county }) => ({ ...none, rule: 'SPECIAL_AREA_PARTNER', regionCode: county, institutionId: id }));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
