import type { Mutation } from '@hutong/kit';
import { recordChildVisit } from './child-visit.ts';
import { recordImmunisation } from './immunisation.ts';
import { recordMaternalVisit } from './maternal-visit.ts';
import { recordMentalVisit, recordTbVisit } from './register-visit.ts';

/** Mutations of the visits of the public-health programmes 专项随访 (domain.md 3.10). */
export const programmeVisitWrites = (mutation: Mutation) => ({
  recordMaternalVisit: mutation('recordMaternalVisit', recordMaternalVisit),
  recordChildVisit: mutation('recordChildVisit', recordChildVisit),
  recordImmunisation: mutation('recordImmunisation', recordImmunisation, {
    immunisations_dose: ['INVALID_TRANSITION', 'dose'],
  }),
  recordMentalVisit: mutation('recordMentalVisit', recordMentalVisit),
  recordTbVisit: mutation('recordTbVisit', recordTbVisit),
});
