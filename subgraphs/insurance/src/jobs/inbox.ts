import type { InboxHandlers } from '@hutong/kit';
import { takeInReferral } from '../writes/out-of-area-filing.ts';

/** What insurance takes in from the change logs of the others 收件箱. */
export const insuranceInbox: InboxHandlers = {
  institutions: { Referral: takeInReferral },
};
