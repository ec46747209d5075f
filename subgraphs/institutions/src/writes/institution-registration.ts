import { expectBetween, expectText } from '@hutong/kit';
import type { Faults, Write } from '@hutong/kit';
import { hasCode, isUscc } from '@hutong/schema';
import type { InstitutionLicenceInput, InstitutionRegistrationInput } from '../schema-types.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { expectOpen, regionsByCode, texts } from './checks.ts';
import { institutionsById } from './places.ts';

type Registration = InstitutionRegistrationInput;

/** The columns of an institution that a registration sets. */
type RegisteredColumns = Pick<
  InstitutionRow,
  | 'name'
  | 'shortName'
  | 'uscc'
  | 'orgCode'
  | 'providerCode'
  | 'class'
  | 'level'
  | 'grade'
  | 'tier'
  | 'ownership'
  | 'duties'
  | 'regionCode'
  | 'address'
  | 'longitude'
  | 'latitude'
  | 'integratedManagement'
  | 'parentInstitutionId'
  | 'licenceNumber'
  | 'licenceSubjects'
  | 'licenceValidFrom'
  | 'licenceValidTo'
  | 'licenceStatus'
>;

/** What a new institution cannot do without. */
const needed = ['name', 'class', 'level', 'tier', 'ownership', 'regionCode'] as const;

/** The fields that a new institution lacks; its licence is judged with its place in the plan. */
export function missingOfNew(registration: Partial<Registration>): readonly string[] {
  return needed.filter((field) => registration[field] === null || registration[field] === undefined);
}

/** Whether a licence is valid on a day. */
export function hasLicence(
  licence: { readonly validFrom?: string | null; readonly validTo?: string | null } | null | undefined,
  day: string,
): boolean {
  if (licence === null || licence === undefined) return false;
  return (licence.validFrom ?? day) <= day && day <= (licence.validTo ?? day);
}

/** Codes are known, texts are texts, and what is pointed to is there. */
export async function checkRegistration(given: Partial<Registration>, write: Write, faults: Faults): Promise<void> {
  const at = (field: keyof Registration) => `registration.${field}`;
  expectText(faults, given.name, at('name'));
  expectText(faults, given.shortName, at('shortName'), 100);
  expectText(faults, given.address, at('address'), 300);
  expectBetween(faults, given.longitude, [73, 136], at('longitude'));
  expectBetween(faults, given.latitude, [3, 54], at('latitude'));
  const formed = (text: string | null | undefined, valid: (text: string) => boolean, field: keyof Registration) =>
    faults.expect(isAbsent(text) || valid(text), 'VALIDATION_FAILED', at(field), texts.unknownCode);
  formed(given.uscc, isUscc, 'uscc');
  formed(given.orgCode, (text) => /^[0-9A-Z]{22}$/.test(text), 'orgCode');
  formed(given.providerCode, (text) => /^[HP]\d{11}$/.test(text), 'providerCode');
  formed(given.class, (text) => hasCode('VS-04', text), 'class');
  checkLicence(given.licence, faults);
  if (given.regionCode)
    faults.expect(
      (await regionsByCode(write, [given.regionCode])).has(given.regionCode),
      'NOT_FOUND',
      at('regionCode'),
    );
  if (given.parentInstitutionId) {
    const parents = await institutionsById(write, [given.parentInstitutionId]);
    expectOpen(faults, parents.get(given.parentInstitutionId), at('parentInstitutionId'));
  }
}

function checkLicence(licence: InstitutionLicenceInput | null | undefined, faults: Faults): void {
  if (isAbsent(licence)) return;
  const { number, subjects, validFrom, validTo } = licence;
  expectText(faults, number, 'registration.licence.number', 60);
  faults.expect(subjects.length > 0, 'VALIDATION_FAILED', 'registration.licence.subjects', registrationTexts.subjects);
  subjects.forEach((subject, index) =>
    faults.expect(
      hasCode('TREATMENT-SUBJECT', subject),
      'VALIDATION_FAILED',
      `registration.licence.subjects.${index}`,
      texts.unknownCode,
    ),
  );
  faults.expect(validFrom <= validTo, 'VALIDATION_FAILED', 'registration.licence.validTo', texts.order);
}

/** The columns of a registration: what it leaves out stays as it was before. */
export function registeredColumns(given: Partial<Registration>, before: RegisteredColumns): RegisteredColumns {
  const { licence, longitude, latitude } = given;
  return {
    name: given.name ?? before.name,
    shortName: given.shortName ?? before.shortName,
    uscc: given.uscc ?? before.uscc,
    orgCode: given.orgCode ?? before.orgCode,
    providerCode: given.providerCode ?? before.providerCode,
    class: given.class ?? before.class,
    level: given.level ?? before.level,
    grade: given.grade ?? before.grade,
    tier: given.tier ?? before.tier,
    ownership: given.ownership ?? before.ownership,
    duties: [...new Set(given.duties ?? before.duties)],
    regionCode: given.regionCode ?? before.regionCode,
    address: given.address ?? before.address,
    longitude: isAbsent(longitude) ? before.longitude : longitude.toFixed(6),
    latitude: isAbsent(latitude) ? before.latitude : latitude.toFixed(6),
    integratedManagement: given.integratedManagement ?? before.integratedManagement,
    parentInstitutionId: given.parentInstitutionId ?? before.parentInstitutionId,
    licenceNumber: licence?.number ?? before.licenceNumber,
    licenceSubjects: licence ? [...new Set(licence.subjects)] : before.licenceSubjects,
    licenceValidFrom: licence?.validFrom ?? before.licenceValidFrom,
    licenceValidTo: licence?.validTo ?? before.licenceValidTo,
    licenceStatus: licence ? 'VALID' : before.licenceStatus,
  };
}

/** What a new institution starts from; what it cannot do without was checked. */
export const unregistered: RegisteredColumns = {
  name: '',
  shortName: null,
  uscc: null,
  orgCode: null,
  providerCode: null,
  class: '',
  level: 'L9',
  grade: null,
  tier: 'VILLAGE',
  ownership: 'PUBLIC',
  duties: [],
  regionCode: '',
  address: null,
  longitude: null,
  latitude: null,
  integratedManagement: false,
  parentInstitutionId: null,
  licenceNumber: null,
  licenceSubjects: null,
  licenceValidFrom: null,
  licenceValidTo: null,
  licenceStatus: null,
};

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

const registrationTexts = {
  subjects: { en: 'A licence has at least one subject.', zh: '许可证须至少有一个诊疗科目。' },
};
