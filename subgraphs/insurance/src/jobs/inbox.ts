import type { InboxHandlers } from '@hutong/kit';
import { takeInContract, takeInInstitution, takeInReferral } from '../writes/projection.ts';

/** What insurance takes in from the change logs of the others 收件箱. */
export const insuranceInbox: InboxHandlers = {
  institutions: { Institution: takeInInstitution, Referral: takeInReferral },
  'public-health': { ServiceContract: takeInContract },
};
