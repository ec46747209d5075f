import type { InboxHandlers } from '@hutong/kit';
import {
  takeInChronicCare,
  takeInContract,
  takeInFollowUp,
  takeInPracticeRegistration,
  takeInPractitioner,
  takeInProviderMonth,
  takeInResident,
  takeInResidentLink,
} from '../writes/projection.ts';

/** What institutions takes in from the change logs of the others 收件箱. */
export const institutionsInbox: InboxHandlers = {
  personnel: { Practitioner: takeInPractitioner, PracticeRegistration: takeInPracticeRegistration },
  'public-health': {
    Resident: takeInResident,
    ResidentLink: takeInResidentLink,
    ServiceContract: takeInContract,
    ChronicEnrollment: takeInChronicCare,
    FollowUp: takeInFollowUp,
  },
  insurance: { ProviderMonth: takeInProviderMonth },
};
