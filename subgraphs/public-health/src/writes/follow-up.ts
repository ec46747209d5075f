import {
  advanced,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBounds,
  nextNo,
  numberOfOwn,
  refuse,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { followUpOutcome } from '../rules/chronic-control.ts';
import { addDays } from '../rules/contract-term.ts';
import { valueOf } from '../rules/measurement.ts';
import type { ChronicDisease, FollowUpKind, RecordFollowUpInput } from '../schema-types.ts';
import {
  chronicEnrollments,
  dischargeFollowUps,
  followUps,
  type ChronicEnrollmentRow,
  type DischargeFollowUpRow,
  type StoredMeasurement,
} from '../tables/chronic.ts';
import { isManaged, lastTwo, standardisedInYear, tellEnrollment } from './chronic-enrollment.ts';
import { touchRecord } from './record-content.ts';
import { holdPresent, type HeldResident } from './resident-access.ts';
import { texts } from './texts.ts';
import { checkInstitution, doneBy, readingsOf, visitDay } from './visits.ts';

/** Records a follow-up 随访 and what it leads to (domain.md 3.10); one after a discharge settles what was owed (domain.md 3.4.6). */
export async function recordFollowUp(input: RecordFollowUpInput, write: Write): Promise<Written> {
  const { residentId, institutionId, kind, at, mode } = input;
  const resident = await holdPresent(write, residentId);
  expectBounds(input);
  const faults = createFaults();
  const { isPrimaryCare } = await checkInstitution(write, institutionId, faults);
  const byId = doneBy(write, input.byId, faults);
  const enrollment = await enrollmentOf(write, input, faults);
  const owed = await owedOf(write, input, faults);
  const day = visitDay(
    write,
    { at, first: owed?.dischargedOn ?? enrollment?.enrolledOn ?? resident.birthDate },
    faults,
  );
  if (enrollment !== undefined) await expectLater(write, enrollment, at, faults);
  const measurements = readingsOf(input.measurements, at, faults);
  const isSaid = input.nextDue === null || input.nextDue === undefined;
  faults.expect(isSaid || (input.nextDue ?? '') > day, 'VALIDATION_FAILED', 'nextDue', texts.order);
  faults.throwIfAny();
  const no = await nextNo(write, followUps, residentId);
  const outcome = outcomeOf(input, { resident, enrollment, measurements, day });
  await write.tx.insert(followUps).values({
    residentId,
    no,
    kind,
    enrollmentNo: enrollment?.no ?? null,
    encounterNo: owed?.encounterNo ?? null,
    at,
    dueBy: owed?.dueBy ?? null,
    mode,
    byId,
    institutionId,
    measurements,
    medicationAdherence: input.medicationAdherence ?? null,
    ...outcome.stored,
  });
  const id = encodeOwnedId('fu', residentId, no);
  const payload = { kind, at, institutionId, isPrimaryCare, encounterId: input.encounterId ?? null };
  write.change({ type: 'FollowUp', id, kind: 'CREATED', residentId, payload });
  if (enrollment !== undefined) await judge(write, enrollment, { control: outcome.control, day });
  await touchRecord(write, residentId);
  return { id };
}

/** The disease whose enrolment a kind of follow-up belongs to. */
const diseases: Partial<Record<FollowUpKind, ChronicDisease>> = {
  HTN: 'HTN',
  DM: 'T2DM',
  STROKE_REHAB: 'STROKE',
  MENTAL: 'MENTAL',
  TB: 'TB',
};

/** The enrolment of a follow-up: hypertension and diabetes have one, and what is given is of the kind's disease and in force. */
async function enrollmentOf(
  { tx }: Write,
  { residentId, kind, enrollmentId }: RecordFollowUpInput,
  faults: Faults,
): Promise<ChronicEnrollmentRow | undefined> {
  if (enrollmentId === null || enrollmentId === undefined) {
    const needsOne = kind === 'HTN' || kind === 'DM';
    faults.expect(!needsOne, 'VALIDATION_FAILED', 'enrollmentId', texts.needed);
    return undefined;
  }
  const no = numberOfOwn('ce', residentId, enrollmentId);
  if (no === undefined) return refuse('NOT_FOUND', 'enrollmentId');
  const [row] = await tx
    .select()
    .from(chronicEnrollments)
    .where(and(eq(chronicEnrollments.residentId, residentId), eq(chronicEnrollments.no, no)))
    .for('update');
  if (row === undefined) return refuse('NOT_FOUND', 'enrollmentId');
  faults.expect(row.disease === diseases[kind], 'VALIDATION_FAILED', 'enrollmentId', own.disease);
  faults.expect(row.status === 'ACTIVE', 'INVALID_TRANSITION', 'enrollmentId', own.notManaged);
  return row;
}

/** The stay after which a follow-up is owed; a stay is followed up once. */
async function owedOf(
  { tx }: Write,
  { residentId, kind, encounterId }: RecordFollowUpInput,
  faults: Faults,
): Promise<DischargeFollowUpRow | undefined> {
  if (kind !== 'DISCHARGE') {
    faults.expect(encounterId === null || encounterId === undefined, 'VALIDATION_FAILED', 'encounterId', own.stay);
    return undefined;
  }
  const key = decodeOwnedId('en', encounterId ?? '');
  if (key?.residentId !== residentId) return refuse('NOT_FOUND', 'encounterId');
  const ofStay = and(eq(dischargeFollowUps.residentId, residentId), eq(dischargeFollowUps.encounterNo, key.no));
  const [owed] = await tx.select().from(dischargeFollowUps).where(ofStay);
  if (owed === undefined) return refuse('NOT_FOUND', 'encounterId');
  const made = await tx
    .select({ no: followUps.no })
    .from(followUps)
    .where(
      and(eq(followUps.residentId, residentId), eq(followUps.encounterNo, key.no), eq(followUps.kind, 'DISCHARGE')),
    );
  faults.expect(made.length === 0, 'INVALID_TRANSITION', 'encounterId', own.followed);
  return owed;
}

/** Follow-ups of an enrolment are recorded in their order, since one is judged by the one before. */
async function expectLater(write: Write, enrollment: ChronicEnrollmentRow, at: string, faults: Faults): Promise<void> {
  const { lastAt } = await lastTwo(write, enrollment);
  const isLater = lastAt === null || Date.parse(at) > Date.parse(lastAt);
  faults.expect(isLater, 'VALIDATION_FAILED', 'at', own.later);
}

interface Facts {
  readonly resident: HeldResident;
  readonly enrollment: ChronicEnrollmentRow | undefined;
  readonly measurements: readonly StoredMeasurement[];
  readonly day: string;
}

/** What a follow-up leads to: by rule 3.10 for hypertension and diabetes, else by what was seen. */
function outcomeOf(input: RecordFollowUpInput, { resident, enrollment, measurements, day }: Facts) {
  const { warningSigns, adverseReaction, complication } = input;
  const seen = complication ? COMPLICATION : adverseReaction ? ADVERSE : null;
  if (enrollment === undefined || !isManaged(enrollment.disease)) {
    const stored = {
      classification: seen,
      nextDue: input.nextDue ?? null,
      referralAdvised: warningSigns,
      referralReason: warningSigns ? ('ACUTE_CRITICAL' as const) : null,
    };
    return { control: null, stored };
  }
  const number = (kind: 'SBP' | 'DBP') => {
    const value = valueOf(measurements, kind);
    return value === null ? null : Number(value);
  };
  const reading = { sbp: number('SBP'), dbp: number('DBP'), fbg: valueOf(measurements, 'FBG'), warningSigns };
  const person = { birthDate: resident.birthDate, previous: enrollment.lastControl };
  const { control, referralAdvised, reason, classification, nextDue } = followUpOutcome(
    enrollment.disease,
    reading,
    person,
    day,
  );
  const soon = addDays(day, SOON_DAYS);
  const stored = {
    classification: seen ?? classification,
    nextDue: seen !== null && soon < nextDue ? soon : nextDue,
    referralAdvised,
    referralReason: reason,
  };
  return { control, stored };
}

/** VS-39: adverse reaction 不良反应 and complication 并发症; both are seen again within two weeks. */
const ADVERSE = '3';
const COMPLICATION = '4';
const SOON_DAYS = 14;

interface Judged {
  readonly control: ChronicEnrollmentRow['lastControl'] | null;
  readonly day: string;
}

/** Notes in the enrolment how the disease is controlled, and whether the management of the year is standardised. */
async function judge(write: Write, enrollment: ChronicEnrollmentRow, { control, day }: Judged): Promise<void> {
  const { residentId, no } = chronicEnrollments;
  const next = {
    lastControl: control ?? enrollment.lastControl,
    standardisedThisYear:
      day.slice(0, 4) === write.clock.day.slice(0, 4)
        ? await standardisedInYear(write, enrollment, day)
        : enrollment.standardisedThisYear,
    ...advanced(enrollment, write),
  };
  await write.tx
    .update(chronicEnrollments)
    .set(next)
    .where(and(eq(residentId, enrollment.residentId), eq(no, enrollment.no)));
  tellEnrollment(write, { ...enrollment, ...next }, { kind: 'UPDATED', ...(await lastTwo(write, enrollment)) });
}

const own = {
  disease: { en: 'This enrolment is for another disease.', zh: '该慢病管理与随访类别不符。' },
  notManaged: { en: 'The disease is not managed at present.', zh: '该病种当前不在管。' },
  stay: { en: 'Only a follow-up after discharge is of a stay.', zh: '仅出院随访关联住院。' },
  followed: { en: 'This stay was followed up already.', zh: '该次住院已完成出院随访。' },
  later: { en: 'A later follow-up is recorded already.', zh: '已有更晚的随访记录。' },
} as const satisfies Readonly<Record<string, FaultText>>;
