import {
  type Faults,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectBetween,
  expectNotPast,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import type { FollowUpInspectionInput, RecordInspectionInput, RectifyInspectionInput } from '../schema-types.ts';
import { inspections, type InspectionRow } from '../tables/oversight.ts';
import { institutionProjections } from '../tables/projection.ts';
import { texts } from './texts.ts';

/** Records an inspection; what it found is put right by a day, or there is nothing to do (S2-27, S3-38). */
export async function recordInspection(input: RecordInspectionInput, write: Write): Promise<Written> {
  const { scope, regionCode, at } = input;
  if (!governs(write.caller, regionCode)) refuse('FORBIDDEN', 'regionCode', texts.commission);
  const faults = createFaults();
  await checkInstitution(input, write, faults);
  faults.expect(Date.parse(at) <= Date.parse(write.clock.instant), 'VALIDATION_FAILED', 'at', own.future);
  expectBetween(faults, input.teamSize, [1, 100], 'teamSize');
  expectBetween(faults, input.visitedHouseholds, [0, 10_000], 'visitedHouseholds');
  expectText(faults, input.findings, 'findings', 2000);
  expectText(faults, input.advice, 'advice', 2000);
  checkDeadline(input, write, faults);
  faults.throwIfAny();

  const id = newId('is');
  const status = input.rectifyBy ? 'RECTIFYING' : 'CLOSED';
  const row = {
    scope,
    regionCode,
    institutionId: input.institutionId ?? null,
    rectifyBy: input.rectifyBy ?? null,
    status,
  } as const;
  await write.tx.insert(inspections).values({
    id,
    ...row,
    at,
    teamSize: input.teamSize,
    unannounced: input.unannounced,
    visitedHouseholds: input.visitedHouseholds ?? null,
    findings: input.findings?.trim() ?? null,
    advice: input.advice?.trim() ?? null,
    updatedAt: write.clock.instant,
  });
  write.change({ type: 'Inspection', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'Inspection', id, from: null, to: status });
  return { id };
}

async function checkInstitution(
  { institutionId, regionCode }: RecordInspectionInput,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  if (!institutionId) return;
  const [place] = await tx
    .select({ regionCode: institutionProjections.regionCode })
    .from(institutionProjections)
    .where(eq(institutionProjections.id, institutionId));
  const isThere = place?.regionCode.startsWith(regionCode) === true;
  faults.expect(isThere, 'NOT_FOUND', 'institutionId', own.elsewhere);
}

/** Something is to be put right by somebody only where something was found. */
function checkDeadline(
  { rectifyBy, findings, institutionId }: RecordInspectionInput,
  write: Write,
  faults: Faults,
): void {
  if (!rectifyBy) return;
  expectNotPast(faults, write, rectifyBy, 'rectifyBy');
  faults.expect(Boolean(findings), 'VALIDATION_FAILED', 'findings', texts.needed);
  faults.expect(Boolean(institutionId), 'VALIDATION_FAILED', 'institutionId', texts.needed);
}

/** Reports how findings were put right, be it late; by the administrators of the institution. */
export async function rectifyInspection(input: RectifyInspectionInput, write: Write): Promise<Written> {
  const inspection = await lockById(write, inspections, input.id, 'id');
  const { caller, clock } = write;
  const isOwn = inspection.institutionId !== null && actsFor(caller, inspection.institutionId);
  if (!isOwn || (caller.role !== 'INST_ADMIN' && caller.role !== 'SYSTEM')) refuse('FORBIDDEN', 'id', own.institution);
  expectVersion(inspection, input.version);
  const faults = createFaults();
  const isOpen = inspection.status === 'RECTIFYING' || inspection.status === 'OVERDUE';
  faults.expect(isOpen, 'INVALID_TRANSITION', 'id');
  expectText(faults, input.rectification, 'rectification', 2000);
  faults.throwIfAny();
  const set = { rectification: input.rectification.trim(), rectifiedOn: clock.day };
  return step(write, inspection, 'RECTIFIED', set);
}

/** Follows up a rectification: closes the inspection, or sets a new deadline; by the health commission. */
export async function followUpInspection(input: FollowUpInspectionInput, write: Write): Promise<Written> {
  const { accepted, rectifyBy } = input;
  const inspection = await lockById(write, inspections, input.id, 'id');
  if (!governs(write.caller, inspection.regionCode)) refuse('FORBIDDEN', 'id', texts.commission);
  expectVersion(inspection, input.version);
  const faults = createFaults();
  faults.expect(inspection.status === 'RECTIFIED', 'INVALID_TRANSITION', 'id');
  expectText(faults, input.followUp, 'followUp', 2000);
  faults.expect(accepted !== Boolean(rectifyBy), 'VALIDATION_FAILED', 'rectifyBy', own.deadline);
  expectNotPast(faults, write, rectifyBy, 'rectifyBy');
  faults.throwIfAny();
  const set = { followUp: input.followUp.trim(), followedUpOn: write.clock.day };
  return step(write, inspection, accepted ? 'CLOSED' : 'RECTIFYING', { ...set, ...(rectifyBy && { rectifyBy }) });
}

/** Takes an inspection a step further, and tells it without its words. */
export async function step(
  write: Write,
  inspection: InspectionRow,
  status: InspectionRow['status'],
  set: Partial<InspectionRow> = {},
): Promise<Written> {
  const { id, scope, regionCode, institutionId } = inspection;
  const next = advanced(inspection, write);
  await write.tx
    .update(inspections)
    .set({ ...set, status, ...next })
    .where(eq(inspections.id, id));
  const { rectifyBy } = { ...inspection, ...set };
  const payload = { scope, regionCode, institutionId, rectifyBy, status, version: next.version };
  write.change({ type: 'Inspection', id, kind: 'UPDATED', payload });
  write.step({ type: 'Inspection', id, from: inspection.status, to: status });
  return { id };
}

const own = {
  future: { en: 'The inspection lies in the future.', zh: '督查时间不能晚于现在。' },
  elsewhere: { en: 'There is no such institution in the region.', zh: '该区划内无此机构。' },
  institution: {
    en: 'Only the administrators of the institution inspected may do this.',
    zh: '仅被督查机构管理者可操作。',
  },
  deadline: {
    en: 'What is not put right needs a new deadline, and only that.',
    zh: '未整改到位须填写新的整改期限，已到位则不填。',
  },
};
