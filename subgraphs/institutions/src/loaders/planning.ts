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

/** A place on the map, WGS-84 degrees. */
export interface MapPlace {
  readonly longitude: number;
  readonly latitude: number;
}

/** A township that has a gap, or a village that has one when no clinic is near. */
export interface DoubtfulDivision {
  readonly regionCode: string;
  readonly isVillage: boolean;
  readonly place: MapPlace | null;
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
  doubtfulDivisions: (regionCode: string) => loadDoubtful(read.query, regionCode),
  clinicsAround: (places: readonly MapPlace[]) => loadClinics(read.query, places),
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

/** Institutions of primary care in service: clinics are classes B and D, township hospitals C of VS-04. */
const primaryCare = sql`${institutions.status} = 'ACTIVE' and left(${institutions.class}, 1) in ('B', 'C', 'D')`;

const unmeasured = (table: typeof regions | typeof institutions) =>
  sql`(${table.longitude} is null or ${table.latitude} is null)`;

/**
 * Townships without a hospital, and villages without a service point to which no clinic of their own counts unmeasured: a clinic counts for the
 * village it stands in where one of the two has no place on the map (domain.md 3.19.5). By code.
 */
async function loadDoubtful(query: Query, regionCode: string): Promise<readonly DoubtfulDivision[]> {
  const rows = await query(sql`
    select ${regions.code}, ${regions.level}, ${regions.longitude}, ${regions.latitude}
    from ${regions}
    where ${regions.code} ~>=~ ${regionCode} and ${regions.code} ~<~ ${`${regionCode}:`} and case ${regions.level}
      when 'VILLAGE' then not exists (select from ${institutions} where ${primaryCare}
          and ${institutions.regionCode} = ${regions.code} and (${unmeasured(regions)} or ${unmeasured(institutions)}))
        and not exists (select from ${outreachPoints} where ${outreachPoints.villageCode} = ${regions.code})
      when 'TOWNSHIP' then not exists (select from ${institutions} where ${institutions.status} = 'ACTIVE'
        and ${institutions.townshipCode} = ${regions.code} and ${institutions.class} in ('B100', 'C100', 'C210', 'C220'))
      else false end
    order by 1`);
  return rows.map(([code, level, longitude, latitude]) => ({
    regionCode: String(code),
    isVillage: level === 'VILLAGE',
    place: placeOf(longitude, latitude),
  }));
}

/** Places of the institutions of primary care between the outermost of some places, and a little beyond: further than any village looks. */
async function loadClinics(query: Query, places: readonly MapPlace[]): Promise<readonly MapPlace[]> {
  if (places.length === 0) return [];
  const [west, east] = outermost(places.map(({ longitude }) => longitude));
  const [south, north] = outermost(places.map(({ latitude }) => latitude));
  const rows = await query(sql`
    select ${institutions.longitude}, ${institutions.latitude} from ${institutions}
    where ${primaryCare} and ${institutions.longitude} between ${west}::numeric and ${east}::numeric
      and ${institutions.latitude} between ${south}::numeric and ${north}::numeric`);
  return rows.flatMap(([longitude, latitude]) => placeOf(longitude, latitude) ?? []);
}

function outermost(degrees: readonly number[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const one of degrees) [least, most] = [Math.min(least, one), Math.max(most, one)];
  return [least - 0.1, most + 0.1];
}

function placeOf(longitude: unknown, latitude: unknown): MapPlace | null {
  return longitude === null || latitude === null ? null : { longitude: Number(longitude), latitude: Number(latitude) };
}
