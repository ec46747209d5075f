import {
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBounds,
  lockByOwnedId,
  nextNo,
  numberOfOwn,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import {
  checkRecognition,
  isReExaminationReason,
  recognitionSavings,
  type RecognitionCheck,
} from '../rules/recognition.ts';
import type { RecognitionReason, RecordRecognitionInput } from '../schema-types.ts';
import {
  diagnosticReports,
  recognitionDecisions,
  recognitionItems,
  type DiagnosticReportRow,
} from '../tables/report.ts';
import { encounterOf, expectMoney, expectOwnPlace, practitionerOf } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { excuseRepeated } from './repeated-report.ts';

/**
 * Records whether a report was recognised in an encounter, with its reason or savings (domain.md 3.7): another institution's, and
 * of the own why it is examined again.
 */
export async function recordRecognition(input: RecordRecognitionInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx, clock } = write;
  await holdReports(input, write);
  const report = await lockByOwnedId(write, { table: diagnosticReports, prefix: 'dr' }, input.reportId, 'reportId');
  const { residentId } = report;
  const faults = createFaults();
  const practitionerId = practitionerOf(input.practitionerId, 'practitionerId', write, faults);
  const encounterNo = await checkPlace(input, report, write, faults);
  const no = await nextNo(write, recognitionDecisions, residentId);
  const check = await judge(input, report, write);
  await expectUndecided(report, encounterNo, write, faults);
  checkDecision(input, check, faults);
  faults.throwIfAny();

  const reason = check.kind === 'NOT_RECOGNISABLE' ? check.reason : (input.reason ?? null);
  const recognised = input.decision === 'RECOGNISED';
  const none = { avoidedPrice: null, fundSaved: null, personSaved: null };
  await tx.insert(recognitionDecisions).values({
    residentId,
    no,
    reportNo: report.no,
    atInstitutionId: input.institutionId,
    encounterNo,
    decision: input.decision,
    reason: recognised ? null : reason,
    practitionerId,
    at: clock.instant,
    ...(recognised ? recognitionSavings(input.price ?? '0', input.effectiveRatio ?? '0') : none),
  });
  const id = encodeOwnedId('rd', residentId, no);
  const { decision, institutionId } = input;
  if (!recognised) await excuseRepeated(write, { residentId, encounterNo, institutionId });
  write.change({
    type: 'RecognitionDecision',
    id,
    kind: 'CREATED',
    residentId,
    payload: { decision, institutionId, version: 1 },
  });
  return { id };
}

/** Whoever records a report of the resident waits: it would be judged without this decision. */
async function holdReports({ reportId }: RecordRecognitionInput, write: Write): Promise<void> {
  const key = decodeOwnedId('dr', reportId);
  if (key !== undefined) await nextNo(write, diagnosticReports, key.residentId);
}

/** It is decided at an institution of the caller, in an encounter there; its own report is not recognised, but may not do. */
async function checkPlace(
  { institutionId, encounterId, decision }: RecordRecognitionInput,
  { residentId, performedAtId }: DiagnosticReportRow,
  write: Write,
  faults: Faults,
): Promise<number> {
  const places = await institutionsById(write, [institutionId]);
  expectOwnPlace(places.get(institutionId), { id: institutionId, path: 'institutionId' }, write, faults);
  const ownReport = performedAtId === institutionId && decision === 'RECOGNISED';
  faults.expect(!ownReport, 'VALIDATION_FAILED', 'institutionId', texts.ownReport);
  const no = numberOfOwn('en', residentId, encounterId);
  const encounter = await encounterOf(write, residentId, no);
  faults.expect(encounter?.institutionId === institutionId, 'NOT_FOUND', 'encounterId');
  return no ?? 0;
}

/** Whether the report stands for what was to be examined, leaving the input's own reason aside. */
async function judge(
  input: RecordRecognitionInput,
  report: DiagnosticReportRow,
  { tx, clock }: Write,
): Promise<RecognitionCheck> {
  const [terms] = await tx.select().from(recognitionItems).where(eq(recognitionItems.code, report.item));
  const site = report.bodySite ?? report.specimen;
  const { item, performedTime, qualityGrade, status, method: methodClass } = report;
  const order = {
    item: input.item ?? item,
    site: input.site ?? site,
    methodClass: input.method ?? methodClass,
    at: clock.instant,
    reason: null,
  };
  return checkRecognition({ item, site, methodClass, performedTime, qualityGrade, status }, order, terms);
}

function checkDecision(input: RecordRecognitionInput, check: RecognitionCheck, faults: Faults): void {
  const { decision, reason, price, effectiveRatio } = input;
  if (decision === 'RECOGNISED') {
    if (check.kind === 'NOT_RECOGNISABLE') {
      faults.expect(false, 'VALIDATION_FAILED', 'decision', notRecognisable(check.reason));
    }
    faults.expect(!reason, 'VALIDATION_FAILED', 'reason', texts.noReason);
    faults.expect(typeof price === 'string', 'VALIDATION_FAILED', 'price', texts.price);
    expectMoney(price, 'price', faults);
    const ratio = typeof effectiveRatio === 'string' && Number(effectiveRatio) >= 0 && Number(effectiveRatio) <= 1;
    faults.expect(ratio, 'VALIDATION_FAILED', 'effectiveRatio', texts.ratio);
    return;
  }
  if (check.kind === 'NOT_RECOGNISABLE') {
    faults.expect(!reason || reason === check.reason, 'VALIDATION_FAILED', 'reason', notRecognisable(check.reason));
    return;
  }
  const given = reason !== null && reason !== undefined && isReExaminationReason(reason) && reason !== 'EXPIRED';
  faults.expect(given, 'VALIDATION_FAILED', 'reason', texts.reason);
}

/** One decision on a report in an encounter: the second would count it twice. */
async function expectUndecided(
  { residentId, no }: DiagnosticReportRow,
  encounterNo: number,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  const decided = await tx
    .select({ no: recognitionDecisions.no })
    .from(recognitionDecisions)
    .where(
      and(
        eq(recognitionDecisions.residentId, residentId),
        eq(recognitionDecisions.reportNo, no),
        eq(recognitionDecisions.encounterNo, encounterNo),
      ),
    );
  faults.expect(decided.length === 0, 'INVALID_TRANSITION', 'reportId', texts.decided);
}

function notRecognisable(reason: RecognitionReason): FaultText {
  return { en: `The report is not to be recognised: ${reason}.`, zh: `该报告不符合互认条件：${reason}。` };
}

const texts = {
  ownReport: { en: 'The report is the institution’s own: there is nothing to recognise.', zh: '本机构报告无需互认。' },
  noReason: { en: 'A recognised report has no reason for examining again.', zh: '已互认的报告不应填写重复检查原因。' },
  price: { en: 'The price of the examination that was avoided is needed.', zh: '须填写避免检查的价格。' },
  ratio: { en: 'The share that the fund would have paid is between 0 and 1.', zh: '报销比例须在 0 至 1 之间。' },
  reason: {
    en: 'The report is in time and to be recognised: examining again needs another reason of VS-31.',
    zh: '该报告在有效期内且应予互认，重复检查须填写其他原因。',
  },
  decided: { en: 'It was decided on this report in this encounter already.', zh: '本次就诊已对该报告作出互认决定。' },
};
