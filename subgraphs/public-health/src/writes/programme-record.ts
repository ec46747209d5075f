import {
  type FaultText,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  createFaults,
  encodeOwnedId,
  expectBetween,
  expectBounds,
  expectText,
  governs,
  newId,
  nextNo,
  refuse,
  toDay,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { ageAt } from '../rules/contract-term.ts';
import { isClassA, isTimelyReport } from '../rules/infectious-report.ts';
import type { AssessElderlyInput, RecordHealthEducationInput, ReportInfectiousInput } from '../schema-types.ts';
import { divisions } from '../tables/division.ts';
import { elderlyAssessments, healthEducationActivities, infectiousReports } from '../tables/programme-records.ts';
import { expectDiagnosis } from './checks.ts';
import { touchRecord } from './record-content.ts';
import { expectUnmerged, holdPresent, lockResident } from './resident-access.ts';
import { checkInstitution, visitDay } from './visits.ts';

/** Mutations of the public-health programmes 公共卫生项目 (domain.md 2.5). */
export const programmeRecordWrites = (mutation: Mutation) => ({
  assessElderly: mutation('assessElderly', assessElderly),
  reportInfectious: mutation('reportInfectious', reportInfectious),
  recordHealthEducation: mutation('recordHealthEducation', recordHealthEducation),
});

/** Records the assessment of an elderly resident 老年人健康评估. */
async function assessElderly(input: AssessElderlyInput, write: Write): Promise<Written> {
  const { residentId, institutionId, at, selfCareScore = null, lifestyleAssessed, examined, testsDone } = input;
  const resident = await holdPresent(write, residentId);
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  const day = visitDay(write, { at, first: resident.birthDate }, faults);
  faults.expect(ageAt(resident.birthDate, day) >= ELDERLY_AGE, 'VALIDATION_FAILED', 'residentId', own.elderly);
  if (selfCareScore !== null) expectBetween(faults, selfCareScore, [0, MOST_DEPENDENT], 'selfCareScore');
  faults.throwIfAny();
  const no = await nextNo(write, elderlyAssessments, residentId);
  await write.tx.insert(elderlyAssessments).values({
    residentId,
    no,
    at,
    institutionId,
    selfCareScore,
    cognition: input.cognition ?? null,
    emotion: input.emotion ?? null,
    tcmConstitution: input.tcmConstitution ?? null,
    lifestyleAssessed,
    examined,
    testsDone,
    guidanceGiven: input.guidanceGiven,
  });
  const id = encodeOwnedId('ea', residentId, no);
  write.change({ type: 'ElderlyAssessment', id, kind: 'CREATED', residentId, payload: { at, institutionId } });
  await touchRecord(write, residentId);
  return { id };
}

const ELDERLY_AGE = 65;
const MOST_DEPENDENT = 40;

/** Reports a notifiable infectious disease 传染病报告: whoever made the diagnosis does, and late reports are taken too. */
async function reportInfectious(input: ReportInfectiousInput, write: Write): Promise<Written> {
  const { residentId, institutionId, disease, diseaseClass, caseKind, onsetOn = null, diagnosedAt } = input;
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  faults.throwIfAny();
  const { birthDate } = await lockResident(write, residentId, 'residentId');
  await expectUnmerged(write, residentId, 'residentId');
  const reportedAt = write.clock.instant;
  expectDiagnosis(faults, disease, 'disease');
  faults.expect(isClassA(disease) === (diseaseClass === 'A'), 'VALIDATION_FAILED', 'diseaseClass', own.classA);
  const isPast = Date.parse(diagnosedAt) <= Date.parse(reportedAt) && toDay(new Date(diagnosedAt)) >= birthDate;
  faults.expect(isPast, 'VALIDATION_FAILED', 'diagnosedAt', own.time);
  const isBefore = onsetOn === null || (onsetOn >= birthDate && onsetOn <= write.clock.day);
  faults.expect(isBefore, 'VALIDATION_FAILED', 'onsetOn', own.time);
  const same = await write.tx
    .select({ no: infectiousReports.no })
    .from(infectiousReports)
    .where(
      and(
        eq(infectiousReports.residentId, residentId),
        eq(infectiousReports.disease, disease),
        eq(infectiousReports.caseKind, caseKind),
        eq(infectiousReports.diagnosedAt, diagnosedAt),
      ),
    );
  faults.expect(same.length === 0, 'VALIDATION_FAILED', 'disease', own.reported);
  faults.throwIfAny();
  const no = await nextNo(write, infectiousReports, residentId);
  const timely = isTimelyReport(diseaseClass, diagnosedAt, reportedAt);
  const report = { disease, diseaseClass, caseKind, onsetOn, diagnosedAt, reportedAt, institutionId, timely };
  await write.tx.insert(infectiousReports).values({ residentId, no, ...report });
  const id = encodeOwnedId('ir', residentId, no);
  const payload = { institutionId, diagnosedAt, reportedAt, timely };
  write.change({ type: 'InfectiousReport', id, kind: 'CREATED', residentId, payload });
  await touchRecord(write, residentId);
  return { id };
}

/** Records health education or publicity 健康教育/宣传活动: by its institution, or by the health commission of the division. */
async function recordHealthEducation(input: RecordHealthEducationInput, write: Write): Promise<Written> {
  const { institutionId = null, regionCode, kind, channel, level, at, audience = null } = input;
  const isOwn = institutionId !== null && actsFor(write.caller, institutionId);
  if (!isOwn && !governs(write.caller, regionCode)) {
    refuse('FORBIDDEN', institutionId === null ? 'regionCode' : 'institutionId');
  }
  expectBounds(input);
  const faults = createFaults();
  const [division] = await write.tx.select().from(divisions).where(eq(divisions.code, regionCode));
  faults.expect(division !== undefined, 'VALIDATION_FAILED', 'regionCode', own.division);
  visitDay(write, { at, first: '2000-01-01' }, faults);
  if (audience !== null) expectBetween(faults, audience, [0, 100_000_000], 'audience');
  expectText(faults, input.topic, 'topic');
  faults.throwIfAny();
  const id = newId('ed');
  const topic = input.topic.trim();
  await write.tx
    .insert(healthEducationActivities)
    .values({ id, kind, channel, level, at, audience, topic, institutionId, regionCode });
  write.change({
    type: 'HealthEducationActivity',
    id,
    kind: 'CREATED',
    payload: { kind, channel, level, at, regionCode },
  });
  return { id };
}

const own = {
  elderly: { en: 'The resident is younger than 65.', zh: '该居民未满 65 岁。' },
  classA: {
    en: 'Class A is plague (A20) and cholera (A00), and nothing else.',
    zh: '甲类传染病仅为鼠疫（A20）和霍乱（A00）。',
  },
  time: { en: 'The time lies in the future or before the birth.', zh: '时间晚于当前或早于出生日期。' },
  reported: { en: 'This case is reported already.', zh: '该病例已报告。' },
  division: { en: 'This is no division of the region.', zh: '该区划代码不存在。' },
} as const satisfies Readonly<Record<string, FaultText>>;
