import { stableId } from '@hutong/kit';
import type { HeadcountAllocationFact, PractitionerFact } from '@hutong/synthetic';
import type { posts, practiceRegistrations, practitioners } from '../tables/practitioner.ts';
import { categoryOf, postRoleOf, titleLevelOf, titleOf } from './value-maps.ts';
import type { Workplaces } from './workplaces.ts';

/** What rows of people need beside the fact itself. */
export interface StaffSetting {
  readonly asOf: string;
  readonly workplaces: Workplaces;
  readonly departmentId: (institutionId: string, code: string) => string;
  /** Hash by which a citizen number is looked up. */
  readonly keyedHash: (text: string) => string;
  /** Posts of the quota pools in use, by practitioner. */
  readonly pooled: ReadonlyMap<string, HeadcountAllocationFact>;
}

/** A practitioner; who holds a pooled post is employed from the pool and counted where it is used. */
export function practitionerRow(fact: PractitionerFact, setting: StaffSetting): typeof practitioners.$inferInsert {
  const workplace = setting.workplaces.all.get(fact.institutionId);
  return {
    id: fact.id,
    physicianCode: fact.physicianCode,
    name: fact.name,
    sex: fact.sex,
    birthDate: fact.birthDate,
    idNumber: fact.idNumber,
    idNumberHash: setting.keyedHash(fact.idNumber),
    category: categoryOf(fact.category),
    licenceNo: fact.licence.no,
    licenceKind: fact.licence.kind,
    licenceScope: fact.licence.scope,
    licenceFirstRegisteredOn: fact.licence.firstRegisteredOn,
    licenceStatus: fact.licence.status,
    licenceAssessedUntil: fact.licence.assessedUntil,
    specialty: fact.specialty,
    title: titleOf(fact.category, fact.titleLevel),
    titleLevel: titleLevelOf(fact.titleLevel),
    education: fact.education,
    primaryInstitutionId: fact.institutionId,
    regionCode: workplace?.regionCode ?? '',
    townshipHospitalId: workplace?.tier === 'VILLAGE' ? workplace.parentId : null,
    ...employment(fact, setting.pooled.get(fact.id)),
    primaryCareYears: fact.primaryCareYears,
    status: 'ACTIVE',
    updatedAt: setting.asOf,
  };
}

function employment(fact: PractitionerFact, pooled: HeadcountAllocationFact | undefined) {
  if (pooled !== undefined) {
    return {
      employmentKind: 'POOL',
      employmentHiredById: pooled.hiredByInstitutionId,
      employmentUsedAtId: pooled.usedAtInstitutionId,
      employmentFrom: pooled.from,
      employmentTo: pooled.to,
    } as const;
  }
  const { kind, hiredByInstitutionId, usedAtInstitutionId, from, to } = fact.employment;
  return {
    employmentKind: kind,
    employmentHiredById: hiredByInstitutionId,
    employmentUsedAtId: usedAtInstitutionId,
    employmentFrom: from,
    employmentTo: to,
  };
}

/** The practice registrations of a practitioner. */
export function registrationRows(
  fact: PractitionerFact,
  updatedAt: string,
): (typeof practiceRegistrations.$inferInsert)[] {
  return fact.registrations.map(({ id, institutionId, kind, validFrom, validTo, daysPerWeek, status }) => ({
    id,
    practitionerId: fact.id,
    institutionId,
    kind,
    validFrom,
    validTo,
    daysPerWeek,
    status: status === 'VALID' ? 'ACTIVE' : 'ENDED',
    updatedAt,
  }));
}

/** The posts of a practitioner. */
export function postRows(fact: PractitionerFact, setting: StaffSetting): (typeof posts.$inferInsert)[] {
  return fact.posts.map(({ role, departmentCode, fte }, index) => ({
    id: stableId('po', fact.id, index),
    practitionerId: fact.id,
    institutionId: fact.institutionId,
    role: postRoleOf(role),
    departmentId: departmentCode === null ? null : setting.departmentId(fact.institutionId, departmentCode),
    fte,
  }));
}
