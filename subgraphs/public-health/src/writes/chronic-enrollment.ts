import {
  createFaults,
  encodeOwnedId,
  expectBounds,
  LONGEST_PROSE,
  nextNo,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { isStandardised, type ManagedDisease } from '../rules/chronic-control.ts';
import { ageAt } from '../rules/contract-term.ts';
import type { ChronicDisease, EnrolChronicInput, FocusGroup } from '../schema-types.ts';
import { chronicEnrollments, followUps, type ChronicEnrollmentRow } from '../tables/chronic.ts';
import { healthExams } from '../tables/programme-records.ts';
import { joinFocusGroup } from './focus-group.ts';
import { touchRecord } from './record-content.ts';
import { holdPresent } from './resident-access.ts';
import { checkInstitution } from './visits.ts';

/** Enrols a resident for the management of a chronic disease 纳入慢病管理 (domain.md 3.10). */
export async function enrolChronic(input: EnrolChronicInput, write: Write): Promise<Written> {
  const { residentId, disease, institutionId } = input;
  const { tx, clock } = write;
  const resident = await holdPresent(write, residentId);
  expectBounds(input, { plan: LONGEST_PROSE });
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  const isOfAge = !isManaged(disease) || ageAt(resident.birthDate, clock.day) >= LEAST_AGE;
  faults.expect(isOfAge, 'VALIDATION_FAILED', 'disease', own.age);
  const diagnosedOn = input.diagnosedOn ?? null;
  const isPossible = diagnosedOn === null || (diagnosedOn >= resident.birthDate && diagnosedOn <= clock.day);
  faults.expect(isPossible, 'VALIDATION_FAILED', 'diagnosedOn', own.diagnosed);
  faults.expect(!(await isEnrolled(write, residentId, disease)), 'VALIDATION_FAILED', 'disease', own.enrolled);
  faults.throwIfAny();
  const no = await nextNo(write, chronicEnrollments, residentId);
  const enrollment = {
    residentId,
    no,
    disease,
    diagnosedOn,
    enrolledOn: clock.day,
    managedById: institutionId,
    status: 'ACTIVE',
    plan: input.plan?.trim() ?? null,
    lastControl: 'UNKNOWN',
    standardisedThisYear: false,
    version: 1,
    updatedAt: clock.instant,
  } as const;
  await tx.insert(chronicEnrollments).values(enrollment);
  tellEnrollment(write, enrollment, { kind: 'CREATED', lastControlled: [], lastAt: null });
  const id = encodeOwnedId('ce', residentId, no);
  write.step({ type: 'ChronicEnrollment', id, residentId, from: null, to: 'ACTIVE' });
  const group = groups[disease];
  if (group !== undefined) await joinFocusGroup(write, resident, group);
  await touchRecord(write, residentId);
  return { id };
}

/** Hypertension and diabetes are managed from this age on, in years. */
const LEAST_AGE = 35;

/** Whether the standard of rule 3.10 is for this disease. */
export function isManaged(disease: ChronicDisease): disease is ManagedDisease {
  return disease === 'HTN' || disease === 'T2DM';
}

async function isEnrolled({ tx }: Write, id: string, ofDisease: ChronicDisease): Promise<boolean> {
  const { residentId, disease, status, no } = chronicEnrollments;
  const rows = await tx
    .select({ no })
    .from(chronicEnrollments)
    .where(and(eq(residentId, id), eq(disease, ofDisease), inArray(status, ['ACTIVE', 'SUSPENDED'])));
  return rows.length > 0;
}

/** Focus groups 重点人群 that follow from a disease. */
const groups: Partial<Record<ChronicDisease, FocusGroup>> = {
  HTN: 'HYPERTENSION',
  T2DM: 'DIABETES',
  STROKE: 'STROKE',
  MENTAL: 'MENTAL',
  TB: 'TB',
};

interface Told {
  readonly kind: 'CREATED' | 'UPDATED';
  /** Whether the disease was controlled at the last two follow-ups, the last first. */
  readonly lastControlled: readonly boolean[];
  readonly lastAt: string | null;
}

/** Tells of an enrolment what long prescriptions ask for (domain.md 3.18). */
export function tellEnrollment(
  write: Write,
  {
    residentId,
    no,
    disease,
    status,
    version,
  }: Pick<ChronicEnrollmentRow, 'residentId' | 'no' | 'disease' | 'status' | 'version'>,
  { kind, lastControlled, lastAt }: Told,
): void {
  const id = encodeOwnedId('ce', residentId, no);
  const payload = { disease, status, lastControlled, lastAt, version };
  write.change({ type: 'ChronicEnrollment', id, kind, residentId, payload });
}

/** Whether the management of an enrolment is standardised in the year of a day 本年度规范管理 (domain.md 3.10). */
export async function standardisedInYear(
  { tx }: Write,
  { residentId, no, disease, enrolledOn }: ChronicEnrollmentRow,
  day: string,
): Promise<boolean> {
  if (!isManaged(disease)) return false;
  const year = Number(day.slice(0, 4));
  const [from, until] = [`${year}-01-01T00:00:00+08:00`, `${year + 1}-01-01T00:00:00+08:00`];
  const made = await tx
    .select()
    .from(followUps)
    .where(
      and(
        eq(followUps.residentId, residentId),
        eq(followUps.enrollmentNo, no),
        gte(followUps.at, from),
        lt(followUps.at, until),
      ),
    );
  const [exams] = await tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(healthExams)
    .where(and(eq(healthExams.residentId, residentId), gte(healthExams.at, from), lt(healthExams.at, until)));
  const counted = made.map(({ at, mode, measurements }) => ({
    on: at.slice(0, 10),
    mode,
    fbgTaken: measurements.some(({ kind }) => kind === 'FBG'),
  }));
  return isStandardised(disease, enrolledOn, year, { followUps: counted, exams: exams?.count ?? 0 });
}

/** Whether the disease was controlled at the last two follow-ups of an enrolment, the last first; and when the last one was. */
export async function lastTwo(
  { tx }: Write,
  { residentId, no }: Pick<ChronicEnrollmentRow, 'residentId' | 'no'>,
): Promise<{ readonly lastControlled: readonly boolean[]; readonly lastAt: string | null }> {
  const { at, classification } = followUps;
  const rows = await tx
    .select({ at, classification })
    .from(followUps)
    .where(and(eq(followUps.residentId, residentId), eq(followUps.enrollmentNo, no)))
    .orderBy(desc(at), desc(followUps.no))
    .limit(2);
  return { lastControlled: rows.map((row) => row.classification === SATISFIED), lastAt: rows[0]?.at ?? null };
}

/** VS-39: controlled 控制满意. */
const SATISFIED = '1';

const own = {
  age: {
    en: 'Hypertension and diabetes are managed from 35 years on.',
    zh: '高血压、糖尿病管理对象为 35 岁及以上居民。',
  },
  diagnosed: { en: 'The diagnosis lies before the birth or in the future.', zh: '确诊日期早于出生日期或晚于今日。' },
  enrolled: { en: 'The resident is managed for this disease already.', zh: '该居民已纳入该病种管理。' },
} as const satisfies Readonly<Record<string, FaultText>>;
