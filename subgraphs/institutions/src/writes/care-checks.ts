import { actsFor, type Faults, type Write } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq } from 'drizzle-orm';
import { normaliseIcd10 } from '../rules/icd10.ts';
import { compareInstants } from '../rules/instant.ts';
import type { DiagnosisInput } from '../schema-types.ts';
import { type DiagnosisValue, encounters } from '../tables/encounter.ts';
import type { InstitutionRow } from '../tables/place.ts';

/** The institution is there, open, licensed today, and the caller's own. */
export function expectOwnPlace(
  place: InstitutionRow | undefined,
  { id, path }: { readonly id: string; readonly path: string },
  write: Write,
  faults: Faults,
): void {
  expectOpenPlace(place, path, write, faults);
  faults.expect(actsFor(write.caller, id), 'FORBIDDEN', path, texts.ownInstitution);
}

/** The institution is there, open, and licensed today. */
export function expectOpenPlace(
  place: InstitutionRow | undefined,
  path: string,
  { clock }: Write,
  faults: Faults,
): void {
  faults.expect(place !== undefined, 'NOT_FOUND', path);
  if (place === undefined) return;
  faults.expect(place.status === 'ACTIVE', 'VALIDATION_FAILED', path, texts.closed);
  faults.expect(isLicensed(place, clock.day), 'VALIDATION_FAILED', path, texts.unlicensed);
}

/** Whether an institution is open, and licensed today. */
export function isOpenPlace(place: InstitutionRow, { clock }: Write): boolean {
  return place.status === 'ACTIVE' && isLicensed(place, clock.day);
}

function isLicensed({ licenceStatus, licenceValidTo }: InstitutionRow, day: string): boolean {
  return (licenceStatus ?? 'VALID') === 'VALID' && (licenceValidTo ?? day) >= day;
}

/** The instant is not later than now. */
export function expectPast(at: string | null | undefined, path: string, { clock }: Write, faults: Faults): void {
  const past = at === null || at === undefined || compareInstants(at, clock.instant) <= 0;
  faults.expect(past, 'VALIDATION_FAILED', path, texts.future);
}

/** Every diagnosis is a known code, and no rank is given twice. */
export function expectDiagnoses(diagnoses: readonly DiagnosisInput[], faults: Faults): void {
  const ranks = new Set<number>();
  diagnoses.forEach(({ code, rank, tcmCode }, index) => {
    const path = `diagnoses.${index}`;
    const known = normaliseIcd10(code) !== undefined && hasCode('ICD-10', code);
    faults.expect(known, 'VALIDATION_FAILED', `${path}.code`, texts.unknownCode);
    faults.expect(rank >= 1 && !ranks.has(rank), 'VALIDATION_FAILED', `${path}.rank`, texts.rank);
    const knownTcm = tcmCode === null || tcmCode === undefined || hasCode('TCM-DISEASE', tcmCode);
    faults.expect(knownTcm, 'VALIDATION_FAILED', `${path}.tcmCode`, texts.unknownCode);
    ranks.add(rank);
  });
}

/** Every code is one of operations and procedures. */
export function expectProcedures(procedures: readonly string[], faults: Faults): void {
  procedures.forEach((code, index) => {
    const known = /^\d{2}(\.\d{1,4}(x\d{3})?)?$/.test(code) && hasCode('ICD-9-CM-3', code);
    faults.expect(known, 'VALIDATION_FAILED', `procedures.${index}`, texts.unknownCode);
  });
}

/** A code of a value set. */
export function expectCode(
  set: string,
  { code, path }: { readonly code: string; readonly path: string },
  faults: Faults,
): void {
  faults.expect(hasCode(set, code), 'VALIDATION_FAILED', path, texts.unknownCode);
}

/** An amount of money 金额: not negative, at most two places. */
export function expectMoney(amount: string | null | undefined, path: string, faults: Faults): void {
  const right = amount === null || amount === undefined || /^\d{1,12}(\.\d{1,2})?$/.test(amount);
  faults.expect(right, 'VALIDATION_FAILED', path, texts.money);
}

/** A text that says something. */
export function expectText(value: string | null | undefined, path: string, faults: Faults): void {
  const right = value === null || value === undefined || value.trim() !== '';
  faults.expect(right, 'VALIDATION_FAILED', path, texts.text);
}

/**
 * The practitioner that the input names, or the caller; a fault at `path` when neither is one. Who is a practitioner names nobody else:
 * programs and managers do, who are none.
 */
export function practitionerOf(
  named: string | null | undefined,
  path: string,
  { caller }: Write,
  faults: Faults,
): string {
  const own = caller.role === 'SYSTEM' ? undefined : caller.practitionerId;
  const id = named ?? caller.practitionerId ?? '';
  faults.expect(/^pr_\w{3,29}$/.test(id), 'VALIDATION_FAILED', path, texts.practitioner);
  faults.expect(own === undefined || id === own, 'FORBIDDEN', path, texts.otherPractitioner);
  return id;
}

/** Diagnoses as they are stored, by rank. */
export function diagnosisValues(diagnoses: readonly DiagnosisInput[]): DiagnosisValue[] {
  return diagnoses
    .map(({ rank, code, kind, tcmCode }) => ({ rank, icd10: code, kind, tcmCode: tcmCode ?? null }))
    .toSorted((a, b) => a.rank - b.rank);
}

/** Where and when an encounter of a resident is; undefined when there is none of this number. */
export async function encounterOf({ tx }: Write, residentId: string, no: number | undefined) {
  if (no === undefined) return undefined;
  const [row] = await tx
    .select({
      no: encounters.no,
      class: encounters.class,
      institutionId: encounters.institutionId,
      startedAt: encounters.startedAt,
      endedAt: encounters.endedAt,
    })
    .from(encounters)
    .where(and(eq(encounters.residentId, residentId), eq(encounters.no, no)));
  return row;
}

const texts = {
  ownInstitution: { en: 'Only people of this institution may do this.', zh: '仅该机构的人员可办理。' },
  closed: { en: 'The institution is not open.', zh: '该机构未在运营。' },
  unlicensed: { en: 'The practice licence of the institution is not valid today.', zh: '该机构的执业许可证当前无效。' },
  future: { en: 'The time lies in the future.', zh: '时间不能晚于当前时间。' },
  unknownCode: { en: 'The code is not known.', zh: '编码不存在。' },
  rank: { en: 'Ranks begin at 1, each given once.', zh: '诊断顺位须从 1 起且不重复。' },
  money: { en: 'An amount is not negative and has at most two places.', zh: '金额不能为负，最多两位小数。' },
  text: { en: 'The text says nothing.', zh: '内容不能为空。' },
  otherPractitioner: { en: 'A practitioner signs for nobody else.', zh: '医务人员不得以他人名义签署。' },
  practitioner: { en: 'A caller who is no practitioner must name one.', zh: '非医务人员身份须填写医务人员。' },
};
