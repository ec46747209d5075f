import type { Mutation } from '@hutong/kit';
import { headcountWrites } from './headcount.ts';
import { performanceWrites } from './performance.ts';
import { practitionerWrites } from './practitioner.ts';
import { secondmentWrites } from './secondment.ts';
import { talentWrites } from './talent.ts';
import { teamWrites } from './team.ts';
import { trainingWrites } from './training.ts';

/** The mutations of one request, by area. */
export const personnelWrites = (mutation: Mutation) => ({
  practitioner: practitionerWrites(mutation),
  team: teamWrites(mutation),
  headcount: headcountWrites(mutation),
  secondment: secondmentWrites(mutation),
  talent: talentWrites(mutation),
  training: trainingWrites(mutation),
  performance: performanceWrites(mutation),
});

export type PersonnelWrites = ReturnType<typeof personnelWrites>;
