import type { InboxHandlers } from '@hutong/kit';
import { takeInEvaluation, takeInLink, takeInMembership } from '../writes/told-facts.ts';
import { takeInContract, takeInInstitution, takeInReferral } from '../writes/projection.ts';

/** What insurance takes in from the change logs of the others 收件箱. */
export const insuranceInbox: InboxHandlers = {
  institutions: { Institution: takeInInstitution, Referral: takeInReferral, AllianceMembership: takeInMembership },
  'public-health': { ServiceContract: takeInContract, Evaluation: takeInEvaluation, ResidentLink: takeInLink },
};
