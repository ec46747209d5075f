import { ageAt } from './contract-term.ts';

/** A resident for whom a contract is decided on. */
export interface Signatory {
  readonly id: string;
  readonly birthDate: string;
  readonly guardianId: string | null;
}

const ADULT = 18;

/** Whether somebody decides on a contract of a resident: grown-ups for themselves, guardians for their wards (domain.md 3.8.3). */
export function decidesFor(deciderId: string, { id, birthDate, guardianId }: Signatory, day: string): boolean {
  return guardianId === deciderId || (id === deciderId && ageAt(birthDate, day) >= ADULT);
}

/**
 * Whether the head's signature binds a member of the household: the head himself, and children who have no other guardian;
 * grown-up members confirm themselves (domain.md 3.8.3).
 */
export function headSignsFor(headId: string, member: Signatory, day: string): boolean {
  const orphaned = member.guardianId === null && ageAt(member.birthDate, day) < ADULT;
  return orphaned || decidesFor(headId, member, day);
}
