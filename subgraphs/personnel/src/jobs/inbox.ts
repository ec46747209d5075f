import type { InboxHandlers } from '@hutong/kit';
import { takeInInstitution, takeInMembership } from '../writes/projection.ts';

/** What personnel takes in from the change logs of the others 收件箱. */
export const personnelInbox: InboxHandlers = {
  institutions: { Institution: takeInInstitution, AllianceMembership: takeInMembership },
};
