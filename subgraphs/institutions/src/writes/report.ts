import {
  actsFor,
  advanced,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectVersion,
  lockByOwnedId,
  LONGEST_PROSE,
  nextNo,
  numberOfOwn,
  refuse,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, arrayContains, eq, ne, type SQL } from 'drizzle-orm';
import { compareInstants } from '../rules/instant.ts';
import { validUntil } from '../rules/recognition.ts';
import { mayBecome } from '../rules/report-transition.ts';
import type { RecordReportInput } from '../schema-types.ts';
import { sharedCentres } from '../tables/capability.ts';
import {
  diagnosticReports,
  recognitionItems,
  remoteConsultations,
  type DiagnosticReportRow,
  type RecognitionItemRow,
} from '../tables/report.ts';
import { encounterOf, expectMoney, expectOpenPlace, expectPast, expectText } from './care-checks.ts';
import { recordDocument } from './document.ts';
import { institutionsById } from './places.ts';
import { recordRecognition } from './recognition.ts';
import { markRepeated, releaseRepeated } from './repeated-report.ts';
import { expectResident } from './residents.ts';

/** Mutations of reports 检查检验报告, their recognition 互认, and documents 共享文档 (domain.md 3.7). */
export const reportWrites = (mutation: Mutation) => ({
  recordReport: mutation('recordReport', recordReport),
  recordRecognition: mutation('recordRecognition', recordRecognition),
  recordDocument: mutation('recordDocument', recordDocument),
});

/** Records a new report, or brings one forward; a repetition without a reason is marked (domain.md 3.7). */
async function recordReport(input: RecordReportInput, write: Write): Promise<Written> {
  expectBounds(input, { conclusion: LONGEST_PROSE });
  const faults = createFaults();
  // Reports are judged by those that stand: who cancels one and who adds one come one after the other.
  if (input.status === 'CANCELLED') await nextNo(write, diagnosticReports, input.residentId);
  const stored = input.id ? await storedReport(input, input.id, write) : undefined;
  const item = await checkReport(input, write, faults);
  await checkParts(input, stored, write, faults);
  const encounterNo = await checkEncounter(input, write, faults);
  const no = stored?.no ?? (await nextNo(write, diagnosticReports, input.residentId));
  faults.throwIfAny();
  const values = reportValues(input, { encounterNo, item }, write);
  return stored === undefined ? addReport(input, { ...values, no }, write) : changeReport(stored, values, write);
}

type Unsaid = 'residentId' | 'no' | 'version' | 'updatedAt' | 'duplicateOfNo' | 'imagingStudyUid';

type ReportValues = Omit<typeof diagnosticReports.$inferInsert, Unsaid> & { readonly imagingStudyUid: SQL | null };

async function addReport(
  { residentId }: RecordReportInput,
  values: ReportValues & { readonly no: number },
  write: Write,
): Promise<Written> {
  await write.tx.insert(diagnosticReports).values({ residentId, ...values, updatedAt: write.clock.instant });
  const duplicate = await markRepeated(write, residentId, values.no);
  const id = encodeOwnedId('dr', residentId, values.no);
  write.step({ type: 'DiagnosticReport', id, residentId, from: null, to: values.status });
  const payload = { ...told(values), duplicate, version: 1 };
  write.change({ type: 'DiagnosticReport', id, kind: 'CREATED', residentId, payload });
  return { id };
}

async function changeReport(stored: DiagnosticReportRow, values: ReportValues, write: Write): Promise<Written> {
  const { residentId, no } = stored;
  const next = advanced(stored, write);
  const isCancelled = values.status === 'CANCELLED';
  await write.tx
    .update(diagnosticReports)
    .set({ ...values, ...(isCancelled ? { duplicateOfNo: null } : {}), ...next })
    .where(and(eq(diagnosticReports.residentId, residentId), eq(diagnosticReports.no, no)));
  const id = encodeOwnedId('dr', residentId, no);
  if (stored.status !== values.status) {
    write.step({ type: 'DiagnosticReport', id, residentId, from: stored.status, to: values.status });
  }
  const mark = isCancelled ? { duplicate: false } : {};
  const payload = { ...told(values), ...mark, version: next.version };
  write.change({ type: 'DiagnosticReport', id, kind: 'UPDATED', residentId, payload });
  if (isCancelled) await releaseRepeated(write, stored);
  return { id };
}

/** What the change log is told: not what was examined. */
function told({ performedAtId, interpretedAtId, status }: ReportValues) {
  return { performedAtId, interpretedAtId: interpretedAtId ?? null, status };
}

