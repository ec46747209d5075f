import type { KeyRing } from '@hutong/kit';
import type { ResidentFact, ResidentHistory } from '@hutong/synthetic';
import { stableInteger } from '@hutong/kit';
import type { households } from '../tables/household.ts';
import type { healthRecords } from '../tables/record.ts';
import type { residents } from '../tables/resident.ts';
import { constantOf, oneOf } from './constants.ts';

const documents = [
  'RESIDENT_ID',
  'HOUSEHOLD_REGISTER',
  'PASSPORT',
  'OFFICER_CARD',
  'DRIVING_LICENCE',
  'HK_MACAO_PERMIT',
  'TAIWAN_PERMIT',
  'OTHER',
] as const;

/** A resident of the master patient index. */
export function residentRow(fact: ResidentFact, asOf: string, keys: KeyRing): typeof residents.$inferInsert {
  return {
    id: fact.id,
    healthRecordNo: fact.healthRecordNo,
    healthRecordNoHash: fact.healthRecordNo === null ? null : keys.keyedHash(fact.healthRecordNo),
    test: fact.test,
    name: fact.name,
    idType: oneOf(documents, constantOf('VS-50', fact.idType)),
    idNumber: fact.idNumber,
    idNumberHash: keys.keyedHash(fact.idNumber),
    sex: fact.sex,
    birthDate: fact.birthDate,
    ethnicity: fact.ethnicity,
    marital: fact.marital,
    education: fact.education,
    occupation: fact.occupation,
    phone: fact.phone,
    contactName: fact.contactName,
    contactPhone: fact.contactPhone,
    registeredRegionCode: fact.registeredRegionCode,
    registeredAddress: fact.registeredAddress,
    regionCode: fact.currentRegionCode,
    currentAddress: fact.currentAddress,
    residentType: fact.residentType,
    householdId: fact.household.id,
    relationToHead: fact.relationToHead,
    guardianId: fact.guardianId,
    bloodType: fact.bloodType,
    rh: fact.rh,
    allergies: [...fact.allergies],
    histories: [
      ...fact.conditions.map(({ icd10, since }) => ({ icd10, year: Number(since.slice(0, 4)) })),
      ...fact.pastIllnesses,
    ].map(({ icd10, year }) => ({ kind: 'DISEASE', code: icd10, text: null, year })),
    disabilities: [...fact.disabilities],
    vulnerability: [...fact.vulnerability],
    inCareHome: fact.inCareHome,
    focusGroups: [...fact.focusGroups],
    servingInstitutionId: fact.townshipHospitalId,
    status: fact.status,
    deathDate: fact.status === 'DECEASED' ? fact.statusOn : null,
    deathCause: fact.deathCause,
    updatedAt: asOf,
  };
}

/** The household of a resident; the same for all its members. */
export function householdRow({ household }: ResidentFact, asOf: string): typeof households.$inferInsert {
  return {
    id: household.id,
    headId: household.headResidentId,
    regionCode: household.regionCode,
    addressDetail: household.addressDetail,
    drinkingWater: household.drinkingWater,
    toilet: household.toilet,
    fuel: household.fuel,
    updatedAt: asOf,
  };
}

/** The health record of a resident who has one; what public health did for the resident updates it. */
export function healthRecordRow(
  fact: ResidentFact,
  history: ResidentHistory,
  asOf: string,
): typeof healthRecords.$inferInsert | undefined {
  const { healthRecordNo, healthRecordOpenedOn } = fact;
  if (healthRecordNo === null) return undefined;
  const openedOn = healthRecordOpenedOn ?? fact.birthDate;
  return {
    residentId: fact.id,
    no: 1,
    openedOn,
    openedAtId: fact.townshipHospitalId,
    responsibleDoctorId: history.contracts.at(-1)?.familyDoctorId ?? null,
    lastUpdatedAt: lastUse(history) ?? `${openedOn}T09:00:00+08:00`,
    completeness: `${stableInteger(70, 100, 'completeness', fact.id)}.00`,
    updatedAt: asOf,
  };
}

function lastUse({ followUps, exams, fulfilments, elderly, child, maternal }: ResidentHistory): string | undefined {
  const days = [...(child?.visits ?? []), ...maternal.flatMap(({ visits }) => visits)].map(({ at }) => instant(at));
  const served = fulfilments.flatMap(({ at }) => (at === null ? [] : [at]));
  const instants = [...followUps, ...exams, ...elderly].map(({ at }) => at);
  return [...instants, ...served, ...days].reduce<string | undefined>(
    (latest, at) => (latest === undefined || at > latest ? at : latest),
    undefined,
  );
}

/** Facts of visits say the day or the instant. */
export function instant(at: string): string {
  return at.length === 10 ? `${at}T09:00:00+08:00` : at;
}
