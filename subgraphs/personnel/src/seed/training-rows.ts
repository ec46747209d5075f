import type { TrainingCourseFact, TrainingFact } from '@hutong/synthetic';
import type { TrainingMode, TrainingTopic } from '../schema-types.ts';
import type { trainingCourses, trainingRecords } from '../tables/training.ts';
import { categoryOf } from './value-maps.ts';

/** A training course. */
export function courseRow(fact: TrainingCourseFact): typeof trainingCourses.$inferInsert {
  return {
    id: fact.id,
    title: fact.title,
    topic: oneOf(topics, fact.topic, 'VS-20'),
    mode: oneOf(modes, fact.mode, 'VS-19'),
    hostId: fact.hostInstitutionId,
    credits: fact.credits,
    creditClass: fact.creditClass,
    hours: String(fact.hours),
    free: fact.free,
    targetCategories: fact.targetCategories.map(categoryOf),
    openFrom: fact.openFrom,
    openTo: fact.openTo,
  };
}

/** A training record. */
export function trainingRecordRow(fact: TrainingFact, updatedAt: string): typeof trainingRecords.$inferInsert {
  return { ...fact, updatedAt };
}

const topics: readonly TrainingTopic[] = [
  'COMMON_DISEASE',
  'CHRONIC',
  'ACUTE_CRITICAL',
  'TCM',
  'REHAB',
  'PUBLIC_HEALTH',
  'HEALTH_IT',
  'CONTRACT',
];

const modes: readonly TrainingMode[] = [
  'ONLINE_MOOC',
  'OFFLINE',
  'APPRENTICE',
  'FURTHER_STUDY',
  'ROTATION',
  'ONSITE_MEETING',
];

function oneOf<Value extends string>(values: readonly Value[], code: string, set: string): Value {
  const value = values.find((one) => one === code);
  if (value === undefined) throw new TypeError(`the facts hold ${set} ${code}, which no constant stands for`);
  return value;
}
