import {
  actsFor,
  advanced,
  createFaults,
  expectBounds,
  expectVersion,
  lockByOwnedId,
  refuse,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { compareInstants, localDay } from '../rules/instant.ts';
import { followUpDueOn, lengthOfStay } from '../rules/stay.ts';
import type { RecordDischargeInput } from '../schema-types.ts';
import { encounters } from '../tables/encounter.ts';
import { moveBed } from './beds.ts';
import {
  diagnosisValues,
  expectCode,
  expectDiagnoses,
  expectMoney,
  expectPast,
  expectProcedures,
} from './care-checks.ts';

/** Ends a stay once; the change tells public health until when to follow up, and not why (domain.md 3.4.6). */
export async function recordDischarge(input: RecordDischargeInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx, clock } = write;
  const { encounterId, dischargeMode } = input;
  const stay = await lockByOwnedId(write, { table: encounters, prefix: 'en' }, encounterId, 'encounterId');
  const { residentId, no, institutionId } = stay;
  if (stay.class !== 'INPATIENT') refuse('VALIDATION_FAILED', 'encounterId', texts.noStay);
  if (!actsFor(write.caller, institutionId)) refuse('FORBIDDEN', 'encounterId', texts.ownInstitution);
  if (stay.dischargedAt !== null) refuse('INVALID_TRANSITION', 'encounterId', texts.discharged);
  expectVersion(stay, input.version);
  const admittedAt = stay.admittedAt ?? stay.startedAt;
  const dischargedAt = input.dischargedAt ?? clock.instant;
  checkDischarge(input, { admittedAt, dischargedAt }, write);

  const next = advanced(stay, write);
  await tx
    .update(encounters)
    .set({
      endedAt: dischargedAt,
      dischargedAt,
      dischargeMode,
      lengthOfStay: lengthOfStay(admittedAt, dischargedAt),
      diagnoses: diagnosisValues(input.diagnoses),
      procedures: [...(input.procedures ?? stay.procedures)],
      totalCost: input.totalCost ?? stay.totalCost,
      ...next,
    })
    .where(and(eq(encounters.residentId, residentId), eq(encounters.no, no)));
  await moveBed(write, stay, -1);
  const codes = input.diagnoses.map(({ code }) => code);
  write.step({ type: 'Encounter', id: encounterId, residentId, from: 'ADMITTED', to: 'DISCHARGED' });
  write.change({
    type: 'Encounter',
    id: encounterId,
    kind: 'UPDATED',
    residentId,
    payload: {
      class: stay.class,
      institutionId,
      dischargedOn: localDay(dischargedAt),
      followUpDueOn: followUpDueOn({ dischargedAt, dischargeMode }, codes),
      version: next.version,
    },
  });
  return { id: encounterId };
}

function checkDischarge(
  input: RecordDischargeInput,
  { admittedAt, dischargedAt }: { readonly admittedAt: string; readonly dischargedAt: string },
  write: Write,
): void {
  const faults = createFaults();
  expectPast(dischargedAt, 'dischargedAt', write, faults);
  faults.expect(compareInstants(admittedAt, dischargedAt) <= 0, 'VALIDATION_FAILED', 'dischargedAt', texts.order);
  expectCode('VS-64', { code: input.dischargeMode, path: 'dischargeMode' }, faults);
  const main = input.diagnoses.find(({ rank }) => rank === 1);
  faults.expect(main?.kind === 'MAIN', 'VALIDATION_FAILED', 'diagnoses', texts.main);
  expectDiagnoses(input.diagnoses, faults);
  expectProcedures(input.procedures ?? [], faults);
  expectMoney(input.totalCost, 'totalCost', faults);
  faults.throwIfAny();
}

const texts = {
  noStay: { en: 'Only a stay is discharged.', zh: '仅住院可办理出院。' },
  ownInstitution: { en: 'Only people of the institution may discharge its patients.', zh: '仅本机构人员可办理出院。' },
  discharged: { en: 'The stay has ended already.', zh: '该住院已办理出院。' },
  order: { en: 'The discharge lies before the admission.', zh: '出院时间早于入院时间。' },
  main: { en: 'A discharge has a main diagnosis of rank 1.', zh: '出院须有顺位为 1 的主要诊断。' },
};
