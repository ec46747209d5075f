import { sql } from 'drizzle-orm';
import type { Query, Read } from '@hutong/kit';
import type { LayoutGapKind } from '../schema-types.ts';
import { encounters } from '../tables/encounter.ts';
import { institutions, regions } from '../tables/place.ts';
import {
  type DiseaseShareValue,
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
  pairingAgreements,
  resourceAssessments,
  supervisionAlertCauses,
  supervisionAlerts,
  systemConnections,
} from '../tables/planning.ts';
import { listsWithinDivision } from './within-division.ts';

/** A village or township where the network of care has a gap. */
export interface LayoutGapValue {
  readonly regionCode: string;
  readonly kind: LayoutGapKind;
}

/** Which encounters a spectrum of diseases counts. */
export interface SpectrumAsk {
  readonly regionCode: string;
  readonly from: string;
  readonly until: string;
  readonly limit: number;
}

export const planningLoaders = (read: Read) => ({
  diseaseSpectrum: (ask: SpectrumAsk) => loadSpectrum(read.query, ask),
  resourceAssessment: read.byKey(resourceAssessments, 'id'),
  resourceAssessmentsOfRegion: read.pageBy(resourceAssessments, 'regionCode', 'id'),
  layoutPlan: read.byKey(layoutPlans, 'id'),
  layoutPlansOfRegion: read.pageBy(layoutPlans, 'regionCode', 'id'),
  layoutPlanItem: read.byKey(layoutPlanItems, 'id'),
  itemsOfLayoutPlan: read.listBy(layoutPlanItems, 'planId', { orderBy: ['regionCode', 'class', 'level'] }),
  institutionLifecycleEvent: read.byKey(institutionLifecycleEvents, 'id'),
  lifecycleEventsOfInstitution: read.listBy(institutionLifecycleEvents, 'institutionId', { orderBy: ['at', 'id'] }),
  outreachPoint: read.byKey(outreachPoints, 'id'),
  outreachPointsInRegion: listsWithinDivision(
    read.listBy(outreachPoints, 'villageCode', { orderBy: ['villageCode', 'id'] }),
    (column) => read.listBy(outreachPoints, column, { orderBy: ['villageCode', 'id'] }),
  ),
  investmentProject: read.byKey(investmentProjects, 'id'),
  investmentProjects: read.page(investmentProjects, 'id'),
  pairingAgreement: read.byKey(pairingAgreements, 'id'),
  pairingAgreements: read.page(pairingAgreements, 'id'),
  systemConnection: read.byKey(systemConnections, 'id'),
  systemConnections: read.page(systemConnections, 'id'),
  systemsOfInstitution: read.pageBy(systemConnections, 'institutionId', 'id'),
  supervisionAlert: read.byKey(supervisionAlerts, 'id'),
  supervisionAlerts: read.page(supervisionAlerts, 'id'),
  causesOfAlert: read.pageBy(supervisionAlertCauses, 'alertId', 'seq'),
  layoutGaps: (regionCode: string) => loadGaps(read.query, regionCode),
});

/** Main diagnoses by number of encounters; the share is of all encounters, those without a diagnosis too. */
async function loadSpectrum(query: Query, { regionCode, from, until, limit }: SpectrumAsk) {
  const rows = await query(sql`
    select icd10, encounters, round(encounters * 100.0 / total, 2)::text
    from (
      select ${encounters.diagnoses}->0->>'icd10' as icd10, count(*)::integer as encounters, sum(count(*)) over () as total
      from ${encounters} join ${institutions} on ${institutions.id} = ${encounters.institutionId}
      where ${institutions.regionCode} ~>=~ ${regionCode} and ${institutions.regionCode} ~<~ ${`${regionCode}:`}
        and ${encounters.startedAt} >= ${from}::timestamptz and ${encounters.startedAt} < ${until}::timestamptz
      group by 1) met
    where icd10 is not null order by encounters desc, icd10 limit ${limit}::integer`);
  return rows.map(([icd10, met, share], index): DiseaseShareValue => ({
    rank: index + 1,
    icd10: String(icd10),
    encounters: Number(met),
    share: String(share),
  }));
}

/**
 * Divisions have no coordinates, so a clinic serves the village it stands in; a village that looks to a neighbour's has a gap until
 * a service point says so (domain.md 3.19.5). Clinics are classes B and D, township hospitals C of VS-04.
 */
async function loadGaps(query: Query, regionCode: string) {
  const operating = sql`select from ${institutions} where ${institutions.status} = 'ACTIVE'`;
  const village = sql`'VILLAGE_WITHOUT_SERVICE'`;
  const rows = await query(sql`
    select ${regions.code}, case ${regions.level} when 'VILLAGE' then ${village} else 'TOWNSHIP_WITHOUT_HOSPITAL' end
    from ${regions}
    where ${regions.code} ~>=~ ${regionCode} and ${regions.code} ~<~ ${`${regionCode}:`} and case ${regions.level}
      when 'VILLAGE' then not exists (${operating} and ${institutions.regionCode} = ${regions.code}
          and left(${institutions.class}, 1) in ('B', 'C', 'D'))
        and not exists (select from ${outreachPoints} where ${outreachPoints.villageCode} = ${regions.code})
      when 'TOWNSHIP' then not exists (${operating} and ${institutions.townshipCode} = ${regions.code}
        and ${institutions.class} in ('B100', 'C100', 'C210', 'C220'))
      else false end
    order by 1`);
  return rows.map(([code, kind]): LayoutGapValue => ({
    regionCode: String(code),
    kind: kind === 'VILLAGE_WITHOUT_SERVICE' ? kind : 'TOWNSHIP_WITHOUT_HOSPITAL',
  }));
}