/** The report to bring forward, locked: the same resident's, item's and institution's, and not past the state asked for. */
async function storedReport(input: RecordReportInput, id: string, write: Write): Promise<DiagnosticReportRow> {
  const stored = await lockByOwnedId(write, { table: diagnosticReports, prefix: 'dr' }, id, 'id');
  if (stored.residentId !== input.residentId) refuse('NOT_FOUND', 'id');
  if (stored.performedAtId !== input.performedAtId) refuse('FORBIDDEN', 'performedAtId', texts.otherPlace);
  if (stored.item !== input.item) refuse('VALIDATION_FAILED', 'item', texts.otherItem);
  if (!mayBecome(stored.status, input.status)) refuse('INVALID_TRANSITION', 'status', texts.transition);
  expectVersion(stored, input.version);
  return stored;
}

async function checkReport(
  input: RecordReportInput,
  write: Write,
  faults: Faults,
): Promise<RecognitionItemRow | undefined> {
  const { performedAtId, interpretedAtId, performedTime, issuedTime } = input;
  const places = await institutionsById(write, [performedAtId, interpretedAtId ?? performedAtId]);
  expectOpenPlace(places.get(performedAtId), 'performedAtId', write, faults);
  const own = [performedAtId, interpretedAtId ?? performedAtId].some((id) => actsFor(write.caller, id));
  faults.expect(own, 'FORBIDDEN', 'performedAtId', texts.ownInstitution);
  if (interpretedAtId) expectOpenPlace(places.get(interpretedAtId), 'interpretedAtId', write, faults);
  await expectResident(input.residentId, 'residentId', write, faults);
  const [item] = await write.tx.select().from(recognitionItems).where(eq(recognitionItems.code, input.item));
  const known = item !== undefined && hasCode('RECOGNITION-ITEM', input.item);
  faults.expect(known, 'VALIDATION_FAILED', 'item', texts.unknownItem);
  expectPast(performedTime, 'performedTime', write, faults);
  expectPast(issuedTime, 'issuedTime', write, faults);
  const issued = issuedTime ?? write.clock.instant;
  faults.expect(compareInstants(performedTime, issued) <= 0, 'VALIDATION_FAILED', 'issuedTime', texts.order);
  checkContent(input, faults);
  return item;
}

/**
 * Who has which part in it: a stored report is brought forward by who examined or reads it, a reading from afar rests on a remote
 * consultation or a shared centre, and the grade of quality 质控等级 is the examining institution's to give.
 */
async function checkParts(
  input: RecordReportInput,
  stored: DiagnosticReportRow | undefined,
  write: Write,
  faults: Faults,
): Promise<void> {
  const { performedAtId, qualityGrade } = input;
  const interpretedAtId = input.interpretedAtId ?? performedAtId;
  const storedInterpretedAtId = stored?.interpretedAtId ?? performedAtId;
  if (interpretedAtId !== performedAtId && interpretedAtId !== storedInterpretedAtId) {
    faults.expect(await readsFor(input, interpretedAtId, write), 'FORBIDDEN', 'interpretedAtId', texts.notAsked);
  }
  const examines = actsFor(write.caller, performedAtId);
  if (stored !== undefined) {
    const concerned = examines || actsFor(write.caller, storedInterpretedAtId);
    faults.expect(concerned, 'FORBIDDEN', 'id', texts.ownInstitution);
  }
  if (examines || !actsFor(write.caller, interpretedAtId)) return;
  faults.expect(qualityGrade === (stored?.qualityGrade ?? 'NONE'), 'FORBIDDEN', 'qualityGrade', texts.grade);
}

/** Whether an institution reads for the examining one: asked about this resident, or the host of a centre that serves it. */
async function readsFor(
  { residentId, performedAtId }: RecordReportInput,
  readerId: string,
  { tx }: Write,
): Promise<boolean> {
  const [asked] = await tx
    .select({ no: remoteConsultations.no })
    .from(remoteConsultations)
    .where(
      and(
        eq(remoteConsultations.residentId, residentId),
        eq(remoteConsultations.requesterId, performedAtId),
        eq(remoteConsultations.providerId, readerId),
        ne(remoteConsultations.status, 'CANCELLED'),
      ),
    )
    .limit(1);
  if (asked !== undefined) return true;
  const [centre] = await tx
    .select({ id: sharedCentres.id })
    .from(sharedCentres)
    .where(
      and(
        eq(sharedCentres.hostId, readerId),
        eq(sharedCentres.status, 'IN_OPERATION'),
        arrayContains(sharedCentres.servesIds, [performedAtId]),
      ),
    )
    .limit(1);
  return centre !== undefined;
}

