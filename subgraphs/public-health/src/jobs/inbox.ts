import type { InboxHandlers } from '@hutong/kit';
import { takeInEncounter } from '../writes/discharge-follow-up.ts';

/** What public health takes in from the change logs of the others 收件箱. */
export const publicHealthInbox: InboxHandlers = {
  institutions: { Encounter: takeInEncounter },
};
