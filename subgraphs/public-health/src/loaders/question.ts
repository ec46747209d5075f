import type { Read } from '@hutong/kit';
import { familyDoctorQuestions } from '../tables/question.ts';

const owned = ['residentId', 'no'] as const;

/** Reads of questions to family doctors. */
export const questionLoaders = (read: Read) => ({
  question: read.byOwnedId(familyDoctorQuestions, 'fq'),
  questions: read.page(familyDoctorQuestions, owned),
  questionsOfResident: read.pageBy(familyDoctorQuestions, 'residentId', owned),
});