/** A report that was issued says something; amounts are no less than nothing. */
function checkContent(input: RecordReportInput, faults: Faults): void {
  const { status, conclusion, results, imagingStudyUid, doseMsv } = input;
  const issued = status === 'FINAL' || status === 'AMENDED';
  const says = results.length > 0 || (conclusion ?? '').trim() !== '';
  faults.expect(says || !issued, 'VALIDATION_FAILED', 'conclusion', texts.empty);
  expectText(conclusion, 'conclusion', faults);
  results.forEach(({ item, refLow, refHigh }, index) => {
    expectText(item, `results.${index}.item`, faults);
    const ordered = !refLow || !refHigh || Number(refLow) <= Number(refHigh);
    faults.expect(ordered, 'VALIDATION_FAILED', `results.${index}.refHigh`, texts.range);
  });
  const uid = !imagingStudyUid || (/^[0-9]+(\.[0-9]+)*$/.test(imagingStudyUid) && imagingStudyUid.length <= 64);
  faults.expect(uid, 'VALIDATION_FAILED', 'imagingStudyUid', texts.uid);
  const dose = !doseMsv || /^\d{1,5}(\.\d{1,3})?$/.test(doseMsv);
  faults.expect(dose, 'VALIDATION_FAILED', 'doseMsv', texts.dose);
  expectMoney(input.price, 'price', faults);
}

async function checkEncounter(input: RecordReportInput, write: Write, faults: Faults): Promise<number | null> {
  if (!input.encounterId) return null;
  const no = numberOfOwn('en', input.residentId, input.encounterId);
  const encounter = await encounterOf(write, input.residentId, no);
  faults.expect(encounter !== undefined, 'NOT_FOUND', 'encounterId');
  return no ?? null;
}

function reportValues(
  input: RecordReportInput,
  { encounterNo, item }: { readonly encounterNo: number | null; readonly item: RecognitionItemRow | undefined },
  { seal, clock }: Write,
): ReportValues {
  if (item === undefined) throw new Error('a report of an unknown item was let through');
  return {
    encounterNo,
    category: item.category,
    item: item.code,
    bodySite: input.bodySite ?? null,
    specimen: input.specimen ?? null,
    method: input.method ?? null,
    performedAtId: input.performedAtId,
    interpretedAtId: input.interpretedAtId ?? null,
    performedTime: input.performedTime,
    issuedTime: input.issuedTime ?? clock.instant,
    validUntil: validUntil(input.performedTime, item.validityDays),
    qualityGrade: input.qualityGrade,
    status: input.status,
    conclusion: input.conclusion ?? null,
    results: input.results.map((result) => ({
      item: result.item,
      value: result.value,
      unit: result.unit ?? null,
      refLow: result.refLow ?? null,
      refHigh: result.refHigh ?? null,
      flag: result.flag ?? null,
    })),
    imagingStudyUid: input.imagingStudyUid ? seal(input.imagingStudyUid) : null,
    doseMsv: input.doseMsv ?? null,
    price: input.price ?? null,
  };
}

const texts = {
  ownInstitution: {
    en: 'Only people of the institution that examined or reads it may report.',
    zh: '仅检查机构或远程诊断机构的人员可登记报告。',
  },
  notAsked: {
    en: 'The institution that reads it was not asked, and hosts no centre that serves the examining one.',
    zh: '诊断机构未受邀会诊，也未承办服务于检查机构的共享中心。',
  },
  grade: { en: 'Only the examining institution gives the grade of quality.', zh: '质控等级仅由检查机构填写。' },
  otherPlace: { en: 'The report is of another institution.', zh: '该报告属于其他机构。' },
  otherItem: { en: 'The report is of another item.', zh: '该报告属于其他项目。' },
  transition: { en: 'The report cannot go to this state any more.', zh: '报告不能变更为该状态。' },
  unknownItem: { en: 'The catalogue of recognition has no such item.', zh: '互认目录无此项目。' },
  order: { en: 'The report was issued before the examination.', zh: '报告时间早于检查时间。' },
  empty: { en: 'A final report has a conclusion or results.', zh: '正式报告须有结论或结果。' },
  range: { en: 'The upper end of the range lies below the lower one.', zh: '参考上限低于下限。' },
  uid: { en: 'This is no identifier of an imaging study.', zh: '影像检查号格式有误。' },
  dose: { en: 'A dose is not negative and has at most three places.', zh: '剂量不能为负，最多三位小数。' },
};
