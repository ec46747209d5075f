import type { Read } from '@hutong/kit';
import { referralEpisodes, referralEvents, referrals } from '../tables/referral.ts';

export const referralLoaders = (read: Read) => ({
  referral: read.byOwnedId(referrals, 'rf'),
  referrals: read.page(referrals, ['residentId', 'no']),
  referralsOfResident: read.pageBy(referrals, 'residentId', ['residentId', 'no']),
  referralsOfEpisode: read.listByOwned(referrals, 're', 'episodeNo', { orderBy: ['no'] }),
  eventsOfReferral: read.listByOwned(referralEvents, 'rf', 'referralNo', { orderBy: ['seq'] }),
  referralEpisode: read.byOwnedId(referralEpisodes, 're'),
  episodesOfResident: read.listBy(referralEpisodes, 'residentId', { orderBy: ['no'] }),
});
