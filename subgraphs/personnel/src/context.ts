import { historyLoaders, joinAreas, type SubgraphContext } from '@hutong/kit';
import { headcountLoaders } from './loaders/headcount.ts';
import { indicatorLoaders } from './loaders/indicator.ts';
import { performanceLoaders } from './loaders/performance.ts';
import { practitionerLoaders } from './loaders/practitioner.ts';
import { secondmentLoaders } from './loaders/secondment.ts';
import { talentLoaders } from './loaders/talent.ts';
import { teamLoaders } from './loaders/team.ts';
import { trainingLoaders } from './loaders/training.ts';
import type { PersonnelWrites } from './writes/writes.ts';

/** The loaders of one request. */
export const createLoaders = joinAreas(
  practitionerLoaders,
  teamLoaders,
  headcountLoaders,
  secondmentLoaders,
  talentLoaders,
  trainingLoaders,
  performanceLoaders,
  indicatorLoaders,
  historyLoaders,
);

/** What every resolver gets. */
export type Context = SubgraphContext<ReturnType<typeof createLoaders>, PersonnelWrites>;
