import { perArgument, type Query, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { practitioners } from '../tables/practitioner.ts';
import { furtherStudies, mentorships, trainingCourses, trainingRecords } from '../tables/training.ts';

/** What a practitioner earned in a year, of each course at most so many class-I credits. */
export interface CreditRow {
  readonly villageDoctor: boolean;
  readonly classI: string;
  readonly classII: string;
  readonly hours: string;
}

/** Which year is counted, and how many class-I credits of one course count. */
export interface CreditTerms {
  readonly year: number;
  readonly classICreditsPerCourse: number;
}

/** Reads of training. */
export const trainingLoaders = (read: Read) => ({
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
  creditsOfYear: perArgument((terms: CreditTerms) => read.batch((ids, query) => loadCredits(ids, terms, query))),
  villageDoctorsOfHospital: read.listBy(practitioners, 'townshipHospitalId', {
    orderBy: ['id'],
    where: sql`${practitioners.category} = 'VILLAGE_DOCTOR' and ${practitioners.status} = 'ACTIVE'`,
  }),
  /** Ids of the same people, in the same order. */
  villageDoctorIds: read.batch(loadVillageDoctorIds),
});

async function loadCredits(
  ids: readonly string[],
  { year, classICreditsPerCourse }: CreditTerms,
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
    rows.map(([id, villageDoctor, classI, classII, hours]) => [
      String(id),
      {
        villageDoctor: villageDoctor === true,
        classI: String(classI),
        classII: String(classII),
        hours: String(hours),
      },
    ]),
  );
}

async function loadVillageDoctorIds(
  hospitals: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await query(
    sql`select ${practitioners.townshipHospitalId}, array_agg(${practitioners.id} order by ${practitioners.id})
        from ${practitioners}
        where ${practitioners.townshipHospitalId} = any(${sql.param([...hospitals])}::text[])
          and ${practitioners.category} = 'VILLAGE_DOCTOR' and ${practitioners.status} = 'ACTIVE'
        group by 1`,
  );
  return new Map(rows.map(([hospital, ids]) => [String(hospital), Array.isArray(ids) ? ids.map(String) : []]));
}
