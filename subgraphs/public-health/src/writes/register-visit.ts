import {
  advanced,
  createFaults,
  encodeOwnedId,
  expectBetween,
  expectBounds,
  expectNotFuture,
  expectVersion,
  LONGEST_PROSE,
  nextNo,
  refuse,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, desc, eq } from 'drizzle-orm';
import { isSevereMental, isTuberculosis } from '../rules/register-visit.ts';
import type { RecordMentalVisitInput, RecordTbVisitInput, TbOutcome } from '../schema-types.ts';
import {
  mentalHealthRecords,
  tbRecords,
  type StoredProgrammeVisit,
  type TbRecordRow,
} from '../tables/programme-records.ts';
import { expectDiagnosis } from './checks.ts';
import { joinFocusGroup, leaveFocusGroup } from './focus-group.ts';
import { touchRecord } from './record-content.ts';
import { holdPresent, type HeldResident } from './resident-access.ts';
import { texts } from './texts.ts';
import { checkInstitution } from './visits.ts';

/** Records a visit to a person with a severe mental disorder 严重精神障碍随访; the first opens the register entry (domain.md 3.10). */
export async function recordMentalVisit(input: RecordMentalVisitInput, write: Write): Promise<Written> {
  const { residentId, institutionId, on, riskLevel } = input;
  const { tx, clock } = write;
  const { resident, faults } = await begin(input, write);
  const ofResident = eq(mentalHealthRecords.residentId, residentId);
  const [entry] = await tx.select().from(mentalHealthRecords).where(ofResident).limit(1).for('update');
  if (entry !== undefined) expectVersion(entry, input.version);
  expectBetween(faults, riskLevel, [0, 5], 'riskLevel');
  const diagnosis = diagnosisOf(input, { entry, isOfRegister: isSevereMental, text: own.mental }, faults);
  const visits = visitsOf(input, { entry, riskLevel }, faults);
  faults.throwIfAny();
  const no = entry?.no ?? (await nextNo(write, mentalHealthRecords, residentId));
  const id = encodeOwnedId('mh', residentId, no);
  if (entry === undefined) {
    const opened = { residentId, no, diagnosis, registeredOn: on, institutionId, riskLevel, visits };
    await tx.insert(mentalHealthRecords).values({ ...opened, updatedAt: clock.instant });
    write.change({
      type: 'MentalHealthRecord',
      id,
      kind: 'CREATED',
      residentId,
      payload: { institutionId, version: 1 },
    });
    await joinFocusGroup(write, resident, 'MENTAL');
  } else {
    const next = advanced(entry, write);
    await tx
      .update(mentalHealthRecords)
      .set({ riskLevel, visits, ...next })
      .where(and(ofResident, eq(mentalHealthRecords.no, no)));
    const payload = { institutionId: entry.institutionId, version: next.version };
    write.change({ type: 'MentalHealthRecord', id, kind: 'UPDATED', residentId, payload });
  }
  await touchRecord(write, residentId);
  return { id };
}

/** Records a visit to a person with tuberculosis 肺结核随访: the first opens a course, one with an outcome ends it (domain.md 3.10). */
export async function recordTbVisit(input: RecordTbVisitInput, write: Write): Promise<Written> {
  const { residentId } = input;
  const { resident, faults } = await begin(input, write);
  const entry = await openCourse(write, residentId);
  if (entry !== undefined) expectVersion(entry, input.version);
  const diagnosis = diagnosisOf(input, { entry, isOfRegister: isTuberculosis, text: own.tb }, faults);
  const visits = visitsOf(input, { entry, riskLevel: null }, faults);
  const outcome = input.outcome ?? 'ON_TREATMENT';
  const treatmentFrom = input.treatmentFrom ?? entry?.treatmentFrom ?? null;
  const isPossible = treatmentFrom === null || (treatmentFrom >= resident.birthDate && treatmentFrom <= input.on);
  faults.expect(isPossible, 'VALIDATION_FAILED', 'treatmentFrom', own.treatment);
  const isTreated = treatmentFrom !== null || (outcome !== 'CURED' && outcome !== 'COMPLETED');
  faults.expect(isTreated, 'VALIDATION_FAILED', 'outcome', own.untreated);
  faults.throwIfAny();
  const treatmentTo = outcome === 'ON_TREATMENT' ? null : input.on;
  const id = await storeCourse(write, input, { entry, diagnosis, visits, outcome, treatmentFrom, treatmentTo });
  if (entry === undefined) await joinFocusGroup(write, resident, 'TB');
  else if (outcome !== 'ON_TREATMENT') await leaveFocusGroup(write, resident, 'TB');
  await touchRecord(write, residentId);
  return { id };
}

/** The newest course of treatment, if it has not ended, locked. */
async function openCourse({ tx }: Write, residentId: string): Promise<TbRecordRow | undefined> {
  const [row] = await tx
    .select()
    .from(tbRecords)
    .where(eq(tbRecords.residentId, residentId))
    .orderBy(desc(tbRecords.no))
    .limit(1)
    .for('update');
  return row === undefined || (row.outcome !== null && row.outcome !== 'ON_TREATMENT') ? undefined : row;
}

