import type { Caller } from '@hutong/schema';

/** Whether a caller may write for an institution: its own people and programs, and the system itself. */
export function actsFor({ role, institutionId }: Caller, institution: string): boolean {
  return role === 'SYSTEM' || institutionId === institution;
}

/** Whether a caller governs a division 行政区划: the health commission of it or of one above, and the system itself. */
export function governs({ role, regionCodes }: Caller, regionCode: string): boolean {
  return role === 'SYSTEM' || (role === 'HEALTH_COMMISSION' && regionCodes.some((code) => regionCode.startsWith(code)));
}

/** Whether a caller leads an alliance 医共体: its administrators, and the system itself. */
export function leads({ role, allianceId }: Caller, alliance: string): boolean {
  return role === 'SYSTEM' || (role === 'ALLIANCE_ADMIN' && allianceId === alliance);
}
