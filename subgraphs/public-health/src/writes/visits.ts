import { toDay, type Faults, type FaultText, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { isPlausible, isPressure, measurementForms } from '../rules/measurement.ts';
import type { MeasurementInput } from '../schema-types.ts';
import type { StoredMeasurement } from '../tables/chronic.ts';
import { institutionProjections } from '../tables/projection.ts';
import { writesRecordsOf } from './resident-access.ts';
import { texts } from './texts.ts';

/** The day of an instant in Asia/Shanghai; notes a fault for one before the first day or in the future. */
export function visitDay(
  { clock }: Write,
  { at, first, path = 'at' }: { readonly at: string; readonly first: string; readonly path?: string },
  faults: Faults,
): string {
  const day = toDay(new Date(at));
  const isPast = Date.parse(at) <= Date.parse(clock.instant) && day >= first;
  faults.expect(isPast, 'VALIDATION_FAILED', path, own.time);
  return day;
}

/** Notes a fault unless the caller writes for the institution, and it is open; gives whether it is one of primary care. */
export async function checkInstitution(
  write: Write,
  institutionId: string,
  faults: Faults,
): Promise<{ readonly isPrimaryCare: boolean }> {
  faults.expect(writesRecordsOf(write, institutionId), 'FORBIDDEN', 'institutionId');
  const { id, status, tier } = institutionProjections;
  const [place] = await write.tx.select({ status, tier }).from(institutionProjections).where(eq(id, institutionId));
  faults.expect(place === undefined || place.status === 'ACTIVE', 'VALIDATION_FAILED', 'institutionId', texts.closed);
  faults.expect(place !== undefined, 'NOT_FOUND', 'institutionId');
  return { isPrimaryCare: place?.tier === 'TOWNSHIP' || place?.tier === 'VILLAGE' };
}

/** The practitioner who did it: the caller, or who is named; notes a fault when nobody is. */
export function doneBy({ caller }: Write, byId: string | null | undefined, faults: Faults): string {
  const by = byId ?? caller.practitionerId ?? '';
  faults.expect(by !== '', 'VALIDATION_FAILED', 'byId', texts.needed);
  return by;
}

/** Readings as they are stored; notes every one that is not plausible, or given twice. */
export function readingsOf(given: readonly MeasurementInput[], at: string, faults: Faults): StoredMeasurement[] {
  for (const [index, reading] of given.entries()) {
    const path = `measurements.${index}`;
    faults.expect(isPlausible(reading), 'VALIDATION_FAILED', `${path}.value`, valueText);
    const isFirst = given.findIndex(({ kind }) => kind === reading.kind) === index;
    faults.expect(isFirst, 'VALIDATION_FAILED', `${path}.kind`, texts.twice);
  }
  faults.expect(isPressure(given), 'VALIDATION_FAILED', 'measurements', pressureText);
  return given.map(({ kind, value, source }) => ({ kind, value, unit: measurementForms[kind].unit, at, source }));
}

/** Says of a value that no living person has it. */
export const valueText: FaultText = { en: 'This value is not plausible; measure again.', zh: '数值不合理，请复测。' };

/** Says how a blood pressure is given. */
export const pressureText: FaultText = {
  en: 'A blood pressure has two values, the diastolic below the systolic.',
  zh: '血压须同时填写收缩压与舒张压，且舒张压低于收缩压。',
};

const own = {
  time: { en: 'The time lies in the future, or before it can have been.', zh: '时间晚于当前或早于可能的日期。' },
} as const satisfies Readonly<Record<string, FaultText>>;
