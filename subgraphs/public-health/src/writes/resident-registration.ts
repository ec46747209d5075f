import {
  type FaultText,
  type Faults,
  type Write,
  WriteRefused,
  type Written,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectText,
  newId,
  refuse,
} from '@hutong/kit';
import { hasCode, isSyntheticCitizenNumber } from '@hutong/schema';
import { eq, inArray, sql } from 'drizzle-orm';
import { focusGroupsOf } from '../rules/focus-groups.ts';
import { documentNumber, identityFaults } from './resident-identity.ts';
import type { RegisterResidentInput } from '../schema-types.ts';
import { divisions } from '../tables/division.ts';
import { households } from '../tables/household.ts';
import { institutionProjections } from '../tables/projection.ts';
import { healthRecords } from '../tables/record.ts';
import { residents } from '../tables/resident.ts';
import { nextHealthRecordNo } from './health-record-number.ts';
import { checkContent, completenessOf, contentColumns, phoneOf } from './record-content.ts';
import { residentChange, serves, writesRecordsOf } from './resident-access.ts';
import { texts } from './texts.ts';

/** Registers a resident 居民登记 and opens the health record (domain.md 2.5, 3.21); a known person is never registered again unseen. */
export async function registerResident(input: RegisterResidentInput, write: Write): Promise<Written> {
  if (!writesRecordsOf(write, input.institutionId)) refuse('FORBIDDEN', 'institutionId');
  expectBounds(input);
  const faults = createFaults();
  const servingInstitutionId = await checkPlace(write, input, faults);
  checkIdentity(input, write, faults);
  await checkContent(write, input.content ?? {}, { faults, birthDate: input.birthDate });
  await checkHousehold(write, input, faults);
  faults.throwIfAny();
  // Two desks may register one person at one moment: whoever has the birth date waits.
  await write.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`born ${input.birthDate}`}, 0))`);
  await expectNobodyKnown(write, input);
  const id = newId('rs');
  await store(write, input, { id, servingInstitutionId });
  return { id };
}

/** Notes what is wrong with where it is: an open primary institution, and an address in the town it serves. Gives the town's hospital. */
async function checkPlace(write: Write, input: RegisterResidentInput, faults: Faults): Promise<string> {
  const { institutionId, regionCode, registeredRegionCode, residentType } = input;
  const { id } = institutionProjections;
  const [place] = await write.tx.select().from(institutionProjections).where(eq(id, institutionId));
  if (place === undefined) return refuse('NOT_FOUND', 'institutionId');
  const isPrimary = place.tier === 'TOWNSHIP' || place.tier === 'VILLAGE';
  faults.expect(isPrimary, 'VALIDATION_FAILED', 'institutionId', own.primary);
  faults.expect(place.status === 'ACTIVE', 'VALIDATION_FAILED', 'institutionId', texts.closed);
  await expectVillages(write, { regionCode, registeredRegionCode }, faults);
  const isServed = regionCode.slice(0, 9) === place.regionCode.slice(0, 9);
  faults.expect(isServed, 'VALIDATION_FAILED', 'regionCode', own.area);
  faults.expect(hasCode('RESIDENT-TYPE', residentType), 'VALIDATION_FAILED', 'residentType');
  return place.tier === 'VILLAGE' ? (place.parentId ?? place.id) : place.id;
}

/** Notes every code that is no village or community of the divisions. */
export async function expectVillages(
  { tx }: Write,
  codes: Readonly<Record<string, string | null | undefined>>,
  faults: Faults,
): Promise<void> {
  const given = Object.entries(codes).flatMap(([path, code]) =>
    code === null || code === undefined ? [] : [{ path, code }],
  );
  const known = await tx
    .select({ code: divisions.code })
    .from(divisions)
    .where(
      inArray(
        divisions.code,
        given.map(({ code }) => code),
      ),
    );
  for (const { path, code } of given) {
    const isVillage = code.length === 12 && known.some((one) => one.code === code);
    faults.expect(isVillage, 'VALIDATION_FAILED', path, own.village);
  }
}

function checkIdentity(input: RegisterResidentInput, { clock, allowSynthetic }: Write, faults: Faults): void {
  expectText(faults, input.name, 'name', 50);
  const shown = { ...input, idNumber: input.idNumber ?? null };
  const number = documentNumber(shown);
  const isReal = allowSynthetic || number === null || !isSyntheticCitizenNumber(number);
  faults.expect(isReal, 'VALIDATION_FAILED', 'idNumber', own.synthetic);
  for (const path of identityFaults(shown, clock.day)) {
    faults.expect(false, 'VALIDATION_FAILED', path, own[path]);
  }
}

async function checkHousehold(
  { tx }: Write,
  { householdId, relationToHead }: RegisterResidentInput,
  faults: Faults,
): Promise<void> {
  if (householdId === null || householdId === undefined) return;
  const [household] = await tx.select({ id: households.id }).from(households).where(eq(households.id, householdId));
  faults.expect(household !== undefined, 'NOT_FOUND', 'householdId');
  const relation = relationToHead ?? '';
  const isMember = hasCode('VS-59', relation) && relation !== HEAD;
  faults.expect(isMember, 'VALIDATION_FAILED', 'relationToHead', own.relation);
}

/** VS-59: the head of the household. */
const HEAD = '0';

/** Refuses a document number that is known, and a person who may be known, unless the caller has looked (domain.md 2.6). */
async function expectNobodyKnown(write: Write, input: RegisterResidentInput): Promise<void> {
  const number = documentNumber({ idNumber: input.idNumber ?? null });
  const { id, servingInstitutionId } = residents;
  if (number !== null) {
    const known = await write.tx
      .select({ id, servingInstitutionId })
      .from(residents)
      .where(eq(residents.idNumberHash, write.keyedHash(number)));
    if (known.length > 0) await refuseKnown(write, known, 'idNumber');
  }
  if (input.confirmedNew) return;
  const alike = await peopleAlike(write, input);
  if (alike.length > 0) await refuseKnown(write, alike, 'confirmedNew');
}

interface Known {
  readonly id: string;
  readonly servingInstitutionId: string | null;
}

/** Residents of the same name, birth date and telephone; names are sealed, so those of one birth date are opened. */
async function peopleAlike(write: Write, input: RegisterResidentInput): Promise<readonly Known[]> {
  const { id, servingInstitutionId, birthDate } = residents;
  const rows = await write.tx
    .select({
      id,
      servingInstitutionId,
      name: sql<Uint8Array>`${residents.name}`,
      phone: sql<Uint8Array | null>`${residents.phone}`,
    })
    .from(residents)
    .where(eq(birthDate, input.birthDate));
  const given = input.content?.phone ?? null;
  const phone = given === null ? null : phoneOf(given);
  return rows.filter(
    (row) =>
      write.open(row.name) === input.name.trim() && (row.phone === null ? null : write.open(row.phone)) === phone,
  );
}

/** Tells who is known only to a caller who serves that person: others learn no more than that the person is. */
async function refuseKnown(write: Write, known: readonly Known[], path: 'idNumber' | 'confirmedNew'): Promise<never> {
  const candidates: string[] = [];
  for (const one of known) if (await serves(write, one)) candidates.push(one.id);
  const { en, zh } = path === 'idNumber' ? own.known : own.alike;
  throw new WriteRefused([{ code: 'VALIDATION_FAILED', path: [path], message: en, messageZh: zh }], { candidates });
}

interface Newcomer {
  readonly id: string;
  readonly servingInstitutionId: string;
}

async function store(write: Write, input: RegisterResidentInput, { id, servingInstitutionId }: Newcomer) {
  const { tx, clock, seal, keyedHash } = write;
  const { sex, birthDate, idType, regionCode, residentType } = input;
  const content = input.content ?? {};
  const number = documentNumber({ idNumber: input.idNumber ?? null });
  const recordNo = await nextHealthRecordNo(write, regionCode);
  const householdId = input.householdId ?? (await openHousehold(write, input, id));
  const lists = { allergies: [], histories: [], disabilities: [], vulnerability: [], inCareHome: false };
  await tx.insert(residents).values({
    ...lists,
    focusGroups: focusGroupsOf([], birthDate, clock.day),
    ...contentColumns(write, content, birthDate),
    id,
    test: number !== null && isSyntheticCitizenNumber(number),
    healthRecordNo: seal(recordNo),
    healthRecordNoHash: keyedHash(recordNo),
    name: seal(input.name.trim()),
    idType,
    ...(number !== null && { idNumber: seal(number), idNumberHash: keyedHash(number) }),
    sex,
    birthDate,
    regionCode,
    registeredRegionCode: input.registeredRegionCode ?? regionCode,
    residentType,
    householdId,
    relationToHead: input.householdId ? (input.relationToHead ?? null) : HEAD,
    servingInstitutionId,
    status: 'ACTIVE',
    updatedAt: clock.instant,
  });
  write.change(residentChange('CREATED', { id, regionCode, status: 'ACTIVE', version: 1 }));
  write.step({ type: 'Resident', id, residentId: id, from: null, to: 'ACTIVE' });
  await openRecord(write, input, id);
}

async function openHousehold(
  { tx, clock, seal, change }: Write,
  { regionCode, content }: RegisterResidentInput,
  headId: string,
): Promise<string> {
  const id = newId('hh');
  const address = content?.currentAddress;
  await tx.insert(households).values({
    id,
    headId,
    regionCode,
    ...(address && { addressDetail: seal(address.trim()) }),
    updatedAt: clock.instant,
  });
  change({ type: 'Household', id, kind: 'CREATED', payload: { regionCode, version: 1 } });
  return id;
}

async function openRecord(write: Write, { institutionId, content }: RegisterResidentInput, residentId: string) {
  const { day, instant } = write.clock;
  await write.tx.insert(healthRecords).values({
    residentId,
    no: 1,
    openedOn: day,
    openedAtId: institutionId,
    responsibleDoctorId: content?.responsibleDoctorId ?? null,
    lastUpdatedAt: instant,
    completeness: await completenessOf(write, residentId),
    updatedAt: instant,
  });
  const id = encodeOwnedId('hr', residentId, 1);
  write.change({ type: 'HealthRecord', id, kind: 'CREATED', residentId, payload: { institutionId, version: 1 } });
}

const own = {
  primary: {
    en: 'Health records are opened at a township hospital, a community centre or a village clinic.',
    zh: '健康档案由乡镇卫生院、社区卫生服务中心或村卫生室建立。',
  },
  area: { en: 'The institution does not serve this address.', zh: '该地址不属本机构服务范围。' },
  village: { en: 'A village or community of the region is needed, 12 digits.', zh: '须为本区域 12 位村（社区）代码。' },
  synthetic: {
    en: 'Numbers that begin with 99 are those of generated persons, for the demo only; give the person’s own.',
    zh: '99 开头的号码仅用于演示数据，请填写本人真实证件号码。',
  },
  idNumber: { en: 'This is no valid document number.', zh: '证件号码不正确，请核对。' },
  birthDate: {
    en: 'The date of birth contradicts the document, or is impossible.',
    zh: '出生日期与证件不符或不合理。',
  },
  sex: { en: 'The sex contradicts the document.', zh: '性别与证件不符。' },
  relation: { en: 'Say how the resident is related to the head.', zh: '须填写与户主的关系。' },
  known: {
    en: 'This document number is registered already; use that record.',
    zh: '该证件号码已建档，请使用已有档案。',
  },
  alike: {
    en: 'Somebody of this name, birth date and telephone is registered; look first, then confirm that it is somebody else.',
    zh: '已有同名、同出生日期、同电话的居民，请核对后确认并非同一人。',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
