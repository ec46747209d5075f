import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  createFaults,
  expectNotFuture,
  expectNumber,
  expectSize,
  expectText,
  newId,
} from '@hutong/kit';
import { citizenNumberFacts, isCitizenNumber, normalizeCitizenNumber } from '@hutong/schema';
import { Decimal } from 'decimal.js';
import { eq, or, sql } from 'drizzle-orm';
import type { PractitionerCategory, RegisterPractitionerInput } from '../schema-types.ts';
import { prescribingRight } from '../rules/practice-registration.ts';
import { posts, practitioners } from '../tables/practitioner.ts';
import { expectCode, expectId } from './checks.ts';
import { expectOpen, expectOpenOwn, type Place, placesById } from './places.ts';
import { practiceWrites } from './practice.ts';
import { texts } from './texts.ts';

/** Mutations of practitioners 医务人员 and the places where they practise. */
export const practitionerWrites = (mutation: Mutation) => ({
  registerPractitioner: mutation('registerPractitioner', registerPractitioner, {
    practitioners_physician_code_index: ['VALIDATION_FAILED', 'physicianCode'],
  }),
  ...practiceWrites(mutation),
});

/** Puts a person on the register; where the person may practise is registered after it (domain.md 3.13). */
async function registerPractitioner(input: RegisterPractitionerInput, write: Write): Promise<Written> {
  expectSize(input.posts, MOST_ENTRIES, 'posts');
  const faults = createFaults();
  const place = await checkPlaces(input, write, faults);
  checkPerson(input, write, faults);
  checkCodes(input, faults);
  checkEmployment(input, write, faults);
  const idNumber = input.idNumber ? normalizeCitizenNumber(input.idNumber) : null;
  await checkUnknown(input, idNumber, write, faults);
  faults.throwIfAny();

  const id = newId('pr');
  const row = personRow(input);
  await write.tx.insert(practitioners).values({
    id,
    ...row,
    idNumber: idNumber === null ? null : write.seal(idNumber),
    idNumberHash: idNumber === null ? null : write.keyedHash(idNumber),
    regionCode: place?.regionCode ?? '',
    townshipHospitalId: place?.tier === 'VILLAGE' ? place.parentId : null,
    updatedAt: write.clock.instant,
  });
  await addPosts(id, input, write);
  const { primaryInstitutionId, category, titleLevel } = input;
  const told = { primaryInstitutionId, category, titleLevel, status: 'ACTIVE', ...prescribingRight(row), version: 1 };
  write.change({ type: 'Practitioner', id, kind: 'CREATED', payload: told });
  write.step({ type: 'Practitioner', id, from: null, to: 'ACTIVE' });
  return { id };
}

function personRow(input: RegisterPractitionerInput) {
  const { licence, employment } = input;
  return {
    physicianCode: input.physicianCode ?? null,
    name: input.name.trim(),
    sex: input.sex,
    birthDate: input.birthDate,
    category: input.category,
    licenceNo: licence?.no ?? null,
    licenceKind: licence?.kind ?? null,
    licenceScope: licence?.scope ?? null,
    licenceFirstRegisteredOn: licence?.firstRegisteredOn ?? null,
    licenceStatus: licence ? ('VALID' as const) : null,
    licenceAssessedUntil: licence?.assessedUntil ?? null,
    specialty: input.specialty ?? null,
    title: input.title ?? null,
    titleLevel: input.titleLevel,
    education: input.education ?? null,
    primaryInstitutionId: input.primaryInstitutionId,
    employmentKind: employment.kind,
    employmentHiredById: employment.hiredById ?? input.primaryInstitutionId,
    employmentUsedAtId: input.primaryInstitutionId,
    employmentFrom: employment.from,
    employmentTo: employment.to ?? null,
    primaryCareYears: '0.0',
    status: 'ACTIVE' as const,
  };
}

/** The main institution and the one that hires are open, and the caller writes for the main one. */
async function checkPlaces(
  { primaryInstitutionId, employment }: RegisterPractitionerInput,
  write: Write,
  faults: Faults,
): Promise<Place | undefined> {
  const places = await placesById(write, [primaryInstitutionId, employment.hiredById]);
  const place = places.get(primaryInstitutionId);
  expectOpenOwn(faults, write, place, 'primaryInstitutionId');
  if (employment.hiredById) expectOpen(faults, places.get(employment.hiredById), 'employment.hiredById');
  return place;
}

