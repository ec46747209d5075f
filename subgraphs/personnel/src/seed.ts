import { createTableBatch, type KeyRing, type SqlSession, type TableBatch, type TableProgress } from '@hutong/kit';
import type { PlaceKey, PractitionerFact, Region } from '@hutong/synthetic';
import { allowanceRows, awardRows, incomeRows, isShown, performanceRows, titleReviewRows } from './seed/career-rows.ts';
import {
  allocationRow,
  gapRows,
  institutionPostsRow,
  poolRow,
  recruitmentRows,
  secondmentRow,
  secondmentTargetRows,
  staffingStandardRows,
} from './seed/headcount-rows.ts';
import { postRows, practitionerRow, registrationRows, type StaffSetting } from './seed/practitioner-rows.ts';
import { fillSnapshots, type SnapshotSubject } from './seed/snapshots.ts';
import {
  dispatchRows,
  furtherStudyRows,
  mentorshipRows,
  orientedStudentRows,
  talentPoolRows,
} from './seed/talent-rows.ts';
import { institutionProjectionRow, membershipProjectionRows } from './seed/projection-rows.ts';
import { guidanceGroupRow, membershipRows, teamRow } from './seed/team-rows.ts';
import { courseRow, trainingRecordRow } from './seed/training-rows.ts';
import { createDepartmentIds, readWorkplaces } from './seed/workplaces.ts';
import * as headcount from './tables/headcount.ts';
import * as performance from './tables/performance.ts';
import * as people from './tables/practitioner.ts';
import { institutionProjections, membershipProjections } from './tables/projection.ts';
import { secondments, secondmentTargets } from './tables/secondment.ts';
import * as talent from './tables/talent.ts';
import * as teams from './tables/team.ts';
import * as training from './tables/training.ts';

/** What fills the tables: the demo region, and the keys for encrypted columns. */
export interface RegionSeed {
  readonly region: Region;
  readonly keys: KeyRing;
}

/** Fills this subgraph's empty tables from the demo region; run it in one transaction. */
export async function* seed(sql: SqlSession, { region, keys }: RegionSeed): AsyncGenerator<TableProgress> {
  const batch = createTableBatch(sql, tables, keys);
  batch.add(headcount.staffingStandards, ...staffingStandardRows);
  const subjects: SnapshotSubject[] = [];
  for (const { key } of region.places) {
    const setting = placeSetting(region, key, keys);
    subjects.push(...subjectsOf(region, key, setting));
    addPlace(batch, region, key, setting);
    yield* addPeople(batch, region, key, setting);
    for (const fact of region.training(key)) {
      batch.add(training.trainingRecords, trainingRecordRow(fact, region.asOf));
      yield* batch.flushWhenLarge();
    }
  }
  yield* batch.flush();
  yield { table: 'indicatorSnapshots', rows: await fillSnapshots(sql, subjects, region.years) };
}

const tables = {
  institutionProjections,
  membershipProjections,
  practitioners: people.practitioners,
  practiceRegistrations: people.practiceRegistrations,
  posts: people.posts,
  technicalGuidanceGroups: teams.technicalGuidanceGroups,
  familyDoctorTeams: teams.familyDoctorTeams,
  teamMemberships: teams.teamMemberships,
  headcountPools: headcount.headcountPools,
  headcountAllocations: headcount.headcountAllocations,
  institutionPosts: headcount.institutionPosts,
  staffingStandards: headcount.staffingStandards,
  workforceGaps: headcount.workforceGaps,
  recruitments: headcount.recruitments,
  regionDensities: headcount.regionDensities,
  secondments,
  secondmentTargets,
  talentPoolEntries: talent.talentPoolEntries,
  talentDispatches: talent.talentDispatches,
  orientedStudents: talent.orientedStudents,
  trainingCourses: training.trainingCourses,
  trainingRecords: training.trainingRecords,
  mentorships: training.mentorships,
  furtherStudies: training.furtherStudies,
  titleReviews: performance.titleReviews,
  performanceRecords: performance.performanceRecords,
  incomeItems: performance.incomeItems,
  allowances: performance.allowances,
  awards: performance.awards,
};

function placeSetting(region: Region, place: PlaceKey, { keyedHash }: KeyRing): StaffSetting {
  const pools = [...region.headcountPools(place)];
  const active = pools.flatMap(({ allocations }) => allocations).filter(({ status }) => status === 'ACTIVE');
  return {
    asOf: region.asOf,
    workplaces: readWorkplaces(region, place),
    departmentId: createDepartmentIds(),
    keyedHash,
    pooled: new Map(active.map((allocation) => [allocation.practitionerId, allocation])),
  };
}

