import { historyLoaders, joinAreas } from '@hutong/kit';
import { chronicLoaders } from './chronic.ts';
import { contractLoaders } from './contract.ts';
import { evaluationLoaders } from './evaluation.ts';
import { fundLoaders } from './fund.ts';
import { governanceLoaders } from './governance.ts';
import { indicatorLoaders } from './indicator.ts';
import { oversightLoaders } from './oversight.ts';
import { privacyLoaders } from './privacy.ts';
import { programmeRecordLoaders } from './programme-records.ts';
import { questionLoaders } from './question.ts';
import { recordLoaders } from './record.ts';
import { residentLoaders } from './resident.ts';

/** All reads of public health, made per request. */
export const publicHealthLoaders = joinAreas(
  residentLoaders,
  contractLoaders,
  recordLoaders,
  chronicLoaders,
  programmeRecordLoaders,
  evaluationLoaders,
  fundLoaders,
  oversightLoaders,
  governanceLoaders,
  privacyLoaders,
  indicatorLoaders,
  questionLoaders,
  historyLoaders,
);

export type PublicHealthLoaders = ReturnType<typeof publicHealthLoaders>;