/** Name, birth and citizen number agree (GB 11643); who needs a licence has one. */
function checkPerson(input: RegisterPractitionerInput, write: Write, faults: Faults): void {
  const { birthDate, sex, licence, category } = input;
  expectText(faults, input.name, 'name', 50);
  expectNotFuture(faults, write, birthDate, 'birthDate');
  if (input.idNumber) {
    const number = normalizeCitizenNumber(input.idNumber);
    const valid = isCitizenNumber(number);
    faults.expect(valid, 'VALIDATION_FAILED', 'idNumber', own.citizenNumber);
    const facts = valid ? citizenNumberFacts(number) : { birthDate, sex };
    faults.expect(facts.birthDate === birthDate, 'VALIDATION_FAILED', 'birthDate', own.otherBirth);
    const sexFits = facts.sex === sex || (sex !== 'MALE' && sex !== 'FEMALE');
    faults.expect(sexFits, 'VALIDATION_FAILED', 'sex', own.otherSex);
  }
  faults.expect(Boolean(licence) || !licensed.has(category), 'VALIDATION_FAILED', 'licence', own.licence);
  if (!licence) return;
  expectText(faults, licence.no, 'licence.no', 40);
  expectNotFuture(faults, write, licence.firstRegisteredOn, 'licence.firstRegisteredOn');
  const inForce = !licence.assessedUntil || licence.assessedUntil >= write.clock.day;
  faults.expect(inForce, 'VALIDATION_FAILED', 'licence.assessedUntil', texts.licence);
}

function checkCodes(input: RegisterPractitionerInput, faults: Faults): void {
  const code = input.physicianCode;
  faults.expect(!code || /^[DN]\d{12}$/.test(code), 'VALIDATION_FAILED', 'physicianCode', texts.unknownCode);
  expectCode(faults, 'VS-15b', input.licence?.kind, 'licence.kind');
  expectCode(faults, 'VS-16', input.licence?.scope, 'licence.scope');
  expectCode(faults, 'VS-16', input.specialty, 'specialty');
  expectCode(faults, 'TITLE', input.title, 'title');
  expectCode(faults, 'VS-60', input.education, 'education');
}

/** Pooled posts are given by the pool only (domain.md 3.11); all posts together are at most one full time. */
function checkEmployment({ employment, posts: asked }: RegisterPractitionerInput, write: Write, faults: Faults): void {
  faults.expect(employment.kind !== 'POOL', 'MODE_MISMATCH', 'employment.kind', own.pool);
  const ordered = !employment.to || employment.from <= employment.to;
  faults.expect(ordered, 'VALIDATION_FAILED', 'employment.to', texts.order);
  const running = !employment.to || employment.to >= write.clock.day;
  faults.expect(!ordered || running, 'VALIDATION_FAILED', 'employment.to', texts.past);
  asked.forEach(({ fte, departmentId }, index) => {
    expectId(faults, 'de', departmentId, `posts.${index}.departmentId`);
    expectNumber(faults, fte, `posts.${index}.fte`, { least: 0.01, most: 1, places: 2 });
  });
  const together = asked.reduce((sum, { fte }) => sum.plus(fte), new Decimal(0));
  faults.expect(together.lte(1), 'VALIDATION_FAILED', 'posts', own.fullTime);
}

/** Nobody else has the physician code or the citizen number; who registers the same number at the same moment waits. */
async function checkUnknown(
  { physicianCode }: RegisterPractitionerInput,
  idNumber: string | null,
  { tx, keyedHash }: Write,
  faults: Faults,
): Promise<void> {
  const hash = idNumber === null ? null : keyedHash(idNumber);
  if (hash !== null)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`practitioner ${hash}`}, 0))`);
  const rows = await tx
    .select({ code: practitioners.physicianCode, hash: practitioners.idNumberHash })
    .from(practitioners)
    .where(or(eq(practitioners.physicianCode, physicianCode ?? ''), eq(practitioners.idNumberHash, hash ?? '')));
  const sameCode = physicianCode ? rows.some(({ code }) => code === physicianCode) : false;
  const sameNumber = hash !== null && rows.some((row) => row.hash === hash);
  faults.expect(!sameCode, 'VALIDATION_FAILED', 'physicianCode', own.known);
  faults.expect(!sameNumber, 'VALIDATION_FAILED', 'idNumber', own.known);
}

async function addPosts(practitionerId: string, input: RegisterPractitionerInput, { tx }: Write): Promise<void> {
  if (input.posts.length === 0) return;
  const institutionId = input.primaryInstitutionId;
  await tx.insert(posts).values(
    input.posts.map(({ role, departmentId, fte }) => ({
      id: newId('po'),
      practitionerId,
      institutionId,
      role,
      departmentId: departmentId ?? null,
      fte,
    })),
  );
}

/** Categories that may not work without a licence 执业证书. */
const licensed: ReadonlySet<PractitionerCategory> = new Set([
  'PHYSICIAN',
  'ASSISTANT_PHYSICIAN',
  'NURSE',
  'MIDWIFE',
  'VILLAGE_DOCTOR',
]);

const own = {
  citizenNumber: { en: 'This is no citizen number (GB 11643).', zh: '身份证号不正确（GB 11643）。' },
  otherBirth: { en: 'The citizen number tells another date of birth.', zh: '出生日期与身份证号不符。' },
  otherSex: { en: 'The citizen number tells another sex.', zh: '性别与身份证号不符。' },
  licence: { en: 'This category needs a licence.', zh: '该专业类别须有执业证书。' },
  pool: { en: 'Posts of a quota pool are given by allocateHeadcount.', zh: '周转池编制须通过编制使用申请取得。' },
  fullTime: { en: 'The posts together are more than one full time.', zh: '各岗位全时当量合计超过1。' },
  known: { en: 'Somebody is registered under it already.', zh: '该号码已登记。' },
};
