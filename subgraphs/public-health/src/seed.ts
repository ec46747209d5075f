import { copyRows, createTableBatch, type KeyRing, type SqlSession, type TableProgress } from '@hutong/kit';
import type { Place, Region } from '@hutong/synthetic';
import { gradeFactorRows, indicatorRows, scaleRows, targetRows, weightRows } from './seed/catalogue-rows.ts';
import { packageRow } from './seed/contract-rows.ts';
import { groupProjectionRow, institutionProjectionRow, policyRow, teamProjectionRow } from './seed/projection-rows.ts';
import { allianceSurveyRows, complaintRows, educationRows, programmeRows } from './seed/demo-rows.ts';
import { fillEvaluations, fillFundAllocations } from './seed/evaluation-rows.ts';
import { fillInspections, fillTeamIncentives } from './seed/incentives.ts';
import { fillIndicatorSnapshots } from './seed/indicators.ts';
import { fillPopulations, fillTargetGroups } from './seed/populations.ts';
import { seedResidents } from './seed/residents.ts';
import { contractPolicies } from './tables/contract-policy.ts';
import { servicePackages } from './tables/contract.ts';
import {
  evaluationScales,
  evaluationWeights,
  indicatorDefinitions,
  indicatorTargets,
  satisfactionResponses,
  satisfactionSurveys,
} from './tables/evaluation.ts';
import { gradeFactors } from './tables/fund.ts';
import { programmeCases, programmeReviews, programmes, programmeTasks } from './tables/governance.ts';
import { divisions } from './tables/division.ts';
import { allianceMembers } from './tables/indicator.ts';
import { complaints } from './tables/oversight.ts';
import { healthEducationActivities } from './tables/programme-records.ts';
import { guidanceGroupProjections, institutionProjections, teamProjections } from './tables/projection.ts';

/** What fills the tables: the demo region, and the keys for encrypted columns. */
export interface RegionSeed {
  readonly region: Region;
  readonly keys: KeyRing;
}

/**
 * Fills the empty tables from the demo region (domain.md §8) and tells after each batch how many rows a table has.
 * It needs one session, best a transaction: then a load that breaks off leaves nothing behind.
 */
export async function* seed(sql: SqlSession, { region, keys }: RegionSeed): AsyncGenerator<TableProgress> {
  const asOfDay = region.asOf.slice(0, 10);
  const year = Number(asOfDay.slice(0, 4));
  yield* seedCatalogues(sql, region);
  yield* seedResidents(sql, region, keys);
  yield* seedInstitutions(sql, region, keys);
  await sql.unsafe('analyze');
  yield { table: 'regionPopulations', rows: await fillPopulations(sql, region.places, asOfDay) };
  yield { table: 'regionTargetGroups', rows: await fillTargetGroups(sql, asOfDay) };
  yield { table: 'teamIncentives', rows: await fillTeamIncentives(sql, asOfDay) };
  yield { table: 'inspections', rows: await fillInspections(sql) };
  yield { table: 'indicatorSnapshots', rows: await fillIndicatorSnapshots(sql, region) };
  yield { table: 'evaluations', rows: await fillEvaluations(sql, year) };
  yield { table: 'fundAllocationRows', rows: await fillFundAllocations(sql, year) };
  await sql.unsafe('analyze');
}

async function* seedCatalogues(sql: SqlSession, region: Region): AsyncGenerator<TableProgress> {
  const definitions = indicatorRows();
  const firstYear = Math.min(...region.years);
  const regions = region.places.flatMap((place) => [...new Set([place.regionCode, ...place.counties])]);
  const targets = region.years.flatMap((year) =>
    regions.flatMap((code) => targetRows(definitions, { regionCode: code, year, updatedAt: region.asOf })),
  );
  const places = region.places.flatMap((place) => [...region.divisions(place.key)]);
  const byCode = new Map(places.map(({ code, name }) => [code, { code, name }]));
  yield { table: 'divisions', rows: await copyRows(sql, divisions, byCode.values()) };
  yield {
    table: 'servicePackages',
    rows: await copyRows(
      sql,
      servicePackages,
      region.catalogues.servicePackages.map((fact) => packageRow(fact, region.asOf)),
    ),
  };
  yield { table: 'indicatorDefinitions', rows: await copyRows(sql, indicatorDefinitions, definitions) };
  yield { table: 'indicatorTargets', rows: await copyRows(sql, indicatorTargets, targets) };
  yield { table: 'evaluationWeights', rows: await copyRows(sql, evaluationWeights, weightRows(firstYear)) };
  yield { table: 'evaluationScales', rows: await copyRows(sql, evaluationScales, scaleRows(firstYear)) };
  yield { table: 'gradeFactors', rows: await copyRows(sql, gradeFactors, gradeFactorRows(firstYear)) };
}

const tables = {
  contractPolicies,
  institutionProjections,
  teamProjections,
  guidanceGroupProjections,
  allianceMembers,
  satisfactionSurveys,
  satisfactionResponses,
  complaints,
  healthEducationActivities,
  programmes,
  programmeTasks,
  programmeReviews,
  programmeCases,
};

/** What belongs to institutions, alliances and places: surveys of members, complaints, activities, programmes. */
async function* seedInstitutions(sql: SqlSession, region: Region, keys: KeyRing): AsyncGenerator<TableProgress> {
  const batch = createTableBatch(sql, tables, keys);
  for (const place of region.places) {
    addProgramme(batch, place, region.asOf);
    addProjections(batch, region, place);
    for (const alliance of region.alliances(place.key)) {
      const members = alliance.memberships.filter(({ leftOn, tier }) => leftOn === null && tier !== 'VILLAGE');
      const memberIds = [...new Set(members.map(({ institutionId }) => institutionId))];
      batch.add(allianceMembers, ...memberIds.map((institutionId) => ({ allianceId: alliance.id, institutionId })));
      const { survey, responses } = allianceSurveyRows(alliance, region.years.at(-1) ?? 0);
      batch.add(satisfactionSurveys, survey);
      batch.add(satisfactionResponses, ...responses);
    }
    for (const institution of region.institutions(place.key)) {
      if (institution.tier !== 'TOWNSHIP') continue;
      for (const year of region.years) {
        batch.add(complaints, ...complaintRows(institution, year));
        batch.add(healthEducationActivities, ...educationRows(institution, year));
      }
    }
    yield* batch.flush();
  }
}

/** What institutions and personnel would tell, and what the place has ruled on contracts. */
function addProjections(batch: ReturnType<typeof createTableBatch>, region: Region, place: Place): void {
  batch.add(contractPolicies, policyRow(place, Math.min(...region.years)));
  for (const fact of region.institutions(place.key)) batch.add(institutionProjections, institutionProjectionRow(fact));
  for (const fact of region.teams(place.key)) batch.add(teamProjections, teamProjectionRow(fact));
  for (const fact of region.guidanceGroups(place.key)) batch.add(guidanceGroupProjections, groupProjectionRow(fact));
}

function addProgramme(batch: ReturnType<typeof createTableBatch>, place: Place, updatedAt: string): void {
  const { programme, tasks, reviews, cases } = programmeRows(place, updatedAt);
  batch.add(programmes, programme);
  batch.add(programmeTasks, ...tasks);
  batch.add(programmeReviews, ...reviews);
  batch.add(programmeCases, ...cases);
}
