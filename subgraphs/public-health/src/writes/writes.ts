import type { Mutation } from '@hutong/kit';
import { chronicWrites } from './chronic.ts';
import { contractWrites } from './contract.ts';
import { fulfilmentWrites } from './fulfilment.ts';
import { programmeRecordWrites } from './programme-record.ts';
import { programmeVisitWrites } from './programme-visit.ts';
import { residentWrites } from './resident.ts';

/** The mutations of one request, by area. */
export const publicHealthWrites = (mutation: Mutation) => ({
  contract: contractWrites(mutation),
  fulfilment: fulfilmentWrites(mutation),
  resident: residentWrites(mutation),
  chronic: chronicWrites(mutation),
  programmeRecord: programmeRecordWrites(mutation),
  programmeVisit: programmeVisitWrites(mutation),
});

export type PublicHealthWrites = ReturnType<typeof publicHealthWrites>;
