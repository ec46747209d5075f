import type { Read, RequestClock } from '@hutong/kit';
import { chronicLoaders } from './chronic.ts';
import { contractLoaders } from './contract.ts';
import { evaluationLoaders } from './evaluation.ts';
import { governanceLoaders } from './governance.ts';
import { indicatorLoaders } from './indicator.ts';
import { privacyLoaders } from './privacy.ts';
import { programmeRecordLoaders } from './programme-records.ts';
import { recordLoaders } from './record.ts';
import { residentLoaders } from './resident.ts';

/** All reads of public health, made per request. */
export const publicHealthLoaders = (read: Read, clock: RequestClock) => ({
  ...residentLoaders(read),
  ...contractLoaders(read, clock),
  ...recordLoaders(read),
  ...chronicLoaders(read),
  ...programmeRecordLoaders(read),
  ...evaluationLoaders(read),
  ...governanceLoaders(read),
  ...privacyLoaders(read),
  ...indicatorLoaders(read),
});

export type PublicHealthLoaders = ReturnType<typeof publicHealthLoaders>;