interface Course extends Pick<TbRecordRow, 'diagnosis' | 'visits' | 'treatmentFrom' | 'treatmentTo'> {
  readonly entry: TbRecordRow | undefined;
  readonly outcome: TbOutcome;
}

async function storeCourse(
  write: Write,
  { residentId, institutionId, on }: RecordTbVisitInput,
  { entry, diagnosis, visits, outcome, treatmentFrom, treatmentTo }: Course,
): Promise<string> {
  const no = entry?.no ?? (await nextNo(write, tbRecords, residentId));
  const id = encodeOwnedId('tb', residentId, no);
  const content = { visits, outcome, treatmentFrom, treatmentTo };
  const next = entry === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(entry, write);
  if (entry === undefined) {
    const opened = { residentId, no, diagnosis, notifiedOn: on, institutionId };
    await write.tx.insert(tbRecords).values({ ...opened, ...content, ...next });
  } else {
    await write.tx
      .update(tbRecords)
      .set({ ...content, ...next })
      .where(and(eq(tbRecords.residentId, residentId), eq(tbRecords.no, no)));
  }
  const from = entry?.outcome ?? null;
  if (from !== outcome) write.step({ type: 'TbRecord', id, residentId, from, to: outcome });
  const payload = { institutionId: entry?.institutionId ?? institutionId, status: outcome, version: next.version };
  write.change({ type: 'TbRecord', id, kind: entry === undefined ? 'CREATED' : 'UPDATED', residentId, payload });
  return id;
}

type Visit = Pick<RecordTbVisitInput, 'residentId' | 'institutionId' | 'on' | 'mode' | 'findings' | 'diagnosis'>;

/** Holds the resident, and notes what every visit of a register may have wrong. */
async function begin(
  input: Visit,
  write: Write,
): Promise<{ readonly resident: HeldResident; readonly faults: Faults }> {
  const resident = await holdPresent(write, input.residentId);
  expectBounds(input, { findings: LONGEST_PROSE });
  const faults = createFaults();
  await checkInstitution(write, input.institutionId, faults);
  expectNotFuture(faults, write, input.on, 'on');
  faults.expect(input.on >= resident.birthDate, 'VALIDATION_FAILED', 'on', texts.order);
  return { resident, faults };
}

interface Register {
  readonly entry: { readonly diagnosis: string } | undefined;
  readonly isOfRegister: (diagnosis: string) => boolean;
  /** Which diagnoses the register is for. */
  readonly text: FaultText;
}

/** The diagnosis of an entry: said when it is opened, and only then. */
function diagnosisOf({ diagnosis = null }: Visit, { entry, isOfRegister, text }: Register, faults: Faults): string {
  if (entry !== undefined) {
    const isSame = diagnosis === null || diagnosis === entry.diagnosis;
    faults.expect(isSame, 'VALIDATION_FAILED', 'diagnosis', own.registered);
    return entry.diagnosis;
  }
  if (diagnosis === null) return refuse('VALIDATION_FAILED', 'diagnosis', own.first);
  expectDiagnosis(faults, diagnosis, 'diagnosis');
  faults.expect(isOfRegister(diagnosis), 'VALIDATION_FAILED', 'diagnosis', text);
  return diagnosis;
}

interface Visited {
  readonly entry: { readonly visits: readonly StoredProgrammeVisit[] } | undefined;
  readonly riskLevel: number | null;
}

/** The visits with the new one, which is the last: the next one is reckoned from it. */
function visitsOf(
  { on, mode, findings }: Visit,
  { entry, riskLevel }: Visited,
  faults: Faults,
): StoredProgrammeVisit[] {
  const visits = entry?.visits ?? [];
  faults.expect(!visits.some(({ at }) => at >= on), 'VALIDATION_FAILED', 'on', own.later);
  return [...visits, { at: on, mode, riskLevel, findings: findings?.trim() ?? null }];
}

const own = {
  mental: {
    en: 'The register is for severe mental disorders: F06, F20–F29, F30, F31, F70–F79.',
    zh: '登记对象为严重精神障碍：F06、F20–F29、F30、F31、F70–F79。',
  },
  tb: { en: 'The register is for tuberculosis: A15–A19.', zh: '登记对象为结核病：A15–A19。' },
  first: { en: 'No register entry is open: say the diagnosis to open one.', zh: '尚未登记，首次随访须填写诊断。' },
  registered: { en: 'Another diagnosis is registered.', zh: '与已登记的诊断不符。' },
  later: { en: 'A visit of this day or a later one is recorded already.', zh: '已有该日或更晚的随访记录。' },
  treatment: {
    en: 'The treatment began before the birth, or after the visit.',
    zh: '开始治疗日期早于出生日期或晚于随访日期。',
  },
  untreated: { en: 'Say first when the treatment began.', zh: '请先填写开始治疗日期。' },
} as const satisfies Readonly<Record<string, FaultText>>;
