import { type SQL, sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import type { SharedCentreKind, SpecialArea, Tier } from '../schema-types.ts';
import { allianceMemberships, alliances, memberOn, standsOn } from '../tables/alliance.ts';
import { sharedCentres, specialtyCentres } from '../tables/capability.ts';
import { institutions, regions } from '../tables/place.ts';

/** The structure of the counties of a division on a day, as rules/structure-warnings.ts judges it. */
export interface StructureValue {
  readonly counties: readonly {
    readonly code: string;
    readonly communities: number;
    readonly cityFeatures: number;
    readonly countyFeatures: number;
  }[];
  readonly members: readonly {
    readonly id: string;
    readonly county: string;
    readonly communityIds: readonly string[];
  }[];
  readonly communities: readonly {
    readonly id: string;
    readonly county: string;
    readonly keySpecialties: number;
    readonly centres: readonly SharedCentreKind[];
  }[];
  readonly hospitals: readonly {
    readonly id: string;
    readonly county: string;
    readonly specialTypes: readonly SpecialArea[];
    readonly leadTiers: readonly Tier[];
  }[];
}

export const structureLoaders = (read: Read, day: string) => ({
  structure: async (regionCode: string): Promise<StructureValue> => {
    const within = { regionCode, day };
    const [counties, members, communities, hospitals] = await Promise.all([
      loadCounties(read.query, within),
      loadMembers(read.query, within),
      loadCommunities(read.query, day, below(regionCode)),
      loadHospitals(read.query, within),
    ]);
    return { counties, members, communities, hospitals };
  },
  /** The structure of one community alone; empty for an alliance of another kind, or one that does not stand. */
  structureOfAlliance: async (id: string): Promise<StructureValue> => {
    const communities = await loadCommunities(read.query, day, sql`${alliances.id} = ${id}`);
    return { counties: [], members: [], communities, hospitals: [] };
  },
});

interface Within {
  readonly regionCode: string;
  readonly day: string;
}

/** An alliance in a division or below it. */
const below = (regionCode: string) =>
  sql`${alliances.regionCode} ~>=~ ${regionCode} and ${alliances.regionCode} ~<~ ${`${regionCode}:`}`;

/** Communities and this year's feature specialties of each county (domain.md 3.19.1, .4). */
async function loadCounties(query: Query, { regionCode, day }: Within): Promise<StructureValue['counties']> {
  const features = (level: 'CITY' | 'COUNTY') => sql`(select count(*)::integer from ${specialtyCentres}
    join ${institutions} on ${institutions.id} = ${specialtyCentres.institutionId}
    where ${institutions.countyCode} = ${regions.code} and ${specialtyCentres.kind} = 'FEATURE_SPECIALTY'
      and ${specialtyCentres.level} = ${level} and ${specialtyCentres.year} = ${Number(day.slice(0, 4))}::integer)`;
  const rows = await query(sql`
    select ${regions.code}, (select count(*)::integer from ${alliances}
      where ${alliances.kind} = 'COUNTY_COMMUNITY' and ${alliances.regionCode} = ${regions.code} and ${standsOn(day)}),
      ${features('CITY')}, ${features('COUNTY')}
    from ${regions} where ${regions.level} = 'COUNTY'
      and ${regions.code} ~>=~ ${regionCode} and ${regions.code} ~<~ ${`${regionCode}:`} order by 1`);
  return rows.map(([code, communities, cityFeatures, countyFeatures]) => ({
    code: String(code),
    communities: Number(communities),
    cityFeatures: Number(cityFeatures),
    countyFeatures: Number(countyFeatures),
  }));
}

/** Primary public institutions outside, or in several communities (domain.md 3.19.1). */
async function loadMembers(query: Query, { regionCode, day }: Within): Promise<StructureValue['members']> {
  const rows = await query(sql`
    select ${institutions.id}, ${institutions.countyCode},
      array_remove(array_agg(distinct ${alliances.id}), null)
    from ${institutions}
    left join ${allianceMemberships} on ${allianceMemberships.institutionId} = ${institutions.id} and ${memberOn(day)}
    left join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId}
      and ${alliances.kind} = 'COUNTY_COMMUNITY' and ${standsOn(day)}
    where ${institutions.isPrimaryCare} and ${institutions.ownership} = 'PUBLIC' and ${institutions.status} = 'ACTIVE'
      and ${institutions.countyCode} is not null
      and ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
    group by 1, 2 order by 1`);
  return rows.map(([id, county, communities]) => ({
    id: String(id),
    county: String(county),
    communityIds: texts(communities),
  }));
}

/** Key specialties and shared centres of each community (domain.md 3.19.2, .8). */
async function loadCommunities(query: Query, day: string, which: SQL): Promise<StructureValue['communities']> {
  const rows = await query(sql`
    select ${alliances.id}, ${alliances.regionCode},
      (select count(*)::integer from ${specialtyCentres}
        where ${specialtyCentres.allianceId} = ${alliances.id} and ${specialtyCentres.kind} = 'KEY_SPECIALTY'),
      array(select distinct ${sharedCentres.kind} from ${sharedCentres}
        where ${sharedCentres.allianceId} = ${alliances.id} and ${sharedCentres.status} = 'IN_OPERATION')
    from ${alliances} where ${alliances.kind} = 'COUNTY_COMMUNITY' and ${standsOn(day)} and ${which} order by 1`);
  return rows.map(([id, county, specialties, kinds]) => ({
    id: String(id),
    county: String(county),
    keySpecialties: Number(specialties),
    centres: texts(kinds) as SharedCentreKind[],
  }));
}

/** Township hospitals of special areas without a partner (domain.md 3.19.7). */
async function loadHospitals(query: Query, { regionCode, day }: Within): Promise<StructureValue['hospitals']> {
  const rows = await query(sql`
    select ${institutions.id}, ${institutions.countyCode}, ${regions.specialTypes},
      array_remove(array_agg(distinct lead.tier), null)
    from ${institutions}
    join ${regions} on ${regions.code} = ${institutions.townshipCode} and ${regions.specialTypes} <> '{}'
    left join ${allianceMemberships} on ${allianceMemberships.institutionId} = ${institutions.id} and ${memberOn(day)}
    left join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId} and ${standsOn(day)}
    left join ${institutions} lead on lead.id = ${alliances.leadId}
    where ${institutions.class} in ('C100', 'C210', 'C220') and ${institutions.status} = 'ACTIVE'
      and ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
    group by 1, 2, 3 order by 1`);
  return rows.map(([id, county, types, tiers]) => ({
    id: String(id),
    county: String(county),
    specialTypes: texts(types) as SpecialArea[],
    leadTiers: texts(tiers) as Tier[],
  }));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
