import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import { classICreditsPerCourse, creditResult, hoursMissing, rankForTraining } from '../rules/training.ts';
import type { TrainingPriorityEntryRow, TrainingPriorityListRow } from '../tables/training.ts';

/** Continuing education of a practitioner in a year (domain.md 3.14.1); null when there is no such person. */
export async function creditSummary(id: string, year: number, { load }: Context, info: GraphQLResolveInfo) {
  const earned = await load.creditsOfYear({ year, classICreditsPerCourse }).load(id, info);
  if (earned === null) return null;
  return { year, I: earned.classI, II: earned.classII, hours: earned.hours, ...creditResult(earned) };
}

/** Hours of training that a village doctor lacks in the business year. */
export async function missingHours(id: string, { load, clock }: Context, info: GraphQLResolveInfo): Promise<string> {
  const year = Number(clock.day.slice(0, 4));
  const earned = await load.creditsOfYear({ year, classICreditsPerCourse }).load(id, info);
  return hoursMissing(earned?.hours ?? '0');
}

/** Village doctors of a hospital in the order in which they are sent to training (domain.md 3.14.4). */
export async function rankedEntries(
  { institutionId, candidates }: TrainingPriorityListRow,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<TrainingPriorityEntryRow[]> {
  const ids = (await context.load.villageDoctorIds.load(institutionId, info)) ?? [];
  const known = await Promise.all(
    ids.map(async (id, index) => ({
      id,
      signedResidentCount: candidates?.[index]?.signedResidentCount ?? null,
      creditsMissing: await missingHours(id, context, info),
    })),
  );
  return rankForTraining(known).map(({ id, signedResidentCount, creditsMissing }, index) => ({
    rank: index + 1,
    practitionerId: id,
    signedResidentCount,
    creditsMissing,
  }));
}
