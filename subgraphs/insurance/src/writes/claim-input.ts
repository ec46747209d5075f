import { type Faults, type Write, expectNotFuture, expectNotLong, expectSize, numberOfOwn } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { categoryCode, claimKindOf } from '../rules/settlement.ts';
import type { SettleClaimInput } from '../schema-types.ts';
import { expectOrder } from './checks.ts';
import { checkLines } from './claim-lines.ts';
import { texts } from './texts.ts';

const mostDiagnoses = 30;

/** ICD-10 as its medical-insurance edition writes it: `I10`, `I69.300`, `J44.100x001`. */
const diagnosisPattern = /^[A-Z]\d{2}(\.[0-9A-Za-z+*]{1,10})?$/;

/** Notes what is wrong with a claim 待结算费用 by itself, whatever the tables say. */
export function checkClaim(faults: Faults, input: SettleClaimInput, write: Write): void {
  const { residentId, encounterId, diagnoses, serviceDate, medicalCategory, stay } = input;
  expectSize(diagnoses, mostDiagnoses, 'diagnoses');
  const encounterNo = encounterId ? numberOfOwn('en', residentId, encounterId) : 0;
  faults.expect(encounterNo !== undefined, 'NOT_FOUND', 'encounterId');
  const kind = claimKindOf(medicalCategory);
  const category = categoryCode(medicalCategory);
  const text = hasCode('VS-48', category) ? ownTexts.notSettled : texts.unknownCode;
  faults.expect(kind !== undefined, 'VALIDATION_FAILED', 'medicalCategory', text);
  faults.expect(diagnoses.length > 0, 'VALIDATION_FAILED', 'diagnoses', texts.needed);
  for (const [index, code] of diagnoses.entries()) {
    faults.expect(diagnosisPattern.test(code), 'VALIDATION_FAILED', `diagnoses.${index}`, texts.unknownCode);
  }
  expectNotFuture(faults, write, serviceDate, 'serviceDate');
  faults.expect((kind === 'INPATIENT') === Boolean(stay), 'VALIDATION_FAILED', 'stay', ownTexts.stay);
  if (stay) expectOrder(faults, stay.admittedOn, serviceDate, 'stay.admittedOn');
  expectNotLong(faults, input.claimRequestId, 'claimRequestId', 200);
  checkLines(faults, input.lines);
}

const ownTexts = {
  notSettled: { en: 'Purchases of this category are not settled here.', zh: '该医疗类别不在此结算。' },
  stay: {
    en: 'A stay, and nothing else, needs its day of admission.',
    zh: '住院结算须填写住院信息，其他类别不得填写。',
  },
};
