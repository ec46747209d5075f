import type { Read } from '@hutong/kit';
import { accessEvents, consents } from '../tables/privacy.ts';

/** Reads of consents and of the access log. */
export const privacyLoaders = (read: Read) => ({
  consent: read.byOwnedId(consents, 'co'),
  consentsOfResident: read.listBy(consents, 'residentId', {
    orderBy: [
      ['from', 'DESC'],
      ['no', 'DESC'],
    ],
  }),
  accessEvent: read.byOwnedId(accessEvents, 'ae'),
  accessLogOfResident: read.pageBy(accessEvents, 'residentId', ['residentId', 'no']),
});
