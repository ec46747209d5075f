import {
  type FaultText,
  LONGEST_PROSE,
  type Write,
  type Written,
  advanced,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectText,
  nextNo,
  refuse,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { ageAt } from '../rules/contract-term.ts';
import { isPlausible, measurementForms } from '../rules/measurement.ts';
import type { RecordHealthExamInput, SubmitDeviceMeasurementInput } from '../schema-types.ts';
import { chronicEnrollments, deviceMeasurements } from '../tables/chronic.ts';
import { healthExams } from '../tables/programme-records.ts';
import { lastTwo, standardisedInYear, tellEnrollment } from './chronic-enrollment.ts';
import { decides } from './contract-renewal.ts';
import { touchRecord } from './record-content.ts';
import { expectUnmerged, holdPresent, lockResident, serves } from './resident-access.ts';
import { texts } from './texts.ts';
import { checkInstitution, visitDay } from './visits.ts';

/** Records a health examination 健康体检; it may be what standardised management still lacked (domain.md 3.10). */
export async function recordHealthExam(input: RecordHealthExamInput, write: Write): Promise<Written> {
  const { residentId, institutionId, kind, at } = input;
  const resident = await holdPresent(write, residentId);
  expectBounds(input, { advice: LONGEST_PROSE });
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  const day = visitDay(write, { at, first: resident.birthDate }, faults);
  const isElder = kind !== 'ELDERLY' || ageAt(resident.birthDate, day) >= ELDERLY_AGE;
  faults.expect(isElder, 'VALIDATION_FAILED', 'kind', own.elderly);
  const managed = await write.tx
    .select()
    .from(chronicEnrollments)
    .where(and(eq(chronicEnrollments.residentId, residentId), eq(chronicEnrollments.status, 'ACTIVE')))
    .for('update');
  faults.expect(kind !== 'CHRONIC' || managed.length > 0, 'VALIDATION_FAILED', 'kind', own.chronic);
  faults.expect(input.results.length > 0, 'VALIDATION_FAILED', 'results', texts.needed);
  for (const [index, { item, value, unit }] of input.results.entries()) {
    expectText(faults, item, `results.${index}.item`);
    expectText(faults, value, `results.${index}.value`);
    expectText(faults, unit, `results.${index}.unit`, 20);
  }
  faults.throwIfAny();
  const no = await nextNo(write, healthExams, residentId);
  const results = input.results.map(({ item, value, unit = null, abnormal }) => ({ item, value, unit, abnormal }));
  const abnormal = results.filter((one) => one.abnormal).map(({ item }) => item);
  const advice = input.advice?.trim() ?? null;
  await write.tx.insert(healthExams).values({ residentId, no, kind, at, institutionId, results, abnormal, advice });
  const id = encodeOwnedId('he', residentId, no);
  write.change({ type: 'HealthExam', id, kind: 'CREATED', residentId, payload: { kind, at, institutionId } });
  if (day.slice(0, 4) === write.clock.day.slice(0, 4)) await judgeAgain(write, managed, day);
  await touchRecord(write, residentId);
  return { id };
}

const ELDERLY_AGE = 65;

/** The enrolments whose management has become standardised by an examination. */
async function judgeAgain(
  write: Write,
  managed: readonly (typeof chronicEnrollments.$inferSelect)[],
  day: string,
): Promise<void> {
  const { residentId, no } = chronicEnrollments;
  for (const enrollment of managed) {
    const standardisedThisYear = await standardisedInYear(write, enrollment, day);
    if (standardisedThisYear === enrollment.standardisedThisYear) continue;
    const next = { standardisedThisYear, ...advanced(enrollment, write) };
    await write.tx
      .update(chronicEnrollments)
      .set(next)
      .where(and(eq(residentId, enrollment.residentId), eq(no, enrollment.no)));
    tellEnrollment(write, { ...enrollment, ...next }, { kind: 'UPDATED', ...(await lastTwo(write, enrollment)) });
  }
}

/** Takes a reading of a device at home 智能终端监测. */
export async function submitDeviceMeasurement(input: SubmitDeviceMeasurementInput, write: Write): Promise<Written> {
  const { residentId, kind, value, at } = input;
  const resident = await lockResident(write, residentId, 'residentId');
  if (!decides(write, resident) && !(await serves(write, resident))) refuse('FORBIDDEN', 'residentId');
  await expectUnmerged(write, residentId, 'residentId');
  if (resident.status !== 'ACTIVE') refuse('INVALID_TRANSITION', 'residentId', texts.gone);
  const faults = createFaults();
  expectText(faults, input.deviceId, 'deviceId', 64);
  visitDay(write, { at, first: resident.birthDate }, faults);
  faults.expect(isPlausible({ kind, value }), 'VALIDATION_FAILED', 'value', own.value);
  faults.throwIfAny();
  const no = await nextNo(write, deviceMeasurements, residentId);
  const measurement = { kind, value, unit: measurementForms[kind].unit, at, source: 'DEVICE' } as const;
  await write.tx
    .insert(deviceMeasurements)
    .values({ residentId, no, deviceId: input.deviceId.trim(), at, measurement });
  const id = encodeOwnedId('dm', residentId, no);
  write.change({ type: 'DeviceMeasurement', id, kind: 'CREATED', residentId, payload: { at } });
  return { id };
}

const own = {
  elderly: { en: 'The resident is younger than 65.', zh: '该居民未满 65 岁。' },
  chronic: { en: 'The resident is not managed for any disease.', zh: '该居民未纳入慢病管理。' },
  value: { en: 'This value is not plausible; measure again.', zh: '数值不合理，请复测。' },
} as const satisfies Readonly<Record<string, FaultText>>;
