import type { SlotBooker } from './slot-release.ts';

/** An alliance to which an institution releases slots: one it belongs to, or one whose lead it is paired with. */
export interface ServedAlliance {
  readonly id: string;
  readonly leadId: string;
}

/** Who books: an institution with the alliances it belongs to. */
export interface BookingInstitution {
  readonly id: string;
  readonly allianceIds: readonly string[];
}

/** As what somebody books the slots of an institution (domain.md 3.5.2): null books for itself, as the public does. */
export function slotBooker(booker: BookingInstitution | null, served: readonly ServedAlliance[]): SlotBooker {
  if (booker === null) return 'PUBLIC';
  if (served.some(({ leadId }) => leadId === booker.id)) return 'LEAD_HOSPITAL';
  return served.some(({ id }) => booker.allianceIds.includes(id)) ? 'MEMBER' : 'PUBLIC';
}
