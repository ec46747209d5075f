import { type DayRange, perArgument, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import { allowances, awards, incomeItems, performanceRecords, titleReviews } from '../tables/performance.ts';

/** Reads of title reviews, appraisals and income. */
export const performanceLoaders = (read: Read) => ({
  titleReview: read.byKey(titleReviews, 'id'),
  titleReviews: read.page(titleReviews, 'id'),
  reviewsOfPractitioner: read.listBy(titleReviews, 'practitionerId', { orderBy: ['year', 'id'] }),
  latestReviewOfPractitioner: read.aggregateBy(titleReviews, 'practitionerId', {
    serviceVolume: sql<number | null>`(array_agg(${titleReviews.serviceVolume} order by ${titleReviews.year} desc))[1]`,
    standardVolume: sql<number>`(array_agg(${titleReviews.standardVolume} order by ${titleReviews.year} desc))[1]`,
    skill: sql<string | null>`(array_agg(${titleReviews.skill} order by ${titleReviews.year} desc))[1]`,
  }),
  performanceRecord: read.byKey(performanceRecords, 'id'),
  performanceRecords: read.page(performanceRecords, 'id'),
  recordsOfPerformance: read.listBy(performanceRecords, 'practitionerId', { orderBy: ['period', 'id'] }),
  incomeItem: read.byKey(incomeItems, 'id'),
  incomeItemsOfPractitioner: read.listBy(incomeItems, 'practitionerId', { orderBy: ['period', 'source', 'id'] }),
  incomeItemsBetween: perArgument(({ from, to }: DayRange) =>
    read.listBy(incomeItems, 'practitionerId', {
      orderBy: ['period', 'source', 'id'],
      where: sql`${incomeItems.period} between ${from.slice(0, 7)} and ${to.slice(0, 7)}`,
    }),
  ),
  allowance: read.byKey(allowances, 'id'),
  allowancesOfPractitioner: read.listBy(allowances, 'practitionerId', { orderBy: ['from', 'id'] }),
  award: read.byKey(awards, 'id'),
  awardsOfPractitioner: read.listBy(awards, 'practitionerId', { orderBy: ['on', 'id'] }),
});