/** What belongs to the place as a whole. */
function addPlace(batch: TableBatch, region: Region, place: PlaceKey, setting: StaffSetting): void {
  const { asOf } = setting;
  addProjections(batch, region, place, setting);
  for (const fact of region.headcountPools(place)) {
    batch.add(headcount.headcountPools, poolRow(fact, asOf));
    batch.add(headcount.headcountAllocations, ...fact.allocations.map((one) => allocationRow(fact.id, one, asOf)));
  }
  for (const fact of region.staffing(place)) {
    batch.add(headcount.institutionPosts, institutionPostsRow(fact, setting));
    batch.add(headcount.workforceGaps, ...gapRows(fact, setting));
    batch.add(headcount.recruitments, ...recruitmentRows(fact, setting));
  }
  for (const fact of region.guidanceGroups(place)) {
    batch.add(teams.technicalGuidanceGroups, guidanceGroupRow(fact, setting));
  }
  for (const fact of region.teams(place)) {
    batch.add(teams.familyDoctorTeams, teamRow(fact, setting));
    batch.add(teams.teamMemberships, ...membershipRows(fact));
  }
  for (const fact of region.secondments(place)) batch.add(secondments, secondmentRow(fact, setting));
  for (const fact of region.trainingCourses(place)) batch.add(training.trainingCourses, courseRow(fact));
  for (const fact of region.divisions(place)) batch.add(talent.orientedStudents, ...orientedStudentRows(fact, asOf));
  const regionCode = region.places.find(({ key }) => key === place)?.regionCode ?? '';
  for (const one of region.years) batch.add(secondmentTargets, ...secondmentTargetRows(regionCode, one));
}

/** What institutions would tell of its institutions and alliances. */
function addProjections(batch: TableBatch, region: Region, place: PlaceKey, { workplaces }: StaffSetting): void {
  for (const workplace of workplaces.all.values()) {
    batch.add(institutionProjections, institutionProjectionRow(workplace));
  }
  for (const alliance of region.alliances(place)) {
    batch.add(membershipProjections, ...membershipProjectionRows(alliance));
  }
}

/** The people of the place, and what follows from each of them. */
async function* addPeople(
  batch: TableBatch,
  region: Region,
  place: PlaceKey,
  setting: StaffSetting,
): AsyncGenerator<TableProgress> {
  const { asOf } = setting;
  const mentors = new Map<string, string>();
  const experts: string[] = [];
  let technicians = 0;
  const [{ regionCode, censusPopulation } = { regionCode: '', censusPopulation: 0 }] = region.places.filter(
    ({ key }) => key === place,
  );
  const isInside = (institutionId: string): boolean => setting.workplaces.region(institutionId).startsWith(regionCode);
  for (const fact of region.practitioners(place)) {
    if (isHealthTechnician(fact) && isInside(fact.institutionId)) technicians += 1;
    const entries = talentPoolRows(fact, setting.workplaces);
    for (const { practitionerId } of entries) experts.push(practitionerId);
    if (isMentor(fact) && !mentors.has(fact.institutionId)) mentors.set(fact.institutionId, fact.id);
    batch.add(people.practitioners, practitionerRow(fact, setting));
    batch.add(people.practiceRegistrations, ...registrationRows(fact, asOf));
    batch.add(people.posts, ...postRows(fact, setting));
    batch.add(talent.talentPoolEntries, ...entries);
    batch.add(training.furtherStudies, ...furtherStudyRows(fact, setting.workplaces, asOf));
    batch.add(training.mentorships, ...mentorshipRows(fact, setting.workplaces, mentors, asOf));
    addCareer(batch, fact, asOf);
    yield* batch.flushWhenLarge();
  }
  for (const { id, tier } of setting.workplaces.all.values()) {
    if (tier === 'TOWNSHIP') batch.add(talent.talentDispatches, ...dispatchRows(id, experts, asOf));
  }
  for (const one of region.years) {
    batch.add(headcount.regionDensities, { regionCode, year: one, practitioners: technicians, censusPopulation });
  }
}

function addCareer(batch: TableBatch, fact: PractitionerFact, asOf: string): void {
  const year = Number(asOf.slice(0, 4));
  batch.add(performance.titleReviews, ...titleReviewRows(fact, year, asOf));
  if (!isShown(fact)) return;
  batch.add(performance.awards, ...awardRows(fact, year));
  batch.add(performance.performanceRecords, ...performanceRows(fact, year));
  batch.add(performance.incomeItems, ...incomeRows(fact, year));
  batch.add(performance.allowances, ...allowanceRows(fact, year));
}

/** Health technical staff 卫生技术人员: all but village doctors and people of other trades. */
function isHealthTechnician({ category }: PractitionerFact): boolean {
  return category < '60' || category === '69';
}

function isMentor(fact: PractitionerFact): boolean {
  return fact.category === '11' && (fact.titleLevel === '1' || fact.titleLevel === '2');
}

/** Which institutions' people count for which subject: the place, its counties, the institutions, the alliances. */
function* subjectsOf(region: Region, place: PlaceKey, { workplaces }: StaffSetting): Generator<SnapshotSubject> {
  const placeCode = region.places.find(({ key }) => key === place)?.regionCode ?? '';
  for (const { id: institutionId, countyCode, regionCode, tier } of workplaces.all.values()) {
    if (regionCode.startsWith(placeCode)) yield { type: 'REGION', id: placeCode, institutionId };
    if (countyCode !== null && countyCode !== placeCode) yield { type: 'REGION', id: countyCode, institutionId };
    if (tier !== 'VILLAGE') yield { type: 'INSTITUTION', id: institutionId, institutionId };
    for (const { id } of workplaces.alliancesOf.get(institutionId) ?? []) {
      yield { type: 'ALLIANCE', id, institutionId };
    }
  }
}
