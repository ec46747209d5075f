import type { Query, Read, RequestClock } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { classICreditsPerCourse, creditResult, hoursMissing, rankForTraining } from '../rules/training.ts';
import { practitioners } from '../tables/practitioner.ts';
import { furtherStudies, mentorships, trainingCourses, trainingRecords } from '../tables/training.ts';
import { perArgument } from './period.ts';

/** A year of continuing education of one practitioner. */
export interface CreditRow {
  readonly year: number;
  readonly I: string;
  readonly II: string;
  readonly total: string;
  readonly hours: string;
  readonly required: string;
  readonly met: boolean;
  readonly missing: string;
}

/** The village doctors of one township hospital. */
export interface TrainingPriorityListRow {
  readonly institutionId: string;
  /** Present when the ranking is asked for: what public health says of each candidate, in the order of `candidates`. */
  readonly candidates?: readonly { readonly signedResidentCount?: number | null }[];
}

/** One place of a training priority list. */
export interface TrainingPriorityEntryRow {
  readonly rank: number;
  readonly practitionerId: string;
  readonly signedResidentCount: number | null;
  readonly creditsMissing: string;
}

/** Reads of training. */
export const trainingLoaders = (read: Read, clock: RequestClock) => {
  const creditsOfYear = perArgument((year) => read.batch((ids, query) => loadCredits(ids, Number(year), query)));
  return {
    course: read.byKey(trainingCourses, 'id'),
    courses: read.page(trainingCourses, 'id'),
    trainingRecord: read.byKey(trainingRecords, 'id'),
    trainingRecords: read.page(trainingRecords, 'id'),
    recordsOfPractitioner: read.listBy(trainingRecords, 'practitionerId', { orderBy: ['completedOn', 'id'] }),
    mentorship: read.byKey(mentorships, 'id'),
    mentorshipsOfMentor: read.listBy(mentorships, 'mentorId', { orderBy: ['from', 'id'] }),
    mentorshipsOfApprentice: read.listBy(mentorships, 'apprenticeId', { orderBy: ['from', 'id'] }),
    furtherStudy: read.byKey(furtherStudies, 'id'),
    studiesOfPractitioner: read.listBy(furtherStudies, 'practitionerId', { orderBy: ['from', 'id'] }),
    creditsOfYear,
    /** Credits of the business year. */
    credits: creditsOfYear(clock.day.slice(0, 4)),
    villageDoctorsOfHospital: read.listBy(practitioners, 'townshipHospitalId', {
      orderBy: ['id'],
      where: sql`${practitioners.category} = 'VILLAGE_DOCTOR' and ${practitioners.status} = 'ACTIVE'`,
    }),
    rankedOfHospital: (row: TrainingPriorityListRow) => loadRanking(row, Number(clock.day.slice(0, 4)), read.query),
  };
};

async function loadCredits(
  ids: readonly string[],
  year: number,
  query: Query,
): Promise<ReadonlyMap<string, CreditRow>> {
  const courses = sql`
    select ${trainingRecords.practitionerId} as practitioner_id, ${trainingCourses.creditClass} as credit_class,
           sum(${trainingRecords.creditsEarned}) as credits, sum(${trainingCourses.hours}) as hours
    from ${trainingRecords} join ${trainingCourses} on ${trainingCourses.id} = ${trainingRecords.courseId}
    where ${trainingRecords.practitionerId} = any(${sql.param([...ids])}::text[]) and ${trainingRecords.passed}
      and ${trainingRecords.completedOn} between make_date(${year}::integer, 1, 1) and make_date(${year}::integer, 12, 31)
    group by ${trainingRecords.practitionerId}, ${trainingCourses.id}`;
  const rows = await query(
    sql`select ${practitioners.id}, ${practitioners.category} = 'VILLAGE_DOCTOR',
               round(coalesce(sum(least(c.credits, ${classICreditsPerCourse}::numeric)) filter (where c.credit_class = 'I'), 0), 1),
               round(coalesce(sum(c.credits) filter (where c.credit_class = 'II'), 0), 1),
               round(coalesce(sum(c.hours), 0), 1)
        from ${practitioners} left join (${courses}) c on c.practitioner_id = ${practitioners.id}
        where ${practitioners.id} = any(${sql.param([...ids])}::text[])
        group by ${practitioners.id}`,
  );
  return new Map(
    rows.map(([id, villageDoctor, one, two, hours]) => [
      String(id),
      creditRow(year, villageDoctor === true, String(one), String(two), String(hours)),
    ]),
  );
}

function creditRow(year: number, villageDoctor: boolean, classI: string, classII: string, hours: string): CreditRow {
  const result = creditResult({ villageDoctor, classI, classII, hours });
  return { year, I: classI, II: classII, hours, ...result, missing: hoursMissing(hours) };
}

async function loadRanking(
  { institutionId, candidates }: TrainingPriorityListRow,
  year: number,
  query: Query,
): Promise<readonly TrainingPriorityEntryRow[]> {
  const found = await query(
    sql`select ${practitioners.id} from ${practitioners}
        where ${practitioners.townshipHospitalId} = ${institutionId} and ${practitioners.category} = 'VILLAGE_DOCTOR'
          and ${practitioners.status} = 'ACTIVE' order by 1`,
  );
  const ids = found.map(([id]) => String(id));
  const credits = await loadCredits(ids, year, query);
  const ranked = rankForTraining(
    ids.map((id, index) => ({
      id,
      signedResidentCount: candidates?.[index]?.signedResidentCount ?? null,
      creditsMissing: credits.get(id)?.missing ?? hoursMissing('0'),
    })),
  );
  return ranked.map(({ id, signedResidentCount, creditsMissing }, index) => ({
    rank: index + 1,
    practitionerId: id,
    signedResidentCount,
    creditsMissing,
  }));
}
