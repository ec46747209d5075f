import { sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import type { SpecialArea } from '../schema-types.ts';
import { allianceMemberships, alliances, memberOn } from '../tables/alliance.ts';
import { institutions, regions } from '../tables/place.ts';
import { pagesWithinDivision } from './within-division.ts';

/** A township hospital of a special area, and the alliances that a county or city hospital leads there. */
export interface AllianceCoverageValue {
  readonly institutionId: string;
  readonly regionCode: string;
  readonly allianceIds: readonly string[];
}

export const allianceLoaders = (read: Read, day: string) => ({
  coverageOfSpecialAreas: (regionCode: string, specialTypes: readonly SpecialArea[]) =>
    loadCoverage(read.query, { regionCode, specialTypes, day }),
  alliance: read.byKey(alliances, 'id'),
  alliances: read.page(alliances, 'id'),
  alliancesInRegion: pagesWithinDivision(read.pageBy(alliances, 'regionCode', 'id'), (column) =>
    read.pageBy(alliances, column, 'id'),
  ),
  allianceMembership: read.byKey(allianceMemberships, 'id'),
  membershipsOfAlliance: read.listBy(allianceMemberships, 'allianceId', {
    orderBy: ['role', 'joinedOn', 'institutionId'],
  }),
  membershipsOfInstitution: read.listBy(allianceMemberships, 'institutionId', { orderBy: ['joinedOn', 'allianceId'] }),
});

interface CoverageAsk {
  readonly regionCode: string;
  readonly specialTypes: readonly SpecialArea[];
  readonly day: string;
}

/** Township hospitals are classes C of VS-04; an alliance counts while it stands and the hospital is its member. */
async function loadCoverage(query: Query, { regionCode, specialTypes, day }: CoverageAsk) {
  const rows = await query(sql`
    select ${institutions.id}, ${regions.code},
      array_agg(distinct ${alliances.id} order by ${alliances.id}) filter (where lead.tier in ('CITY', 'COUNTY'))
    from ${institutions}
    join ${regions} on ${regions.code} = ${institutions.townshipCode}
      and ${regions.specialTypes} && ${sql.param([...specialTypes])}::text[]
    left join ${allianceMemberships} on ${allianceMemberships.institutionId} = ${institutions.id}
      and ${memberOn(day)}
    left join ${alliances} on ${alliances.id} = ${allianceMemberships.allianceId}
      and coalesce(${alliances.dissolvedOn}, 'infinity') > ${day}
    left join ${institutions} lead on lead.id = ${alliances.leadId}
    where ${institutions.class} in ('C100', 'C210', 'C220') and ${institutions.status} = 'ACTIVE'
      and ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
    group by 1, 2 order by 2, 1`);
  return rows.map(([institutionId, code, allianceIds]): AllianceCoverageValue => ({
    institutionId: String(institutionId),
    regionCode: String(code),
    allianceIds: Array.isArray(allianceIds) ? allianceIds.map(String) : [],
  }));
}
