import {
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBounds,
  LONGEST_PROSE,
  nextNo,
  refuse,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { inArray } from 'drizzle-orm';
import { timesTaken } from '../rules/drug-frequency.ts';
import { parsePack } from '../rules/drug-pack.ts';
import { localDay } from '../rules/instant.ts';
import { DEFAULT_LONG_PRESCRIPTION_LIMITS, prescribedQuantity } from '../rules/long-prescription.ts';
import type { GiveMedicationAdviceInput, IssuePrescriptionInput, PrescriptionLineInput } from '../schema-types.ts';
import {
  drugItems,
  medicationAdvice,
  prescriptions,
  type DrugItemRow,
  type PrescriptionLineValue,
} from '../tables/drug.ts';
import { encounterOf, expectCode, expectMoney, expectOwnPlace, expectText, practitionerOf } from './care-checks.ts';
import { dispensePrescription } from './dispensing.ts';
import { expectLongPrescription } from './long-prescription.ts';
import { institutionsById } from './places.ts';
import { expectPrescriber } from './prescriber.ts';
import { expectResident } from './residents.ts';

/** Mutations of prescriptions 处方 and medication advice 用药指导 (domain.md 3.18). */
export const prescriptionWrites = (mutation: Mutation) => ({
  issuePrescription: mutation('issuePrescription', issuePrescription),
  dispensePrescription: mutation('dispensePrescription', dispensePrescription, {
    drug_stocks_not_below_zero: ['CAPACITY_EXCEEDED', 'id'],
  }),
  giveMedicationAdvice: mutation('giveMedicationAdvice', giveMedicationAdvice),
});

/** Issues a prescription in an encounter, signed by a prescriber who is registered there and licensed (domain.md 3.13, 3.18). */
async function issuePrescription(input: IssuePrescriptionInput, write: Write): Promise<Written> {
  expectBounds(input);
  const { tx, clock } = write;
  const key = decodeOwnedId('en', input.encounterId);
  if (key === undefined) return refuse('NOT_FOUND', 'encounterId');
  const { residentId } = key;
  const encounter = await encounterOf(write, residentId, key.no);
  if (encounter === undefined) return refuse('NOT_FOUND', 'encounterId');
  const { institutionId } = encounter;
  const faults = createFaults();
  const place = (await institutionsById(write, [institutionId])).get(institutionId);
  expectOwnPlace(place, { id: institutionId, path: 'encounterId' }, write, faults);
  const running = encounter.endedAt === null || localDay(encounter.endedAt) >= clock.day;
  faults.expect(running, 'INVALID_TRANSITION', 'encounterId', texts.over);
  const prescriberId = practitionerOf(input.prescriberId, 'prescriberId', write, faults);
  const signer = { practitionerId: prescriberId, institutionId };
  const { physician } = await expectPrescriber(write, signer, 'prescriberId', faults);
  const drugs = await checkLines(input.lines, write, faults);
  checkLength(input, faults);
  if (input.isLong && place !== undefined) {
    await expectLongPrescription(input, { residentId, place, physician, drugs }, write, faults);
  }
  faults.throwIfAny();

  const no = await nextNo(write, prescriptions, residentId);
  const daysSupply = Math.max(...input.lines.map(({ days }) => days));
  const { isLong, diseaseKind = null, refills } = input;
  await tx.insert(prescriptions).values({
    residentId,
    no,
    encounterNo: key.no,
    prescriberId,
    issuedAt: clock.instant,
    isLong,
    diseaseKind,
    lines: input.lines.map((line) => lineValue(line, drugs.get(line.drugId))),
    daysSupply,
    refillsLeft: refills,
    updatedAt: clock.instant,
  });
  const id = encodeOwnedId('rx', residentId, no);
  write.step({ type: 'Prescription', id, residentId, from: null, to: 'ISSUED' });
  const payload = { institutionId, version: 1 };
  write.change({ type: 'Prescription', id, kind: 'CREATED', residentId, payload });
  return { id };
}

/** Every line is of a known drug, once, with a quantity that can be told; gives the drugs by id. */
async function checkLines(
  lines: readonly PrescriptionLineInput[],
  { tx }: Write,
  faults: Faults,
): Promise<ReadonlyMap<string, DrugItemRow>> {
  const ids = lines.map(({ drugId }) => drugId);
  const rows = await tx.select().from(drugItems).where(inArray(drugItems.id, ids));
  const drugs = new Map(rows.map((row) => [row.id, row]));
  faults.expect(lines.length > 0, 'VALIDATION_FAILED', 'lines', texts.empty);
  lines.forEach((line, index) => {
    const path = `lines.${index}`;
    faults.expect(drugs.has(line.drugId), 'NOT_FOUND', `${path}.drugId`);
    faults.expect(ids.indexOf(line.drugId) === index, 'VALIDATION_FAILED', `${path}.drugId`, texts.twice);
    faults.expect(line.days >= 1, 'VALIDATION_FAILED', `${path}.days`, texts.days);
    expectAmount(line.unitsPerDose, `${path}.unitsPerDose`, faults);
    expectCode('VS-66', { code: line.frequency, path: `${path}.frequency` }, faults);
    expectMoney(line.price, `${path}.price`, faults);
    const drug = drugs.get(line.drugId);
    const computed = timesTaken(line.frequency, line.days) !== undefined && (drug === undefined || countsUnits(drug));
    const told = computed || (line.quantity !== null && line.quantity !== undefined);
    faults.expect(told, 'VALIDATION_FAILED', `${path}.quantity`, texts.quantity);
    if (line.quantity) expectAmount(line.quantity, `${path}.quantity`, faults);
    const agrees = !computed || !line.quantity || Number(line.quantity) === Number(quantityOf(line, drug));
    faults.expect(agrees, 'VALIDATION_FAILED', `${path}.quantity`, texts.otherQuantity);
  });
  return drugs;
}

/** An ordinary prescription stays below the length of a long one, and only a long one is refilled. */
function checkLength({ isLong, lines, refills }: IssuePrescriptionInput, faults: Faults): void {
  const { minDays } = DEFAULT_LONG_PRESCRIPTION_LIMITS;
  faults.expect(refills >= 0 && (isLong || refills === 0), 'VALIDATION_FAILED', 'refills', texts.refills);
  if (isLong) return;
  lines.forEach(({ days }, index) => {
    faults.expect(days < minDays, 'DAYS_EXCEEDED', `lines.${index}.days`, texts.ordinary);
  });
}

function expectAmount(amount: string, path: string, faults: Faults): void {
  const right = /^\d{1,6}(\.\d{1,3})?$/.test(amount) && Number(amount) > 0;
  faults.expect(right, 'VALIDATION_FAILED', path, texts.amount);
}

/** Whether it is known what a pack of a drug holds; of others packs are prescribed, as many as the line says. */
function countsUnits({ pack }: DrugItemRow): boolean {
  return parsePack(pack) !== undefined;
}

function quantityOf(
  { unitsPerDose, frequency, days, quantity }: PrescriptionLineInput,
  drug: DrugItemRow | undefined,
): string {
  const times = timesTaken(frequency, days);
  const inPacks = drug !== undefined && !countsUnits(drug);
  return times === undefined || inPacks ? (quantity ?? '0') : prescribedQuantity(unitsPerDose, times);
}

function lineValue(line: PrescriptionLineInput, drug: DrugItemRow | undefined): PrescriptionLineValue {
  const unit = parsePack(drug?.pack ?? null)?.unit;
  return {
    drugId: line.drugId,
    dose: line.dose ?? (unit === undefined ? line.unitsPerDose : `${line.unitsPerDose}${unit}`),
    frequency: line.frequency,
    days: line.days,
    quantity: quantityOf(line, drug),
    ...(unit === undefined ? {} : { unit }),
    price: line.price ?? null,
  };
}

/** Records what a resident was told about taking drugs. */
async function giveMedicationAdvice(input: GiveMedicationAdviceInput, write: Write): Promise<Written> {
  expectBounds(input, { text: LONGEST_PROSE });
  const { residentId, institutionId } = input;
  const faults = createFaults();
  const places = await institutionsById(write, [institutionId]);
  expectOwnPlace(places.get(institutionId), { id: institutionId, path: 'institutionId' }, write, faults);
  await expectResident(residentId, 'residentId', write, faults);
  expectText(input.text, 'text', faults);
  const byId = practitionerOf(input.practitionerId, 'practitionerId', write, faults);
  faults.throwIfAny();
  const no = await nextNo(write, medicationAdvice, residentId);
  await write.tx.insert(medicationAdvice).values({ residentId, no, byId, text: input.text, at: write.clock.instant });
  const id = encodeOwnedId('ma', residentId, no);
  write.change({ type: 'MedicationAdvice', id, kind: 'CREATED', residentId, payload: { institutionId, version: 1 } });
  return { id };
}

const texts = {
  over: { en: 'The encounter is over.', zh: '该就诊已结束。' },
  empty: { en: 'A prescription has a line.', zh: '处方须有明细。' },
  twice: { en: 'A drug stands once in a prescription.', zh: '同一药品在处方中只能出现一次。' },
  days: { en: 'A line is for at least a day.', zh: '用药天数至少 1 天。' },
  quantity: {
    en: 'A quantity is needed where frequency and pack do not give it; in packs where it is not known what one holds.',
    zh: '频次或包装无法推算数量时须填写数量；包装规格不明时按包装数填写。',
  },
  otherQuantity: { en: 'The quantity is not what dose, frequency and days give.', zh: '数量与剂量、频次、天数不符。' },
  amount: { en: 'An amount is more than nothing and has at most three places.', zh: '数量须大于 0，最多三位小数。' },
  refills: { en: 'Only a long prescription is refilled.', zh: '仅长处方可续方。' },
  ordinary: { en: 'A supply of 28 days or more needs a long prescription.', zh: '28 天及以上须开具长处方。' },
};
