import type { Faults, Write } from '@hutong/kit';
import { asc, inArray } from 'drizzle-orm';
import { isLicenceInForce, type LicenceTerms } from '../rules/practice-registration.ts';
import { practitioners, type PractitionerRow } from '../tables/practitioner.ts';
import { texts } from './texts.ts';

/** A practitioner as writes read one. */
export type Person = Pick<PractitionerRow, keyof typeof personColumns>;

const personColumns = {
  id: practitioners.id,
  category: practitioners.category,
  licenceNo: practitioners.licenceNo,
  licenceKind: practitioners.licenceKind,
  licenceScope: practitioners.licenceScope,
  licenceStatus: practitioners.licenceStatus,
  licenceAssessedUntil: practitioners.licenceAssessedUntil,
  titleLevel: practitioners.titleLevel,
  primaryInstitutionId: practitioners.primaryInstitutionId,
  regionCode: practitioners.regionCode,
  townshipHospitalId: practitioners.townshipHospitalId,
  employmentKind: practitioners.employmentKind,
  employmentHiredById: practitioners.employmentHiredById,
  employmentUsedAtId: practitioners.employmentUsedAtId,
  employmentFrom: practitioners.employmentFrom,
  employmentTo: practitioners.employmentTo,
  primaryCareYears: practitioners.primaryCareYears,
  status: practitioners.status,
  version: practitioners.version,
};

/**
 * The practitioners of these ids, by id, locked until the write ends: what is arranged for a person is arranged one after the other,
 * so that nothing overlaps. Always locked in the order of their ids.
 */
export async function lockPeople({ tx }: Write, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = await tx
    .select(personColumns)
    .from(practitioners)
    .where(inArray(practitioners.id, [...new Set(ids)]))
    .orderBy(asc(practitioners.id))
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** One practitioner, locked until the write ends. */
export async function lockPerson(write: Write, id: string): Promise<Person | undefined> {
  return (await lockPeople(write, [id])).get(id);
}

/** Notes a fault at `path` for a person who is not known, or not on the staff. */
export function expectOnStaff(faults: Faults, person: Person | undefined, path: string): void {
  faults.expect(person !== undefined, 'NOT_FOUND', path);
  faults.expect(person?.status !== 'LEFT', 'VALIDATION_FAILED', path, texts.left);
}

/** Notes a fault at `path` for who would appraise, pay or pass themselves. */
export function expectNotSelf(faults: Faults, { caller }: Write, practitionerId: string, path: string): void {
  faults.expect(caller.practitionerId !== practitionerId, 'FORBIDDEN', path, texts.oneself);
}

/** Notes a fault at `path` for a person who holds a licence that is not in force on a day; management and support hold none. */
export function expectLicence(faults: Faults, person: Person | undefined, day: string, path: string): void {
  const holdsOne = person !== undefined && person.licenceStatus !== null;
  faults.expect(!holdsOne || isLicenceInForce(licenceOf(person), day), 'VALIDATION_FAILED', path, texts.licence);
}

/** The licence of a person as the rules see it. */
export function licenceOf(person: Person): LicenceTerms {
  return {
    status: person.licenceStatus,
    kind: person.licenceKind,
    scope: person.licenceScope,
    assessedUntil: person.licenceAssessedUntil,
  };
}
