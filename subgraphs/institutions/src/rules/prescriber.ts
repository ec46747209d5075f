/** What is told of a person who would sign a prescription. */
export interface PrescribingPerson {
  readonly prescriber: boolean;
  readonly licensed: boolean;
  /** Last day of the licence's assessment, inclusive; null before the first. */
  readonly licensedUntil: string | null;
}

/** Where and when a person practises; `validTo` is inclusive. */
export interface PracticePlace {
  readonly institutionId: string;
  readonly status: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Why a person may not sign prescriptions. */
export type PrescriberRefusal = 'UNKNOWN' | 'NOT_HERE' | 'NO_PRESCRIBER' | 'UNLICENSED';

/** Why a person may not sign prescriptions at an institution on a day, null when nothing speaks against it (domain.md 3.13). */
export function prescriberRefusal(
  person: PrescribingPerson | undefined,
  places: readonly PracticePlace[],
  { institutionId, day }: { readonly institutionId: string; readonly day: string },
): PrescriberRefusal | null {
  if (person === undefined) return 'UNKNOWN';
  const here = places.some(
    (place) =>
      place.institutionId === institutionId &&
      place.status === 'ACTIVE' &&
      place.validFrom <= day &&
      (place.validTo ?? day) >= day,
  );
  if (!here) return 'NOT_HERE';
  if (!person.prescriber) return 'NO_PRESCRIBER';
  return person.licensed && (person.licensedUntil ?? day) >= day ? null : 'UNLICENSED';
}
