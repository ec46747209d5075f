import type { Mutation } from '@hutong/kit';
import { referralWrites } from './referral.ts';

/** The mutations of one request, by area. */
export const institutionsWrites = (mutation: Mutation) => ({
  referral: referralWrites(mutation),
});

export type InstitutionsWrites = ReturnType<typeof institutionsWrites>;
