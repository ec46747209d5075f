import { stableId } from '@hutong/kit';
import type { Division, EquipmentFact, InstitutionFact, MaintenanceFact } from '@hutong/synthetic';
import type { bedStats, departments, institutions, regions } from '../tables/place.ts';
import type { equipment, MaintenanceValue } from '../tables/equipment.ts';
import { nextDay } from '../rules/period.ts';

/** Subject of diagnosis and treatment of an institution without departments: general practice 全科医疗科. */
const generalPractice = '02';

/** Ids of departments by institution and subject. */
export type DepartmentIds = (institutionId: string, subject: string) => string;

/** Ids of departments, each computed once. */
export function createDepartmentIds(): DepartmentIds {
  const known = new Map<string, string>();
  return (institutionId, subject) => {
    const key = `${institutionId}/${subject}`;
    const id = known.get(key) ?? stableId('de', institutionId, subject);
    known.set(key, id);
    return id;
  };
}

/** A division as a row. */
export function regionRow(division: Division, asOf: string): typeof regions.$inferInsert {
  return {
    code: division.code,
    name: division.name,
    level: division.level,
    parentCode: division.parentCode,
    urbanRural: division.urbanRural,
    specialTypes: [...division.specialTypes],
    areaKm2: division.areaKm2,
    longitude: division.location?.longitude.toFixed(6),
    latitude: division.location?.latitude.toFixed(6),
    updatedAt: asOf,
  };
}

/** An institution as a row. */
export function institutionRow(fact: InstitutionFact, asOf: string): typeof institutions.$inferInsert {
  const subjects = fact.departments.map(({ code }) => code);
  return {
    id: fact.id,
    uscc: fact.uscc,
    orgCode: fact.orgCode,
    providerCode: fact.providerCode,
    name: fact.name,
    shortName: fact.shortName,
    class: fact.class,
    level: fact.level,
    grade: fact.grade,
    tier: fact.tier,
    ownership: fact.ownership,
    nonProfit: fact.nonProfit,
    duties: [...fact.duties],
    regionCode: fact.regionCode,
    address: fact.address,
    longitude: fact.longitude.toFixed(6),
    latitude: fact.latitude.toFixed(6),
    licenceNumber: fact.licence.number,
    licenceSubjects: subjects.length === 0 ? [generalPractice] : subjects,
    licenceValidFrom: fact.licence.validFrom,
    licenceValidTo: fact.licence.validTo,
    licenceStatus: fact.licence.status,
    strongCountyHospital: fact.strongCountyHospital,
    capabilityGrade: fact.capabilityGrade,
    integratedManagement: fact.integratedManagement,
    parentInstitutionId: fact.parentInstitutionId,
    status: fact.status,
    updatedAt: asOf,
  };
}

/** The departments of an institution. */
export function departmentRows(fact: InstitutionFact, ids: DepartmentIds): (typeof departments.$inferInsert)[] {
  return fact.departments.map(({ code, name, specialty }) => ({
    id: ids(fact.id, code),
    institutionId: fact.id,
    subject: code,
    name,
    specialty,
  }));
}

/** The beds of an institution. */
export function bedRows(fact: InstitutionFact, asOf: string): (typeof bedStats.$inferInsert)[] {
  return fact.beds.map(({ bedClass, open, physical, occupied }) => ({
    institutionId: fact.id,
    class: bedClass,
    open,
    physical,
    occupied,
    updatedAt: asOf,
  }));
}

/** A unit of equipment; its hours are the same on every day of the week. */
export function equipmentRow(fact: EquipmentFact, asOf: string): typeof equipment.$inferInsert {
  const { sharedWithAllianceIds, openFrom, openTo, maintenance, ...same } = fact;
  return {
    ...same,
    sharedWithIds: [...sharedWithAllianceIds],
    openHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: openFrom, closes: openTo })),
    maintenance: maintenance.map(maintenanceValue),
    updatedAt: asOf,
  };
}

function maintenanceValue({ kind, on, days }: MaintenanceFact): MaintenanceValue {
  let last = on;
  for (let day = 0; day < days; day += 1) last = nextDay(last);
  return { kind, from: `${on}T08:00:00+08:00`, to: `${last}T08:00:00+08:00`, note: null };
}
