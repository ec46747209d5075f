import type { Read, RequestClock } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { recruitments } from '../tables/headcount.ts';
import { orientedStudents, talentDispatches, talentPoolEntries } from '../tables/talent.ts';
import { furtherStudies, mentorships } from '../tables/training.ts';

/** Talent on the way in one region. */
export interface PipelineRow {
  readonly regionCode: string;
  readonly studentsStudying: number;
  readonly studentsServing: number;
  readonly studentsBreached: number;
  readonly inFurtherStudy: number;
  readonly apprentices: number;
  readonly openPosts: number;
}

/** Reads of experts and oriented students. */
export const talentLoaders = (read: Read, clock: RequestClock) => ({
  talentPoolEntry: read.byKey(talentPoolEntries, 'practitionerId'),
  talentPool: read.page(talentPoolEntries, 'practitionerId'),
  talentDispatch: read.byKey(talentDispatches, 'id'),
  dispatchesOfInstitution: read.listBy(talentDispatches, 'requesterId', { orderBy: [['from', 'DESC'], 'id'] }),
  orientedStudent: read.byKey(orientedStudents, 'id'),
  orientedStudents: read.page(orientedStudents, 'id'),
  pipeline: (regionCode: string) => loadPipeline(read, regionCode, clock.day),
});

async function loadPipeline(read: Read, regionCode: string, day: string): Promise<PipelineRow> {
  const [students, studies, apprentices, openings] = await Promise.all([
    read.query(
      sql`select (count(*) filter (where ${orientedStudents.status} in ('STUDYING', 'RESIDENCY')))::integer,
                 (count(*) filter (where ${orientedStudents.status} = 'SERVING'))::integer,
                 (count(*) filter (where ${orientedStudents.status} = 'BREACHED'))::integer
          from ${orientedStudents} where starts_with(${orientedStudents.servicePlaceCode}, ${regionCode})`,
    ),
    read.query(
      sql`select count(*)::integer from ${furtherStudies}
          where starts_with(${furtherStudies.regionCode}, ${regionCode}) and ${furtherStudies.from} <= ${day}::date
            and coalesce(${furtherStudies.to}, 'infinity') >= ${day}::date`,
    ),
    read.query(
      sql`select count(*)::integer from ${mentorships}
          where starts_with(${mentorships.regionCode}, ${regionCode}) and ${mentorships.from} <= ${day}::date
            and coalesce(${mentorships.to}, 'infinity') >= ${day}::date`,
    ),
    read.query(
      sql`select coalesce(sum(${recruitments.posts} - ${recruitments.filled}), 0)::integer from ${recruitments}
          where starts_with(${recruitments.regionCode}, ${regionCode}) and coalesce(${recruitments.openTo}, 'infinity') >= ${day}::date`,
    ),
  ]);
  return {
    regionCode,
    studentsStudying: number(students, 0),
    studentsServing: number(students, 1),
    studentsBreached: number(students, 2),
    inFurtherStudy: number(studies),
    apprentices: number(apprentices),
    openPosts: number(openings),
  };
}

function number(rows: readonly (readonly unknown[])[], column = 0): number {
  return Number(rows[0]?.[column] ?? 0);
}
