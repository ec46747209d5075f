import {
  comparableColumns,
  createTestDatabase,
  type Database,
  indexedColumns,
  referringColumns,
  trigramColumns,
} from '@hutong/kit';
import { loadSubgraphSdl } from '@hutong/schema';
import type { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrations } from './sample-caller.ts';
import { headcountPools, workforceGaps } from './tables/headcount.ts';
import { performanceRecords, titleReviews } from './tables/performance.ts';
import { practitioners } from './tables/practitioner.ts';
import { secondments } from './tables/secondment.ts';
import { orientedStudents, talentPoolEntries } from './tables/talent.ts';
import { familyDoctorTeams, technicalGuidanceGroups } from './tables/team.ts';
import { trainingCourses, trainingRecords } from './tables/training.ts';

const tables: Readonly<Record<string, PgTable>> = {
  FamilyDoctorTeam: familyDoctorTeams,
  HeadcountPool: headcountPools,
  OrientedStudent: orientedStudents,
  PerformanceRecord: performanceRecords,
  Practitioner: practitioners,
  Secondment: secondments,
  TalentPoolEntry: talentPoolEntries,
  TechnicalGuidanceGroup: technicalGuidanceGroups,
  TitleReview: titleReviews,
  TrainingCourse: trainingCourses,
  TrainingRecord: trainingRecords,
  WorkforceGap: workforceGaps,
};

const sdl = loadSubgraphSdl('personnel');

/** Rows are always read under these: those of a resident, and the records of a practitioner. */
const owners = ['resident_id', 'practitioner_id'];

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'), { migrations });
});
afterAll(() => database.close());

test('every column that can be filtered or sorted by leads an index, or follows its owner in one', async () => {
  const indexed = await indexedColumns(database.sql, owners);
  const wanted = comparableColumns(sdl, tables);
  expect(wanted.length).toBeGreaterThan(40);
  expect(wanted.filter((column) => !indexed.has(column))).toEqual([]);
});

test('every column that names a row of this database is a foreign key', async () => {
  const names = [
    'practitioner_id',
    'leader_id',
    'mentor_id',
    'apprentice_id',
    'assigned_id',
    'team_id',
    'course_id',
    'pool_id',
    'guidance_group_id',
  ];
  const columns = await referringColumns(database.sql, names);
  expect(columns.length).toBe(21);
  expect(columns.filter(({ isKey }) => !isKey)).toEqual([]);
});

test('every text that can be searched for a part of it has an index of trigrams', async () => {
  const indexed = await trigramColumns(database.sql);
  const searched = comparableColumns(sdl, tables, { filter: 'TextFilter' });
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.filter((column) => !indexed.has(column))).toEqual([]);
});
