import type { InboxHandlers } from '@hutong/kit';
import { takeInChronicCare, takeInContract, takeInFollowUp, takeInPracticeRegistration } from '../writes/projection.ts';

/** What institutions takes in from the change logs of the others 收件箱. */
export const institutionsInbox: InboxHandlers = {
  personnel: { PracticeRegistration: takeInPracticeRegistration },
  'public-health': { ServiceContract: takeInContract, ChronicEnrollment: takeInChronicCare, FollowUp: takeInFollowUp },
};
