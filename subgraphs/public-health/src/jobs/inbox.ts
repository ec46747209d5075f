import type { InboxHandlers } from '@hutong/kit';
import { takeInEncounter } from '../writes/discharge-follow-up.ts';
import { takeInGuidanceGroup, takeInInstitution, takeInTeam } from '../writes/projection.ts';

/** What public health takes in from the change logs of the others 收件箱. */
export const publicHealthInbox: InboxHandlers = {
  institutions: { Encounter: takeInEncounter, Institution: takeInInstitution },
  personnel: { FamilyDoctorTeam: takeInTeam, TechnicalGuidanceGroup: takeInGuidanceGroup },
};
