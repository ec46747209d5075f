import type { Mutation } from '@hutong/kit';
import { chronicWrites } from './chronic.ts';
import { contractWrites } from './contract.ts';
import { evaluationWrites } from './evaluation.ts';
import { fulfilmentWrites } from './fulfilment.ts';
import { fundWrites } from './fund.ts';
import { governanceWrites } from './governance.ts';
import { oversightWrites } from './oversight.ts';
import { programmeRecordWrites } from './programme-record.ts';
import { programmeVisitWrites } from './programme-visit.ts';
import { questionWrites } from './question.ts';
import { residentWrites } from './resident.ts';

/** The mutations of one request, by area. */
export const publicHealthWrites = (mutation: Mutation) => ({
  contract: contractWrites(mutation),
  fulfilment: fulfilmentWrites(mutation),
  resident: residentWrites(mutation),
  chronic: chronicWrites(mutation),
  programmeRecord: programmeRecordWrites(mutation),
  programmeVisit: programmeVisitWrites(mutation),
  evaluation: evaluationWrites(mutation),
  fund: fundWrites(mutation),
  oversight: oversightWrites(mutation),
  governance: governanceWrites(mutation),
  question: questionWrites(mutation),
});

export type PublicHealthWrites = ReturnType<typeof publicHealthWrites>;
