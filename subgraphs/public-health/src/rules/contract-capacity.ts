/** Residents that a doctor signs at most where no policy says otherwise (domain.md 3.8.3, product default). */
export const DOCTOR_CAPACITY = 2000;

/** Who has signed how many, and may sign how many. */
export interface SigningLoad {
  readonly byDoctor: number;
  readonly doctorCapacity: number;
  readonly byTeam: number;
  readonly teamCapacity: number;
}

/** Which limit the next so many residents would pass, the doctor's first; null when they find room (domain.md 3.8.3). */
export function fullAt(load: SigningLoad, joining: number): 'familyDoctorId' | 'teamId' | null {
  if (load.byDoctor + joining > load.doctorCapacity) return 'familyDoctorId';
  return load.byTeam + joining > load.teamCapacity ? 'teamId' : null;
}
