import { byReference, columns, ownedId, reference } from '@hutong/kit';
import type { AccessEventResolvers, ConsentResolvers, QueryResolvers } from '../schema-types.ts';
import { accessEvents, consents } from '../tables/privacy.ts';

export const Consent: ConsentResolvers = {
  __resolveReference: byReference({ id: (load) => load.consent }),
  ...columns(consents),
  id: ownedId('co'),
  resident: reference('residentId', (load) => load.resident),
};

export const AccessEvent: AccessEventResolvers = {
  __resolveReference: byReference({ id: (load) => load.accessEvent }),
  ...columns(accessEvents),
  id: ownedId('ae'),
};

export const privacyQueries: Pick<QueryResolvers, 'consents' | 'accessLog'> = {
  consents: (_, { residentId }, { load }, info) => load.consentsOfResident.load(residentId, info),
  accessLog: (_, { residentId, ...page }, { load }, info) => load.accessLogOfResident.load(residentId, page, info),
};
